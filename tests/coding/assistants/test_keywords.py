"""Codes proposed by the exact keywords of the codebook: what is found, what it is worth, how it is said."""

from __future__ import annotations

import pytest

from qualikit.coding.assistants import Level, Material, Segment, level_of
from qualikit.coding.assistants.keywords import KeywordAssistant
from qualikit.coding.model import Code, Codebook


def book(**keywords: tuple[str, ...]) -> Codebook:
    return Codebook.of(
        Code(id=name, name=name, position=n, keywords=words) for n, (name, words) in enumerate(keywords.items())
    )


def segments(*sentences: str) -> list[Segment]:
    return [Segment("d", "v", n * 1000, n * 1000 + len(words), words) for n, words in enumerate(sentences)]


def proposed(codebook: Codebook, *sentences: str, beside: tuple[str, ...] = ()):
    read = segments(*sentences)
    suggester = KeywordAssistant().prepare(Material(codebook, [*read, *segments(*beside)]))
    return suggester.suggest(read)


def reasons(codebook: Codebook, *sentences: str) -> list[str]:
    return [proposal.reason.replace("\u00a0", " ") for proposal in proposed(codebook, *sentences)]


class DescribeWhatIsFound:
    @pytest.mark.parametrize(
        "sentence",
        [
            "Le vélo est en PANNE.",
            "Une panne, encore.",
            "« Panne » : voilà le mot.",
            "l’été, la panne\u00a0!",
            "🚲 panne 👩🏽‍🔧",
        ],
    )
    def it_finds_a_word_whatever_its_case_and_what_stands_around(self, sentence):
        assert len(proposed(book(Matériel=("panne",)), sentence)) == 1

    def it_leaves_accents_and_ligatures_aside(self):
        assert len(proposed(book(Météo=("Meteo",)), "La MÉTÉO décide.", "La me\u0301te\u0301o décide.")) == 2
        assert len(proposed(book(Lien=("cœur",)), "Un coeur gros.")) == 1

    def it_finds_no_part_of_a_word(self):
        assert proposed(book(Matériel=("pan",)), "La panne.") == []

    def it_finds_the_words_of_a_family_and_says_which_form(self):
        assert reasons(book(Matériel=("vélo",)), "Les vélos sont là.") == [
            "contient « vélos » (famille de « vélo »), mot-clé de Matériel"
        ]

    def it_finds_phrases_with_nothing_but_spaces_hyphens_and_apostrophes_between(self):
        codebook = book(Matériel=("vélo cargo", "mise à l'eau"))
        assert len(proposed(codebook, "Le vélo-cargo.", "Un vélo\u00a0cargo.", "Une mise à l’eau.")) == 3
        assert proposed(codebook, "Un vélo, cargo ou pas.", "Le vélo du cargo.", "vélo") == []

    def it_gives_a_word_to_the_longest_phrase_that_holds_it(self):
        codebook = book(Juridique=("droits",), Accès=("accès aux droits",))
        assert [each.code_id for each in proposed(codebook, "L'accès aux droits.", "Mes droits.")] == [
            "Accès",
            "Juridique",
        ]

    def it_proposes_every_code_that_has_the_keyword(self):
        codebook = book(Matériel=("panne",), Freins=("panne",))
        assert {each.code_id for each in proposed(codebook, "La panne.")} == {"Matériel", "Freins"}

    def it_has_nothing_to_say_without_keywords_or_words(self):
        assert proposed(book(Météo=(), Vide=("…", "!")), "La météo.") == []
        assert proposed(book(Météo=("pluie",)), "", "…") == []


class DescribePatterns:
    def it_finds_what_they_find_and_says_which(self):
        codebook = book(Lien=("médiat*", "/trott?inettes?/"), Accès=("prise* en charge",))
        assert reasons(codebook, "La Médiatrice.", "Ma trotinette.", "Une prise-en-charge.", "La média.") == [
            "contient « Médiatrice » (selon « médiat* »), mot-clé de Lien",
            "contient « trotinette » (selon « /trott?inettes?/ »), mot-clé de Lien",
            "contient « prise-en-charge » (selon « prise* en charge »), mot-clé de Accès",
        ]

    def it_counts_for_their_rarity_and_their_words(self):
        codebook = book(Lien=("médiat*",), Accès=("prise* en charge",))
        often = ("La médiation.",) * 40
        seldom, common, phrase = (
            proposed(codebook, sentence, beside=beside)[0].score
            for sentence, beside in (("Une médiatrice.", ()), ("Une médiatrice.", often), ("Une prise en charge.", ()))
        )
        assert common < seldom < phrase

    def it_takes_no_word_from_a_keyword(self):
        assert len(proposed(book(Lien=("médiat*",), Métier=("médiateur",)), "Le médiateur.")) == 2


class DescribeTheReason:
    def it_quotes_the_words_as_they_stand(self):
        assert reasons(book(Matériel=("panne", "vélo", "roue")), "PANNE du vélo, et la roue.") == [
            "contient « PANNE », « vélo » et « roue », mots-clés de Matériel"
        ]

    def it_says_a_word_once(self):
        assert reasons(book(Matériel=("panne",)), "Panne sur panne.") == ["contient « Panne », mot-clé de Matériel"]


class DescribeTheScore:
    OTHERS = tuple(f"Autre chose numéro {n}." for n in range(98))

    def score(self, codebook, sentence, *beside):
        return proposed(codebook, sentence, beside=(*beside, *self.OTHERS))[0].score

    def it_is_higher_for_what_is_rare(self):
        codebook = book(Matériel=("panne", "vélo"))
        rare = self.score(codebook, "La panne.", *["Le vélo."] * 40)
        common = self.score(codebook, "Le vélo.", *["Le vélo."] * 40)
        assert level_of(rare) is Level.MEDIUM
        assert level_of(common) is Level.WEAK

    def it_is_strong_for_two_rare_words_or_a_rare_phrase(self):
        codebook = book(Matériel=("panne", "roue", "pneu crevé"))
        assert level_of(self.score(codebook, "Panne de roue.")) is Level.STRONG
        assert level_of(self.score(codebook, "Un pneu crevé.")) is Level.STRONG

    def it_is_lower_for_a_word_of_the_family_only(self):
        codebook = book(Matériel=("panne",))
        assert self.score(codebook, "Des pannes.") < self.score(codebook, "Une panne.")

    def it_stays_between_nothing_and_one(self):
        many = tuple(f"mot{n}" for n in range(60))
        assert 0 < self.score(book(Tout=many), " ".join(many)) <= 1
        assert 0 <= proposed(book(Tout=("rien",)), "Rien.")[0].score <= 1
