"""The text of a document corrected: turns carried over, codings where their words are, undone in one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualikit import Project
from qualikit.coding.tables import codings
from qualikit.corpus.carrying import announcement
from qualikit.corpus.correction import Fate, Reason
from qualikit.corpus.revising import carry_out, plan, revise
from qualikit.corpus.speakers import SpeakerRule
from qualikit.corpus.tables import documents, participants, text_versions, turns
from qualikit.errors import CorrectionRefused, NotFound, UndoRefused
from qualikit.rebasing import Edit, replacements

TALK = (
    "Animatrice\u00a0: Qui commence\u00a0? 🌧\r\n\r\n"
    "Mme Roux : Il pleut souvent, on ne vient pas. Le triporter passe le mardi.\r\n\r\n"
    "M. Paul : E\u0301videmment 👩‍🦽, et l'hiver non plus.\r\n\r\n"
    "Animatrice : Et vous ?\r\n\r\n"
    "Mme Roux : Le triporter, je ne l'ai jamais vu.\r\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "talk.txt").write_bytes(TALK.encode())
    with Project.create(tmp_path / "essai.qualikit", coder="Camille") as made:
        made.corpus.import_files([tmp_path / "talk.txt"])
        made.coding.add_code("Météo")
        made.coding.add_code("Transport")
        yield made


@pytest.fixture
def sacha(project: Project) -> Iterator[Project]:
    """The same project, somebody else at work."""
    with Project.open(project.path, coder="Sacha") as opened:
        yield opened


def code(project: Project, words: str, name: str = "Météo") -> str:
    start = project.corpus.text("talk").index(words)
    return project.coding.add("talk", start, start + len(words), name).id


def correct(project: Project, before: str, after: str, **named):
    text = project.corpus.text("talk")
    assert before in text
    return project.corpus.correct("talk", new_text=text.replace(before, after), **named)


def said(project: Project) -> list[tuple[str | None, str]]:
    """Who says what."""
    names = {person.id: person.name for person in project.corpus.participants()}
    text = project.corpus.text("talk")
    return [(names.get(turn.participant_id), turn.speech.of(text)) for turn in project.corpus.turns("talk")]


def dump(project: Project) -> list:
    with project.store.read() as connection:
        return [connection.execute(sa.select(table).order_by(table.c.id)).all() for table in (documents, codings)]


class DescribeACorrection:
    def it_keeps_a_coding_on_the_words_it_is_about(self, project: Project):
        typo, rain = code(project, "triporter passe", "Transport"), code(project, "Il pleut souvent")

        made = correct(project, "triporter", "triporteur")

        assert [each.quote for each in project.coding.codings()] == ["Il pleut souvent", "triporteur passe"]
        assert made.count(Fate.KEPT) == made.count(Fate.CHANGED) == 1
        assert made.by_names()["Transport", "Camille"] == {Fate.KEPT: 0, Fate.CHANGED: 1, Fate.ASIDE: 0}
        assert {typo, rain} == {each.id for each in made.followed}
        assert project.check() == []

    def it_sets_aside_a_coding_whose_words_went_away(self, project: Project):
        gone = code(project, "Il pleut souvent")
        code(project, "Il pleut souvent, on ne vient pas. Le triporter passe le mardi", "Transport")

        made = correct(project, "Il pleut souvent, on", "On")

        assert [each.id for each in made.with_fate(Fate.ASIDE)] == [gone]
        assert [each.quote for each in project.coding.codings()] == ["On ne vient pas. Le triporter passe le mardi"]
        assert [(each.id, each.quote) for each in project.coding.set_aside()] == [(gone, "Il pleut souvent")]
        assert project.check() == []

    def it_sets_the_second_aside_where_two_codings_would_become_one(self, project: Project):
        one, other = code(project, "Il pleut souvent"), code(project, "pleut souvent")

        correct(project, "Il pleut souvent", "pleut souvent")

        assert [each.id for each in project.coding.codings()] == [other]
        assert [each.id for each in project.coding.set_aside()] == [one]
        project.history.undo()
        assert {each.id for each in project.coding.codings()} == {one, other}

    def it_makes_a_new_text_and_keeps_the_old(self, project: Project):
        before = project.corpus.text("talk")

        made = correct(project, "Qui", "Qui donc", note="écouté de nouveau")

        one, other = project.corpus.versions("talk")
        assert (one.number, one.reason, one.coder, one.current) == (1, Reason.IMPORT, "Camille", False)
        assert (other.number, other.reason, other.note, other.current) == (
            2, Reason.CORRECTION, "écouté de nouveau", True,
        )  # fmt: skip
        assert (made.version_id, made.number) == (other.id, 2)
        assert project.corpus.version_text("talk", 1) == before
        [passage] = project.corpus.compare("talk", 1, 2)
        assert [(each.kind, each.text) for each in passage.pieces] == [
            ("same", "Qui "), ("in", "donc "), ("same", "commence\u00a0? 🌧"),
        ]  # fmt: skip
        with pytest.raises(NotFound):
            project.corpus.version_text("talk", 3)

    def it_writes_nothing_where_nothing_changes(self, project: Project):
        seen = project.revision

        made = project.corpus.correct("talk", new_text=project.corpus.text("talk") + "\ufeff")

        assert not made.changed
        assert project.revision == seen
        assert len(project.corpus.versions("talk")) == 1

    def it_refuses_a_text_with_nothing_in_it(self, project: Project):
        with pytest.raises(CorrectionRefused, match="resterait rien"):
            project.corpus.correct("talk", new_text=" \n")

    def it_takes_line_ends_of_windows_and_accents_apart_as_the_reader_does(self, project: Project):
        made = project.corpus.correct("talk", new_text=TALK.replace("jamais vu", "jamais aperc\u0327u"))

        assert len(made.passages) == 1
        assert "aperçu" in project.corpus.text("talk")

    def it_takes_edits_as_said(self, project: Project):
        code(project, "Mme Roux")
        text = project.corpus.text("talk")

        project.corpus.correct("talk", edits=replacements(text, "Mme Roux", "Usagère 1"))

        assert [each.quote for each in project.coding.codings()] == ["Usagère 1"]
        assert [who for who, _ in said(project)] == ["Animatrice", "Mme Roux", "M. Paul", "Animatrice", "Mme Roux"]
        assert [turn.label for turn in project.corpus.turns("talk")][1] == "Usagère 1"
        with pytest.raises(CorrectionRefused):
            project.corpus.correct("talk", edits=[Edit(5, 2, "")])


class DescribeTurns:
    def it_carries_them_over(self, project: Project):
        before = said(project)

        correct(project, "Et vous", "Et vous, là")

        assert said(project) == [*before[:3], ("Animatrice", "Et vous, là ?"), before[4]]
        assert project.check() == []

    def it_makes_a_turn_of_a_new_line_that_announces_somebody_known(self, project: Project):
        correct(project, "Animatrice : Et vous ?", "M. Paul : C'est tout.\n\nAnimatrice : Et vous ?\n\n(rires)")

        assert said(project)[3:5] == [("M. Paul", "C'est tout."), ("Animatrice", "Et vous ?\n\n(rires)")]
        assert len(project.corpus.participants()) == 3

    def it_gives_a_sentence_added_at_the_end_of_a_turn_to_that_turn(self, project: Project):
        correct(project, "non plus.", "non plus. Voilà.\nC'est tout.")

        assert said(project)[2] == ("M. Paul", "Évidemment 👩‍🦽, et l'hiver non plus. Voilà.\nC'est tout.")

    def it_keeps_the_speaker_of_a_label_that_was_misspelt(self, project: Project):
        correct(project, "M. Paul :", "M. Pol :")

        assert [turn.label for turn in project.corpus.turns("talk")][2] == "M. Pol"
        assert said(project)[2][0] == "M. Paul"

    def it_gives_a_turn_to_the_known_speaker_that_its_label_names_now(self, project: Project):
        text = project.corpus.text("talk")
        last = text.rindex("Mme Roux")

        project.corpus.correct("talk", new_text=text[:last] + "M. Paul" + text[last + 8 :])

        assert [who for who, _ in said(project)] == ["Animatrice", "Mme Roux", "M. Paul", "Animatrice", "M. Paul"]

    def it_joins_a_turn_whose_label_was_taken_out_to_the_one_before(self, project: Project):
        correct(project, "Animatrice : Et vous ?\n\n", "")
        correct(project, "M. Paul : É", "É")

        assert [who for who, _ in said(project)] == ["Animatrice", "Mme Roux", "Mme Roux"]
        assert project.check() == []

    def it_gives_a_turn_to_somebody_else_or_to_somebody_new(self, project: Project):
        project.corpus.correct("talk", speakers={1: "m. paul", 4: "Nadia"})

        assert [who for who, _ in said(project)] == ["Animatrice", "M. Paul", "M. Paul", "Animatrice", "Nadia"]
        assert "Nadia : Le triporter" in project.corpus.text("talk")
        assert {person.name for person in project.corpus.participants()} == {"Animatrice", "M. Paul", "Nadia"}
        project.history.undo()
        assert said(project)[1][0] == "Mme Roux"
        assert "Nadia" not in {person.name for person in project.corpus.participants()}

    def it_corrects_words_and_speaker_at_once(self, project: Project):
        text = project.corpus.text("talk").replace("Et vous", "Et toi")

        made = project.corpus.correct("talk", new_text=text, speakers={3: "M. Paul"})

        assert said(project)[3] == ("M. Paul", "Et toi ?")
        assert made.speakers_changed == 1

    def it_gives_a_turn_to_a_person_of_another_document(self, tmp_path: Path, project: Project):
        (tmp_path / "autre.txt").write_text("P1 : Oui.\n\nP2 : Non.\n\nP1 : Si.\n\nP2 : Ah.", "utf-8")
        project.corpus.import_files([tmp_path / "autre.txt"])
        other = project.corpus.participants("autre")[0]

        project.corpus.correct("talk", speakers={4: other.id})

        assert project.corpus.turns("talk")[4].participant_id == other.id
        assert project.corpus.turns("talk")[4].label == "P1"

    def it_gives_words_that_nobody_spoke_to_somebody(self, tmp_path: Path, project: Project):
        (tmp_path / "note.txt").write_text("Il pleuvait.\n\nPersonne n'est venu.\n", "utf-8")
        project.corpus.import_files([tmp_path / "note.txt"])

        project.corpus.correct("note", speakers={0: "Karim"})

        assert project.corpus.text("note") == "Karim : Il pleuvait.\n\nPersonne n'est venu."
        [turn] = project.corpus.turns("note")
        assert (turn.label, turn.start, turn.speech_start) == ("Karim", 0, 8)

    @pytest.mark.parametrize(
        "talk",
        [
            "Karim\tBonjour.\nLéa\tOui.\nKarim\tBon.\nLéa\tNon.\nKarim\tAh.\nLéa\tBien.\n",
            "Karim – Bonjour.\nLéa – Oui.\nKarim – Bon.\nLéa – Non.\nKarim – Ah.\nLéa – Bien.\n",
            "Animatrice\nBonjour.\n\nLéa\nOui.\n\nAnimatrice\nBon.\n\nLéa\nNon.\n",
            "[Karim] (0:01 - 0:11)\nBonjour.\n[Léa] (0:12 - 0:13)\nOui.\n[Karim] (0:21 - 0:31)\nBon.\n[Léa] (0:32 - 0:41)\nNon.\n",
            "Karim (00:00:01)\nBonjour.\nLéa (00:00:05)\nOui.\nKarim (00:00:09)\nBon.\nLéa (00:00:12)\nNon.\n",
        ],
        ids=["tab", "dash", "alone", "brackets", "time"],
    )
    def it_writes_a_missed_turn_as_the_document_writes_its_own(self, tmp_path: Path, project: Project, talk: str):
        """Put in before a turn whose label is corrected at the same time."""
        (tmp_path / "forme.txt").write_text(talk, "utf-8")
        project.corpus.import_files([tmp_path / "forme.txt"])
        document = project.corpus.document("forme")
        text, before = project.corpus.text(document), project.corpus.turns(document)
        turn, rule = before[2], SpeakerRule.from_json(document.rule or "")
        said = text[turn.speech_stop : turn.stop] + announcement(text, before, rule, "Nadia") + "Une phrase."

        project.corpus.correct(
            document,
            new_text=(text[: turn.speech_stop] + said + text[turn.speech_stop :]).replace("Léa", "Léah"),
            heard=["Nadia"],
        )

        names = {person.id: person.name for person in project.corpus.participants(document)}
        after = project.corpus.turns(document)
        assert [names[each.participant_id] for each in after][2:5] == [turn.label, "Nadia", "Léa"]
        assert after[3].speech.of(project.corpus.text(document)) == "Une phrase."
        assert [each.time for each in after if each.label != "Nadia"] == [each.time for each in before]

    def it_refuses_a_turn_that_is_not_there(self, project: Project):
        with pytest.raises(CorrectionRefused, match="numéro 100"):
            project.corpus.correct("talk", speakers={99: "Nadia"})

    def it_keeps_times_with_their_turns(self, tmp_path: Path, project: Project):
        timed = "Karim (00:01:02)\nBonjour à tous.\n\nLéa (00:01:09)\nBonjour.\n\nKarim (00:02:00)\nOui.\n\nLéa (00:03:00)\nNon.\n"
        (tmp_path / "timed.txt").write_text(timed, "utf-8")
        project.corpus.import_files([tmp_path / "timed.txt"])
        times = [turn.time for turn in project.corpus.turns("timed")]
        assert times == [62.0, 69.0, 120.0, 180.0]

        text = project.corpus.text("timed")
        project.corpus.correct("timed", new_text=text.replace("Oui.", "Oui, oui.").replace("(00:03:00)", "(00:03:30)"))

        assert [turn.time for turn in project.corpus.turns("timed")] == [62.0, 69.0, 120.0, 210.0]


class DescribeUndo:
    def it_puts_everything_back_byte_for_byte_and_forward_again(self, project: Project, sacha: Project):
        code(project, "Il pleut souvent")
        code(sacha, "triporter passe le mardi", "Transport")
        before, text = dump(project), project.corpus.text("talk")
        correct(project, "Il pleut souvent, on ne vient pas. Le triporter", "Le triporteur")
        after = dump(project)

        project.history.undo()
        assert dump(project) == before
        assert project.corpus.text("talk") == text
        project.history.redo()
        assert dump(project) == after
        assert project.check() == []

    def it_refuses_once_somebody_coded_the_corrected_text(self, project: Project, sacha: Project):
        code(project, "Il pleut souvent")
        correct(project, "triporter", "triporteur")
        code(sacha, "triporteur passe")
        state = dump(project)

        with pytest.raises(UndoRefused, match="codés depuis"):
            project.history.undo()

        assert dump(project) == state
        sacha.history.undo()
        project.history.undo()
        assert "triporter passe" in project.corpus.text("talk")

    def it_refuses_to_redo_once_somebody_coded_the_text_before(self, project: Project, sacha: Project):
        correct(project, "triporter", "triporteur")
        project.history.undo()
        code(sacha, "triporter passe")

        with pytest.raises(UndoRefused, match="codés depuis"):
            project.history.redo()

    def it_refuses_once_a_coding_set_aside_was_settled(self, project: Project, sacha: Project):
        gone = code(project, "Il pleut souvent")
        correct(project, "Il pleut souvent, on", "On")
        sacha.coding.remove_aside(gone)

        with pytest.raises(UndoRefused):
            project.history.undo()

    def it_leaves_what_was_done_to_a_coding_since_on_the_text(self, project: Project):
        """What moved is where it stands: its code is another matter."""
        id = code(project, "triporter passe")
        correct(project, "triporter", "triporteur")
        with project.store.write("Sacha") as transaction, transaction.event("test", "autre code") as change:
            other = project.coding.code("Transport").id
            change.update(codings, id, code_id=other)

        project.history.undo()

        [coding] = project.coding.codings()
        assert (coding.quote, coding.code_id) == ("triporter passe", other)


class DescribeTwoPeople:
    def it_refuses_a_correction_of_a_text_that_is_another_one_since(self, project: Project, sacha: Project):
        seen = sacha.corpus.text_version("talk")
        correct(project, "triporter", "triporteur", base_version=seen.id)

        for call in (sacha.corpus.correct, sacha.corpus.preview_correction):
            with pytest.raises(CorrectionRefused, match="corrigé depuis"):
                call("talk", new_text=seen.text + "Fin.", base_version=seen.id)

        assert len(project.corpus.versions("talk")) == 2

    def it_lets_one_of_two_at_the_same_moment_through(self, project: Project, sacha: Project):
        seen = project.corpus.text_version("talk")
        outcomes: list[str] = []

        def go(who: Project, words: str) -> None:
            try:
                who.corpus.correct("talk", new_text=seen.text + words, base_version=seen.id)
                outcomes.append("made")
            except CorrectionRefused:
                outcomes.append("refused")

        both = [
            threading.Thread(target=go, args=(project, " Un.")),
            threading.Thread(target=go, args=(sacha, " Deux.")),
        ]
        for each in both:
            each.start()
        for each in both:
            each.join()

        assert sorted(outcomes) == ["made", "refused"]
        assert project.check() == []

    def it_refuses_a_coding_of_the_text_before(self, project: Project, sacha: Project):
        seen = sacha.corpus.text_version("talk")
        start = seen.text.index("Il pleut")
        correct(project, "Qui", "Qui donc")
        operation = {
            "uuid": "00000000-0000-4000-8000-000000000001", "op": "add", "start": start, "end": start + 8,
            "quote": "Il pleut", "code": sacha.coding.code("Météo").id, "textHash": seen.hash,
        }  # fmt: skip

        [refusal] = sacha.coding.apply(seen.document_id, [operation]).refused

        assert "«\u00a0Il pleut\u00a0»" in refusal.reason
        assert "corrigé depuis" in refusal.reason


class DescribeSeveralDocuments:
    def it_corrects_them_in_one_event(self, project: Project, tmp_path: Path):
        (tmp_path / "autre.txt").write_text("P1 : Karim est là.\n\nP2 : Qui ?\n\nP1 : Karim.\n", "utf-8")
        project.corpus.import_files([tmp_path / "autre.txt"])
        before = dump(project)
        with project.store.write("Camille") as transaction:
            plans = [
                plan(transaction.connection, each.id, edits=replacements(project.corpus.text(each.id), "là", "ici"))
                for each in project.corpus.documents()
            ]
            with transaction.event("pseudonyms", "noms remplacés") as change:
                made = [
                    carry_out(transaction, change, each, reason=Reason.PSEUDONYMS)
                    for each in plans
                    if each.correction.changed
                ]

        assert [each.title for each in made] == ["autre"]
        assert project.corpus.versions("autre")[-1].reason is Reason.PSEUDONYMS
        project.history.undo()
        assert dump(project) == before


WORDS = st.text(st.sampled_from("aé b\n.:\u00a0\u0301🌧👩\u200d🦽"), max_size=12) | st.sampled_from(
    ["", "\nMme Roux : Oui.\n", "\r\n\r\n", "M. Paul : ", "triporteur", "\ufeff"]
)
EDIT = st.tuples(st.integers(0, 10_000), st.integers(0, 30) | st.integers(0, 300), WORDS)
EACH = 100


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("edits")
    (folder / "talk.txt").write_bytes(TALK.encode())
    with Project.create(folder / "essai.qualikit", coder="Camille") as made:
        made.corpus.import_files([folder / "talk.txt"])
        made.coding.add_code("Météo")
        text = made.corpus.text("talk")
        for start in range(0, len(text) - 20, 9):
            stop = start + 3 + start % 40
            if text[start:stop].strip():
                made.coding.add("talk", start, min(stop, len(text)), "Météo")
        yield made
        assert made.check() == []


class DescribeTenThousandEdits:
    """100 documents, 100 edits each, in corrections of 1, 20 and 79 edits; the second is said as a whole text."""

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(EDIT, min_size=EACH, max_size=EACH))
    def it_keeps_every_quote_equal_to_its_span_or_sets_it_aside(self, desk: Project, edits: list):
        document = desk.corpus.document("talk").id
        before = dump(desk)
        with desk.store.engine.connect() as connection:
            everybody = set(connection.execute(sa.select(codings.c.id)).scalars())
        done = 0
        for number, size in enumerate((1, 20, EACH - 21)):
            text = desk.corpus.text(document)
            fitting, free = [], 0
            for place, length, words in sorted(edits[done : done + size]):
                start = max(free, place % (len(text) + 1))
                free = min(len(text), start + length)
                if start <= free:
                    fitting.append(Edit(start, free, words))
            done += size
            try:
                if number % 2:
                    new = "".join(
                        words
                        for one, last in zip(fitting, [Edit(0, 0, ""), *fitting], strict=False)
                        for words in (text[last.stop : one.start], one.text)
                    )
                    desk.corpus.correct(document, new_text=new + text[fitting[-1].stop :])
                else:
                    desk.corpus.correct(document, edits=fitting)
            except CorrectionRefused:
                continue
            self.all_is_well(desk, document, everybody)
        while desk.corpus.versions(document)[0].current is False:
            desk.history.undo()
        assert dump(desk) == before

    @staticmethod
    def all_is_well(desk: Project, document: str, everybody: set[str]) -> None:
        version = desk.corpus.text_version(document)
        standing, aside = desk.coding.codings(document), desk.coding.set_aside(document)
        assert {each.id for each in standing} | {each.id for each in aside} == everybody
        assert len(standing) + len(aside) == len(everybody)
        for each in standing:
            assert each.text_version_id == version.id
            assert version.text[each.start : each.stop] == each.quote != ""
        end = 0
        for number, turn in enumerate(desk.corpus.turns(document)):
            assert (turn.index, turn.start) == (number, end)
            end = turn.stop
        assert end == len(version.text)


def test_a_process_killed_while_it_corrects_leaves_one_text_or_the_other(project: Project):
    code(project, "triporter passe")
    script = (
        "import sys; from qualikit import Project\n"
        "with Project.open(sys.argv[1], coder='Léa') as p:\n"
        "    print('ready', flush=True)\n"
        "    for n in range(10_000):\n"
        "        t = p.corpus.text('talk')\n"
        "        p.corpus.correct('talk', new_text=t.replace('triporter', 'triporteur') if n % 2 == 0"
        " else t.replace('triporteur', 'triporter'))\n"
    )
    for delay in (0.05, 0.21, 0.33):
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(project.path)], stdout=subprocess.PIPE, env={**os.environ}
        )
        assert child.stdout is not None
        child.stdout.readline()
        threading.Event().wait(delay)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()

        assert project.check() == []
        assert next(each.quote for each in project.coding.codings()) in {"triporter passe", "triporteur passe"}
        assert project.coding.set_aside() == []


def test_a_correction_leaves_no_text_in_the_events(project: Project):
    """The history must not hold what a document said: texts are taken away when they have to be."""
    from qualikit.store import events

    with project.store.write("Camille") as transaction:
        revise(transaction, project.corpus.document("talk").id, edits=[Edit(0, 0, "Zanzibar. ")])
    with project.store.read() as connection:
        rows = connection.execute(sa.select(events.c.changes).order_by(events.c.seq.desc()).limit(1)).scalar_one()
        assert "Zanzibar" not in str(rows)
        assert connection.execute(sa.select(sa.func.count()).select_from(text_versions)).scalar_one() == 2
        assert connection.execute(sa.select(sa.func.count()).select_from(turns)).scalar_one() == 11
        assert connection.execute(sa.select(sa.func.count()).select_from(participants)).scalar_one() == 3
