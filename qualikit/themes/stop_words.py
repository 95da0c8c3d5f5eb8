"""French words that say how something is said and not what about: folded, as :func:`qualikit.text.words` gives them.

Articles, pronouns, prepositions, conjunctions, auxiliaries and the verbs that do their work, negation, and what speech
is filled with (« euh », « voilà », « du coup »).
"""

from __future__ import annotations

_WORDS = """
a afin ai aie aient aies ainsi ait alors apres as assez au aucun aucune aujourd aupres auquel aura aurai auraient aurais
aurait auras aurez auriez aurions aurons auront aussi autant autour autre autres aux auxquelles auxquels avaient avais
avait avant avec avez aviez avions avoir avons ayant ayez ayons beaucoup ben bah bien bon bref c ca car ce ceci cela
celle celles celui cependant certain certaine certaines certains ces cet cette ceux chacun chacune chaque chez chose
choses ci combien comme comment contre coup d dans de dedans dehors deja depuis derriere des desquelles desquels dessous
dessus devant devra devraient devrait dire dis disait dise disent disons dit dite dites doit doivent donc donne dont du
duquel durant effet elle elles en encore enfin ensuite entre es est et etaient etais etait etant ete etes etiez etions
etre eu eue eues euh eurent eus eusse eussent eut eux faire fais faisait fait faite faites fallait faudra faudrait faut
fera ferait fois font fumes furent fus fussent fut genre grace gros guere h hein hors hum hui il ils j jamais je jusqu
jusque juste l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui m ma madame maintenant
mais malgre me meme memes mes mien mienne miens mieux mm mmh mme moi moins mon monsieur n ne neanmoins ni non nos notre
notres nous on ont or ou ouais oui par parce parfois parmi pas pendant peu peut peuvent peux plus plusieurs plutot
possible pour pourquoi pourra pourrait pourtant pouvait pouvez pouvoir pouvons premier presque pu puis puisqu puisque
qu quand quant que quel quelle quelles quelqu quelque quelques quels qui quoi quoique rien s sa sais sait sans sauf se
selon sera serai seraient serais serait seras serez seriez serions serons seront ses seulement si sien sienne siens
sinon soi soient sois soit sommes son sont sorte soit souvent soyez soyons suis sur surtout t ta tandis tant te tel
telle telles tellement tels tes toi ton toujours tous tout toute toutes tres trop truc tu un une va vais vas vers veut
veulent veux via voici voila vont vos votre votres vouloir vous voyez vrai vraiment vu y
"""

STOP_WORDS = frozenset(_WORDS.split())
