"""The names that go with the corpus: of columns, of our own attributes, of kinds of source and of roles."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

import sqlalchemy as sa

from qualikit.corpus.model import Role, SourceKind, role_label, source_kind_label
from qualikit.corpus.tables import attributes
from qualikit.errors import ImportRefused
from qualikit.i18n import _, in_every_language
from qualikit.text import fold

SOURCE = ("Type de source", "Source", "Type of source")
TERRITORY = ("Territoire", "Territory")
DATE = ("Date",)
NAME = ("Nom", "Name")
ROLE = ("Rôle", "Role")
ACTOR = ("Acteur", "Type d'acteur", "Actor", "Kind of actor")
OURS: Mapping[str, tuple[str, ...]] = {"territory": ("territory", *TERRITORY), "actor": ("actor", *ACTOR)}
"""Our attributes, and the names under which a sheet may have brought them."""

_fold = cache(fold)  # the same few names, once for each participant


def attribute_key(name: str) -> str:
    """The name under which an attribute is kept: ours whatever it is called, the others as they were given."""
    name = " ".join(name.split())
    return next((ours for ours, names in OURS.items() if _fold(name) in set(map(_fold, names))), name)


def bearing_names(attributes: Mapping[str, str], name: str) -> list[str]:
    """The names under which these attributes hold the attribute of that name, the one that counts first."""
    names = OURS.get(name, (name,))
    exact = [each for each in names if each in attributes]
    wanted = {_fold(each) for each in names} if name in OURS else set()
    return [*exact, *(each for each in attributes if each not in exact and _fold(each) in wanted)]


def own_value(attributes: Mapping[str, str], name: str) -> str:
    """The value of an attribute, ours found under any of its names; empty where there is none."""
    for each in OURS.get(name, (name,)):  # nearly always under its first name: asked for each voice of a matrix
        if value := str(attributes.get(each) or "").strip():
            return value
    found = (str(attributes[each] or "").strip() for each in bearing_names(attributes, name))
    return next(filter(None, found), "")


def replaced(attributes: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """These attributes with some set anew; an empty value takes the attribute away, under any name it had."""
    gone = {spelt for name in given for spelt in bearing_names(attributes, attribute_key(name))}
    return {key: value for key, value in attributes.items() if key not in gone} | {
        attribute_key(name): value for name, value in given.items() if value
    }


def listed_values(connection: sa.Connection) -> dict[str, tuple[str, ...]]:
    """The values that the project lists for each attribute it describes, in its order."""
    rows = connection.execute(sa.select(attributes.c.name, attributes.c.choices).order_by(attributes.c.position))
    return {row.name: tuple(row.choices) for row in rows}


def source_kind(text: str) -> SourceKind:
    """The kind of source that a word stands for, in any language or as stored. Raises ImportRefused."""
    words = {kind.value: kind for kind in SourceKind}
    for kind in SourceKind:
        words |= dict.fromkeys(map(fold, in_every_language(partial(source_kind_label, kind))), kind)
    words |= {
        "observation": SourceKind.OBSERVATION,
        "rapport": SourceKind.ACTIVITY_REPORT,
        "groupe": SourceKind.FOCUS_GROUP,
    }
    if (found := words.get(fold(text.strip()))) is not None:
        return found
    expected = ", ".join(source_kind_label(kind) for kind in SourceKind)
    raise ImportRefused(_("« {word} » n'est pas un type de source ({expected}).").format(word=text, expected=expected))


def parse_role(text: str) -> Role:
    """The role that a word stands for, in any language or as stored. Raises ImportRefused."""
    word = fold(text.strip())
    stems = {"anim": Role.MODERATOR, "moder": Role.MODERATOR, "cherch": Role.MODERATOR, "enquet": Role.MODERATOR}
    stems |= {"particip": Role.PARTICIPANT, "obs": Role.OBSERVER}
    for stem, role in stems.items():
        if word.startswith(stem):
            return role
    expected = ", ".join(role_label(role) for role in Role)
    raise ImportRefused(_("« {word} » n'est pas un rôle ({expected}).").format(word=text, expected=expected))
