"""The tree of errors is the one that its file draws, and each speaks to the user."""

from __future__ import annotations

import re

from qualikit import errors
from qualikit.errors import QualikitError


def every_error() -> list[type[QualikitError]]:
    found = [QualikitError]
    for kind in found:
        found += kind.__subclasses__()
    return found


def test_the_drawing_at_the_top_of_the_file_is_the_tree():
    drawn = {}
    above: list[str] = []
    for line in errors.__doc__.splitlines():
        if match := re.match(r"    ([│ ├└─]*)([A-Z]\w+)", line):
            depth = len(match[1]) // 4
            above = [*above[:depth], match[2]]
            drawn[match[2]] = above[depth - 1] if depth else "Exception"

    assert drawn == {kind.__name__: kind.__bases__[0].__name__ for kind in every_error()}


def test_each_has_a_code_of_its_own():
    codes = [kind.code for kind in every_error()]

    assert len(codes) == len(set(codes))


def test_an_error_is_its_two_sentences():
    error = errors.DamagedProject("Le fichier est abîmé.", "Reprenez une sauvegarde.")

    assert str(error) == "Le fichier est abîmé. Reprenez une sauvegarde."
    assert str(errors.UndoRefused("Il n'y a rien à annuler.")) == "Il n'y a rien à annuler."
    assert errors.CodebookError("Ligne illisible.", line=3).line == 3
