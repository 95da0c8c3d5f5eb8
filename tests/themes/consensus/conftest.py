"""A focus group in which people agree, disagree, change their mind and say nothing."""

from __future__ import annotations

import pytest

SAID = [
    ("Animatrice", "Et le marché, c'est bien placé ?"),  # tour 1
    ("Mme Roux", "Le marché c'est parfait. Je suis bien d'accord avec vous."),
    ("M. Diallo", "Non, le marché c'est bruyant. Les horaires, oui, ça me va."),
    ("Mme Le Gall", "Ça dépend des jours, le marché."),
    ("M. Petit", "Le marché, non. Il fait froid."),
    ("Animatrice", "Et les horaires du matin ?"),  # tour 6
    ("M. Diallo", "Le matin c'est trop tôt. Pas d'accord."),
    ("M. Petit", "Pour le marché, finalement, vous avez raison."),
    ("M. Muet", ""),
]


@pytest.fixture
def group(world):
    """One group in Aubagne, a small tree of themes and the codes of positions; nothing coded."""
    world.person("Animatrice", "moderator")
    for name in ("Mme Roux", "M. Diallo", "Mme Le Gall", "M. Petit", "M. Muet"):
        world.person(name)
    world.document("FG Aubagne", SAID, territory="Aubagne")
    world.code("Service")
    world.code("Lieux", parent="Service")
    world.code("Horaires", parent="Service")
    world.code("Positions")
    world.code("Accord", parent="Positions", position="agreement")
    world.code("Désaccord", parent="Positions", position="disagreement")
    world.code("Nuance", parent="Positions", position="nuance")
    return world


def both(world, quote, theme, position, *, title="FG Aubagne", coder="Camille"):
    """The same words coded with a theme and a position."""
    return world.coding(title, quote, theme, coder), world.coding(title, quote, position, coder)


@pytest.fixture
def held(group):
    """That group coded: two sides on the market, one who changed, one who nuances, one who says nothing."""
    both(group, "Le marché c'est parfait", "Lieux", "Accord")
    both(group, "Non, le marché c'est bruyant", "Lieux", "Désaccord")
    both(group, "Les horaires, oui, ça me va", "Horaires", "Accord")
    both(group, "Ça dépend des jours, le marché", "Lieux", "Nuance")
    both(group, "Le marché, non", "Lieux", "Désaccord")
    both(group, "Pour le marché, finalement, vous avez raison", "Lieux", "Accord")
    return group
