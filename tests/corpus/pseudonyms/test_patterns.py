"""What has a shape is found, written or said aloud; what only looks like it is not."""

from __future__ import annotations

import pytest

from qualikit.corpus.pseudonyms import patterns
from qualikit.corpus.pseudonyms.model import Kind


def kinds(text: str) -> dict[str, Kind]:
    return {one.form: one.kind for one in patterns.find(text)}


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("appelez le 06 12 34 56 78.", "06 12 34 56 78"),
        ("le 06.12.34.56.78, le soir", "06.12.34.56.78"),
        ("le 0612345678", "0612345678"),
        ("le +33 6 12 34 56 78", "+33 6 12 34 56 78"),
        ("le 06\u00a012\u00a034\u00a056\u00a078", "06\u00a012\u00a034\u00a056\u00a078"),
        ("c'est le zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit", None),
        ("zéro sept quatre-vingt-un douze treize quatorze", None),
    ],
)
def test_telephones(said, form):
    found = [one for one in patterns.find(said) if one.kind is Kind.PHONE]
    assert found
    assert form is None or found[0].form == form


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("mon mail c'est jean.dupuis@exemple.fr", Kind.MAIL),
        ("jean point dupuis arobase exemple point fr", Kind.MAIL),
        ("voir www.exemple.org/page", Kind.LINK),
        ("j'habite 12 bis, rue des Amandiers, 13400 Roquefeuil", Kind.ADDRESS),
        ("au douze rue des lilas", Kind.ADDRESS),
        ("rue Jean-Moulin", Kind.ADDRESS),
        ("née le 12 mars 1958", Kind.DATE),
        ("il est né en 1938", Kind.DATE),
        ("la plaque FK-318-QD", Kind.NUMBER),
        ("FR76 3000 6000 0112 3456 7890 189", Kind.NUMBER),
        ("numéro allocataire 4827715", Kind.NUMBER),
    ],
)
def test_each_kind(said, kind):
    assert kind in kinds(said).values()


@pytest.mark.parametrize(
    "said",
    [
        "un cours de souris, une place fixe, deux tours de parole",
        "le mardi 10 octobre 2024, place du marché",
        "on était 25 en 2023, et 30 en 2024",
        "FR76 3000 6000 0112 3456 7890 188",  # the last figure is not the one that its check asks for
        "le zéro déchet, un deux trois",
        "au pied de la rue\nExemple fictif",
    ],
)
def test_what_only_looks_like_it(said):
    assert kinds(said) == {}


def test_the_key_of_a_social_security_number():
    assert patterns.is_nir("2 57 04 99 350 118 27") == (97 - 2570499350118 % 97 == 27)
    good = f"1 84 12 76 451 089 {97 - 1841276451089 % 97:02}"
    assert patterns.is_nir(good)
    assert not patterns.is_nir(good[:-1] + str((int(good[-1]) + 1) % 10))
    assert patterns.is_nir(f"1 84 12 2A 451 089 {97 - 1841219451089 % 97:02}")  # Corsica


def test_the_remainder_of_an_account_number():
    assert patterns.is_iban("FR76 3000 6000 0112 3456 7890 189")
    assert not patterns.is_iban("FR76 3000 6000 0112 3456 7890 188")
