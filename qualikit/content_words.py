"""The words that say what a text is about, and the French ones that only say how it is said.

``STOP_WORDS`` are folded, as :func:`qualikit.text.words` gives them: articles, pronouns, prepositions, conjunctions,
auxiliaries and the verbs that do their work, negation, and what speech is filled with (« euh », « voilà »).
"""

from __future__ import annotations

from qualikit.text import stem, words

_WORDS = """
a accord afin ah aha ai aie aient aies ainsi ait aller allez alors apres as assez au aucun aucune aujourd aujourd'hui
aupres auquel aura aurai auraient aurais aurait auras aurez auriez aurions aurons auront aussi autant autour autre
autres aux auxquelles auxquels avaient avais avait avant avec avez aviez avions avoir avons ayant ayez ayons bah
beaucoup beh bein ben bien bon bonjour bref c c'est-a-dire ca car ce ceci cela celle celles celui celui-ci celui-la
cent cependant certain certaine certaines certains ces cet cette ceux chacun chacune chaque chez chose choses ci
combien comme comment contre coup d d'accord dans de debout dedans dehors deja dela depuis derriere des desormais
desquelles desquels dessous dessus deux devant devoir devra devraient devrait dire dis disais disait dise disent
disons dit dite dites doit doivent donc donne dont du duquel durant effectivement effet eh elle elles en encore enfin
ensuite entre envers environ es est est-ce et etaient etais etait etant etc ete etes etiez etions etre eu eue eues euh
euhm eurent eus eusse eussent eut eux evidemment exactement faire fais faisait faisant fait faite faites fallait
falloir faudra faudrait faut fera ferait fin finalement fois font fumes furent fus fussent fut genre grace gros guere
h ha haha hein heu hm hmm hors hui hum ici il ils j jamais je jusqu jusque juste justement l la la-bas la-dessus
laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui m ma machin madame maintenant mais
malgre me meme memes mes mettre mh mhm mien mienne miennes miens mieux mm mme mmh moi moins mon monsieur mouais n nan
ne neanmoins ni non nos notamment notre notres nous nul nulle oh ok okay on ont or ou ouai ouais ouh oui outre par
parce pareil parfois parmi pas pendant peu peut peut-etre peuvent peux pff plupart plus plusieurs plutot possible pour
pourquoi pourra pourrait pourtant pouvait pouvez pouvoir pouvons premier pres presque pu puis puisqu puisque qu quand
quant quasi que quel quelle quelles quelqu quelqu'un quelque quelque-chose quelquefois quelques quels qui quiconque
quoi quoique rien rire rires s sa sais sait sans sauf savoir se selon sera serai seraient serais serait seras serez
seriez serions serons seront ses seulement si sien sienne siennes siens simplement sinon soi soient sois soit sommes
son sont sorte sous souvent soyez soyons suis suivant sur surtout t ta tac tandis tant te tel telle tellement telles
tels tes tiens toi ton tot totalement toujours tous tout tout-a-fait toute toutefois toutes tres trois trop truc trucs
tu un une va vachement vais vas vers veulent veut veux via voici voila voir voire vont vos votre votres vouloir vous
voyez vrai vraiment vu y ya
"""

STOP_WORDS = frozenset(_WORDS.split())


def content_stems(text: str) -> list[str]:
    """The families (:func:`qualikit.text.stem`) of the content words of a text, in order."""
    return [stem(word) for word in words(text) if len(word) > 1 and word not in STOP_WORDS]
