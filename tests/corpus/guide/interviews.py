"""Two fictional interviews and a guide."""

from __future__ import annotations

from qualikit.corpus.guide.model import GuideLine

LAVAL = """\
Enquêtrice : Bonjour 🙂. Pour commencer, pouvez-vous me raconter une journée de tournée avec le triporteur ?
Médiatrice : On part à neuf heures. Le matin, le marché ; l'après-midi, l'école.
Enquêtrice : Et la pluie ?
Médiatrice : La pluie, on rentre.
Enquêtrice : D'accord. Qu'est-ce qui a changé pour les habitants du quartier depuis que vous venez ?
Médiatrice : Ils osent demander de l'aide.
M. Petit : Moi, je fais mes démarches seul.
Enquêtrice : Merci beaucoup à tous les deux.
"""
AUBAGNE = """\
Animateur : 2 - Alors, selon vous, qu'est-ce qui a changé pour les habitants ?
Mme Roux : Rien du tout.
Animateur : 3 - Et les difficultés, les obstacles que vous rencontrez ?
Mme Roux : Le vélo est trop lourd. L'été, passe encore.
"""
LINES = [
    GuideLine("Pouvez-vous raconter une journée de tournée ?", "Le quotidien"),
    GuideLine("Qu'est-ce qui a changé pour les habitants ?", "Les effets"),
    GuideLine("Quelles difficultés rencontrez-vous, quels obstacles ?", "Les effets"),
]
