"""French words that say nothing by themselves: of grammar, of talk. All folded (``text.fold``)."""

from __future__ import annotations

_GRAMMAR = """
a ai aie aient aies ait alors apres as au aucun aucune aujourd auquel aura aurai auraient aurais aurait auras aurez
auriez aurions aurons auront aussi autant autre autres aux auxquelles auxquels avaient avais avait avant avec avez
aviez avions avoir avons ayant ayez ayons beaucoup c ca car ce ceci cela celle celles celui cent cependant certain
certaine certaines certains ces cet cette ceux chacun chacune chaque chez ci combien comme comment contre d dans de
debout dedans dehors deja dela depuis derriere des desormais desquelles desquels dessous dessus deux devant devra
devrait doit doivent donc dont du duquel durant des elle elles en encore enfin ensuite entre envers environ es est et
etaient etais etait etant etc ete etes etiez etions etre eu eue eues euh eurent eus eusse eut eux exactement faire
fais faisait faisant fait faite faites fallait falloir faudra faudrait faut font fois fumes furent fus fut grace hors
ici il ils j jamais je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui m ma
maintenant mais malgre me meme memes mes mien mienne miennes miens mieux moi moins mon n ne neanmoins ni non nos notre
notamment nous nul nulle on ont or ou oui outre par parce pareil parfois parmi pas pendant peu peut peuvent peux
plupart plus plusieurs plutot pour pourquoi pourtant pourra pourrait pouvait pouvoir pres presque puis puisque qu
quand quant quasi que quel quelle quelles quelqu quelque quelquefois quelques quels qui quiconque quoi quoique rien s
sa sans sauf se selon sera serai seraient serais serait seras serez seriez serions serons seront ses seulement si sien
sienne siennes siens sinon soi soient sois soit sommes son sont sous souvent soyez suis suivant sur surtout t ta
tandis tant te tel telle telles tellement tels tes toi ton tot toujours tous tout toute toutefois toutes tres trois
trop tu un une va vais vas vers veut veux voila voici voire vont vos votre vous vu y aller pouvoir vouloir devoir
falloir avoir etre faire mettre dire savoir voir
"""
_TALK = """
ah aha allez ben bien bah bein beh bon bonjour bref chose choses coup d'accord accord dis disais disait dit disent dites
effectivement eh enfin euh euhm evidemment fin finalement genre ha haha heu hein hm hmm hum justement machin mh mhm
mmh mouais nan oh ok okay ouai ouais ouh oui pff quoi simplement tac tiens tout-a-fait totalement truc trucs vachement
voila voyez vraiment ya celui-ci celui-la c'est-a-dire est-ce quelqu'un quelque-chose aujourd'hui peut-etre la-dessus
la-bas rires rire
"""

STOP_WORDS = frozenset(_GRAMMAR.split()) | frozenset(_TALK.split())
