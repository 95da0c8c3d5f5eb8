"""Where passages stand once the text under them has been corrected."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qualikit.alignment import hunks_between
from qualikit.rebasing import Edit, Rebasing, replacements
from qualikit.text import Span, normalise, splits_grapheme


def rebased(old: str, new: str, quote: str) -> str | None:
    """What the passage says in the new text."""
    rebasing = Rebasing.between(normalise(old), new)
    start = rebasing.old.index(quote)
    span = rebasing.rebase(Span(start, start + len(quote)))
    return None if span is None else span.of(rebasing.new)


class DescribeAPassage:
    TALK = "Karim : Le triporter passe le mardi. Il pleut souvent, on ne vient pas.\n"

    @pytest.mark.parametrize(
        ("new", "quote", "after"),
        [
            ("Karim : Le triporteur passe le mardi.", "triporter passe", "triporteur passe"),
            ("Karim : Le triporteur passe le mardi.", "Le triporter", "Le triporteur"),
            ("Karim : Le triporteur passe le mardi.", "triporter", "triporteur"),
            ("Karim : Le triporter passe très souvent le mardi.", "passe le mardi", "passe très souvent le mardi"),
            ("Karim : Le triporter passe mardi.", "passe le mardi", "passe mardi"),
            ("Karim : Bonjour. Le triporter passe le mardi.", "Le triporter passe", "Le triporter passe"),
            ("Karim : Le triporter passe le mardi matin.", "passe le mardi", "passe le mardi"),
        ],
    )
    def it_keeps_its_words(self, new: str, quote: str, after: str):
        old = "Karim : Le triporter passe le mardi."

        assert rebased(old, new, quote) == after

    def it_is_set_aside_when_its_words_are_gone(self):
        assert rebased(self.TALK, "Karim : Le triporter passe le mardi.\n", "Il pleut souvent") is None

    def it_is_set_aside_when_other_words_stand_in_their_place(self):
        assert rebased(self.TALK, self.TALK.replace("Il pleut souvent", "Non"), "Il pleut souvent") is None

    def it_keeps_what_is_left_where_at_least_half_is(self):
        new = self.TALK.replace("Il pleut souvent, on", "On")

        assert (
            rebased(self.TALK, new, "Le triporter passe le mardi. Il pleut souvent") == "Le triporter passe le mardi."
        )
        assert rebased(self.TALK, new, "mardi. Il pleut souvent") is None

    def it_never_follows_a_paragraph_that_was_moved(self):
        first, second = "A : Le vélo est en panne.\n\n", "B : On attend toujours la réponse de la mairie.\n\n"

        assert rebased(first + second, second + first, "Le vélo est en panne") is None
        assert rebased(first + second, second + first, "la mairie") == "la mairie"

    def it_is_set_aside_where_its_sentence_was_written_anew(self):
        old = "La médiatrice de la ville parle de la pluie et de la neige aux gens du quartier."
        new = "Un texte de tout autre nature, la vérité, de quoi rire et la belle vie ensemble."

        assert rebased(old, new, "La médiatrice de la ville parle de la pluie") is None

    def it_does_not_take_in_a_sentence_put_beside_it(self):
        assert rebased("Oui. Non.", "Oui. Peut-être. Non.", "Oui.") == "Oui."
        assert rebased("Oui. Non.", "Oui. Peut-être. Non.", "Non.") == "Non."

    def it_does_not_change_by_a_space_when_only_what_surrounds_it_does(self):
        assert rebased("un\u00a0: deux  trois", "zéro un\u00a0: deux  trois", "\u00a0: deux  ") == "\u00a0: deux  "

    def it_never_parts_one_sign_from_its_accent_or_its_people(self):
        assert rebased("Le 👩‍🦽 passe vite", "Le 👩🏽‍🦽 passe vite", "👩‍🦽 passe") == "👩🏽‍🦽 passe"
        assert rebased("un x\u0302 ici", "un x\u0302\u0323 ici", "un x\u0302") == "un x\u0323\u0302"

    def it_goes_on_with_a_pseudonym_that_was_said_to_stand_for_the_name(self):
        text = "Je suis Karim Benali, de Laval."
        rebasing = Rebasing.of(text, [Edit(8, 20, "Usager 3")])

        assert rebasing.new == "Je suis Usager 3, de Laval."
        assert rebasing.rebase(Span(8, 20)) == Span(8, 16)
        assert rebasing.rebase(Span(0, 13)) is not None


class DescribeEdits:
    def it_refuses_edits_that_overlap_or_leave_the_text(self):
        for edits in ([Edit(0, 3, "a"), Edit(2, 4, "b")], [Edit(3, 9, "")], [Edit(2, 1, "")]):
            with pytest.raises(ValueError, match="edit"):
                Rebasing.of("abcd", edits)

    def it_composes_an_accent_put_after_its_letter(self):
        rebasing = Rebasing.of("le cafe noir", [Edit(7, 7, "\u0301")])

        assert rebasing.new == "le café noir"
        assert rebasing.rebase(Span(3, 7)) == Span(3, 7)

    def it_takes_out_line_ends_of_windows(self):
        assert Rebasing.between("a\nb", "a\r\nb").hunks == ()

    def it_replaces_words_that_stand_apart(self):
        text = "Le bus, abusif ; bus."

        assert [(edit.start, edit.stop) for edit in replacements(text, "bus", "car")] == [(3, 6), (17, 20)]
        assert replacements(text, " ", "x") == ()


SIGNS = st.text(st.sampled_from("abé \n.\u00a0\u0302🇫🇷👩\u200d🦽"), max_size=30)


class DescribeAnyTwoTexts:
    @settings(max_examples=600, deadline=None)
    @given(SIGNS, SIGNS)
    def it_tells_them_apart_by_what_changed(self, old: str, new: str):
        old, new = normalise(old), normalise(new)
        built, done = [], 0
        for hunk in Rebasing.between(old, new).hunks:
            built += [old[done : hunk.start], new[hunk.new_start : hunk.new_stop]]
            done = hunk.stop

        assert "".join([*built, old[done:]]) == new
        assert bool(hunks_between(old, new)) == (old != new)

    @settings(max_examples=600, deadline=None)
    @given(SIGNS, SIGNS, st.data())
    def it_leaves_a_passage_whole_or_sets_it_aside(self, old: str, new: str, data: st.DataObject):
        rebasing = Rebasing.between(normalise(old), new)
        start = data.draw(st.integers(0, len(rebasing.old)))
        span = Span(start, data.draw(st.integers(min(start + 1, len(rebasing.old)), len(rebasing.old))))
        assume(len(span) > 0)
        after = rebasing.rebase(span)

        if after is None:
            assert rebasing.touches(span)
        elif not rebasing.touches(span):
            assert after.of(rebasing.new) == span.of(rebasing.old)
        else:
            quote = after.of(rebasing.new)
            assert quote.strip() == quote != ""
            for before, place in ((span.start, after.start), (span.stop, after.stop)):
                assert splits_grapheme(rebasing.old, before) or not splits_grapheme(rebasing.new, place)
