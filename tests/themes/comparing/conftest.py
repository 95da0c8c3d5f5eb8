"""Groups small enough to be counted by hand."""

from __future__ import annotations

import pytest


@pytest.fixture
def sides(world):
    """Six people in Aubagne, six in Laval, one without a territory; each in an interview of their own but two."""
    world.person("Animatrice", "moderator")
    for place, letter in (("Aubagne", "A"), ("Laval", "L")):
        for number in range(1, 7):
            name = f"{letter}{number}"
            world.person(name)
            said = "Le triporteur passe le mardi." if letter == "A" else "Le vélo passe le jeudi."
            world.document(
                f"Entretien {name}",
                [("Animatrice", "Et la pluie ?"), (name, said), (name, "La pluie gêne.")],
                territory=place,
                source="interview",
            )
    world.person("Z")
    world.document("Entretien Z", [("Z", "Rien.")], source="interview")
    for name, parent in (("Freins", None), ("Météo", "Freins"), ("Jours", None)):
        world.code(name, parent)
    for number in range(1, 7):
        world.coding(f"Entretien A{number}", "La pluie gêne", "Météo")
    world.coding("Entretien L1", "La pluie gêne", "Météo")
    for letter, words in (("A", "le mardi"), ("L", "le jeudi")):
        for number in (1, 2, 3):
            world.coding(f"Entretien {letter}{number}", words, "Jours")
    return world
