"""One entry a person whatever the form, and a pseudonym of the same kind that nobody bears."""

from __future__ import annotations

from qualikit.corpus.pseudonyms import lists
from qualikit.corpus.pseudonyms.grouping import Forms
from qualikit.corpus.pseudonyms.model import Decision, Entry, Found, Gender, Kind, Style
from qualikit.corpus.pseudonyms.names import parse
from qualikit.corpus.pseudonyms.proposing import decide, merged, proposed
from qualikit.text import fold


def grouped(text: str, *names: str) -> list[Entry]:
    forms = Forms()
    found = []
    for name in names:
        start = text.index(name)
        found.append(Found(start, start + len(name), name, Kind.PERSON, 0.9, "given"))
    forms.add(text, found)
    return forms.entries()


class DescribeAPersonsForms:
    def it_joins_title_given_and_family_name(self):
        [one] = grouped("Mme Benali, Fatima Benali, Fatima", "Benali", "Fatima Benali", "Fatima")
        assert one.forms[0] == "Fatima Benali"
        assert (one.firsts, one.lasts, one.gender) == (("Fatima",), ("Benali",), Gender.WOMAN)

    def it_keeps_husband_and_wife_apart(self):
        forms = Forms()
        text = "Fatima Benali et M. Benali"
        forms.add(text, [Found(0, 13, "Fatima Benali", Kind.PERSON, 0.9, "given")])
        forms.add("M. Bénali", [Found(3, 9, "Bénali", Kind.PERSON, 0.9, "title")])
        assert len(forms.entries()) == 2

    def it_leaves_a_name_that_two_people_bear_to_the_evaluator(self):
        entries = grouped("Fatima Benali, Fatima Moussaoui, et Fatima", "Fatima Benali", "Fatima Moussaoui")
        again = Forms()
        again.add("Fatima Benali, Fatima Moussaoui", [
            Found(0, 13, "Fatima Benali", Kind.PERSON, 0.9, "given"),
            Found(15, 31, "Fatima Moussaoui", Kind.PERSON, 0.9, "given"),
        ])  # fmt: skip
        again.add("Fatima", [Found(0, 6, "Fatima", Kind.PERSON, 0.9, "given")])
        assert len(entries) == 2
        assert len(again.entries()) == 3

    def it_reads_names_in_either_order(self):
        assert parse("BENALI Fatima").firsts == ("Fatima",)
        assert parse("Jean-Marie Le Goff").lasts == ("Le Goff",)
        assert parse("Mme Martin").lasts == ("Martin",)
        assert parse("Martin").firsts == ("Martin",)


class DescribeAPseudonym:
    def it_is_of_the_same_gender_and_usage_and_of_nobody_real(self):
        entries = [entry.having(decision=Decision.REPLACE) for entry in grouped("Aïcha Benali", "Aïcha Benali")]
        [one] = proposed(entries, Style.NAMES, {"samira"})
        first, last = one.pseudonym.split()
        assert first in lists.WOMEN["other"]
        assert last in lists.FAMILY["other"]
        assert fold(first) not in {"samira", "aicha"}

    def it_is_one_for_each_of_many(self):
        entries = [
            Entry(str(n), Kind.PERSON, (f"Prénom{n}",), firsts=(f"Prénom{n}",), decision=Decision.REPLACE)
            for n in range(400)
        ]
        for style in Style:
            names = [one.pseudonym for one in proposed(entries, style)]
            assert len(set(names)) == 400
            assert all(names)

    def it_stays_when_documents_are_added(self):
        first = proposed([entry.having(decision=Decision.REPLACE) for entry in grouped("Karim", "Karim")], Style.NAMES)
        fresh = grouped("Karim Haddad et Zoé", "Karim Haddad", "Zoé")
        together = proposed(merged(first, fresh), Style.NAMES)
        karim = next(one for one in together if one.id == first[0].id)
        assert karim.pseudonym == first[0].pseudonym
        assert karim.forms == ("Karim",) or "Karim Haddad" in karim.forms
        assert len({one.pseudonym for one in together if one.pseudonym}) == len([o for o in together if o.pseudonym])

    def it_gives_one_family_one_name(self):
        forms = Forms()
        forms.add("Fatima Benali", [Found(0, 13, "Fatima Benali", Kind.PERSON, 0.9, "given")])
        forms.add("Karim Benali", [Found(0, 12, "Karim Benali", Kind.PERSON, 0.9, "given")])
        one, other = proposed([e.having(decision=Decision.REPLACE) for e in forms.entries()], Style.NAMES)
        assert one.pseudonym.split()[1] == other.pseudonym.split()[1]
        assert one.pseudonym != other.pseudonym


def test_places_of_the_study_and_institutions_are_kept_unless_decided_otherwise():
    assert decide(Entry("1", Kind.PLACE, ("Aubagne",), score=0.9, source="territory")) is Decision.KEEP
    assert decide(Entry("1", Kind.ORGANISATION, ("CAF",), score=0.6, source="institution")) is Decision.KEEP
    assert decide(Entry("1", Kind.PLACE, ("Roquefeuil",), score=0.65, source="model")) is Decision.PENDING
    assert decide(Entry("1", Kind.OTHER, ("Machin",), score=0.45, source="capital")) is Decision.PENDING
