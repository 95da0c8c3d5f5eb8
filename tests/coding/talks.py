"""Four interviews in which several people say alike in other words, and a codebook for them: what is learned from."""

from __future__ import annotations

from pathlib import Path

from qualikit import Project

RAIN = (
    "Quand il pleut, la place est vide et personne ne vient jusqu'au triporteur.",
    "Avec ce froid et ce vent, les gens restent chez eux et nous attendons pour rien.",
    "L'orage de juin nous a obligés à plier le stand au milieu de la matinée.",
    "En hiver, sous l'averse, on ne voit pas un seul habitant dehors.",
)
FEAR = (
    "J'ai peur de me tromper de bouton et de tout effacer sur l'ordinateur.",
    "Devant l'écran je panique, je n'ose pas cliquer, je crains de faire une bêtise.",
    "Ma voisine tremble dès qu'il faut taper un mot de passe sur son téléphone.",
    "Je redoute de perdre mes papiers si je valide le formulaire toute seule.",
)
REPAIR = (
    "Le vélo cargo est tombé en panne trois fois, il a fallu changer le frein.",
    "La batterie ne tient plus la charge et le mécanicien n'a pas la pièce.",
    "Un pneu crevé, une chaîne cassée : nous passons des heures à réparer.",
    "Le moteur du triporteur est en réparation au garage depuis deux semaines.",
)
FAMILY = (
    "Ma fille m'aide pour la déclaration d'impôts quand elle passe le dimanche.",
    "C'est mon petit-fils qui remplit les dossiers de la caisse de retraite.",
    "Mon mari faisait tous les courriers, depuis son décès je demande à ma sœur.",
    "Les enfants sont loin, alors le voisin lit les lettres à notre place.",
)
PLACES = ("Aubagne", "Laval", "Laval", "Roubaix")
TITLES = tuple(f"Entretien {n + 1}" for n in range(4))


def text(number: int) -> str:
    """An interview: one turn of each kind, and one of the evaluator."""
    said = [RAIN, FEAR, REPAIR, FAMILY]
    turns = [f"Mme Roux : {each[number]}" for each in said]
    return "\n\n".join(["Animatrice : Qu'est-ce qui vous gêne dans la permanence ?", *turns]) + "\n"


def make(folder: Path, coder: str = "Camille") -> Project:
    """A project with the interviews and four codes, nothing coded."""
    project = Project.create(folder / "p", coder=coder)
    for number, title in enumerate(TITLES):
        preview = project.corpus.preview(text(number).encode(), f"{title}.txt", title=title, territory=PLACES[number])
        project.corpus.save(preview)
    project.coding.add_code("Météo", definition="La pluie et le mauvais temps.", keywords=["pluie", "il pleut"])
    project.coding.add_code("Craintes", definition="La peur de se tromper devant un écran.", keywords=["peur"])
    project.coding.add_code("Matériel", definition="Les pannes du vélo et leur réparation.", keywords=["panne"])
    project.coding.add_code("Entourage", definition="L'aide de la famille et des voisins.", keywords=["ma fille"])
    return project


def code(project: Project, words: str, name: str) -> str:
    """Code these words, wherever they stand; the id of the coding."""
    for title in TITLES:
        start = project.corpus.text(title).find(words)
        if start >= 0:
            return project.coding.add(title, start, start + len(words), name).id
    raise AssertionError(words)
