"""A project with one text and a few codes, and what a test does to the coder's page. For test_coder*.py."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qualikit.coding.model import Coding
from qualikit.project import Project

CODER_APP = Path(__file__).with_name("coder_app.py")
TITLE = "Groupe de parole"
CODES = [
    "Matériel",
    "Météo",
    "Autonomie",
    "Accès aux droits",
    "Lien social",
    "Visibilité",
    "Horaires",
    "Coordination",
    "Besoins",
]

TALK = """Animatrice : Bonjour à tous, qui veut commencer ?
Mme Martin : Moi, je viens pour l'accès aux droits. Le vélo-cargo est là tous les mardis, c'est un vrai rendez-vous 🚲 pour nous.
M. Petit : Quand il pleut, personne ne vient. La météo décide de tout, et le triporteur reste au garage.
Mme Martin : Aujourd'hui 👩🏽‍🔧 la médiatrice m'a aidée ; l'été dernier, non. Ça m'a rendue autonome, « enfin presque ».
M. Petit : Les démarches en ligne, je n'y arrivais pas. Maintenant j'y arrive, petit à petit.
Animatrice : Et pour les horaires ?
Mme Martin : Le matin c'est bien. Le soir, il fait noir, on ne voit pas le panneau.
"""


def make_project(folder: Path, text: str = TALK, coder: str = "Camille") -> Path:
    """A project file with that text as its only document, and nine codes pinned to 1–9."""
    source = folder / f"{TITLE}.txt"
    source.write_text(text, "utf-8")
    with Project.create(folder / "essai.qualikit", name="Essai", coder=coder) as project:
        project.corpus.import_files([source])
        for place, name in enumerate(CODES):
            project.coding.add_code(name, shortcut=str(place + 1))
        project.coding.add_code("Réparation du vélo", keywords=("atelier",), definition="Tout ce qui se casse.")
        assert project.path is not None
        return project.path


def env(place: Path, coder: str = "Camille") -> dict[str, str]:
    return {"QUALIKIT_PROJECT": str(place), "QUALIKIT_CODER": coder, "TEST_DOCUMENT": TITLE}


def saved(place: Path) -> list[Coding]:
    """The codings in the file, as another process reads them."""
    with Project.open(place) as project:
        return project.coding.codings()


def text_of(place: Path) -> str:
    with Project.open(place) as project:
        return project.corpus.text(TITLE)


def names(place: Path, codings: Iterable[Coding]) -> list[str]:
    with Project.open(place) as project:
        book = project.coding.codebook
    found = [book.get(coding.code_id) for coding in codings]
    return sorted(code.name for code in found if code)


class Desk:
    """The coder on a page, in the words of who uses it."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def open(self, url: str) -> Desk:
        self.page.goto(url)
        return self.ready()

    def ready(self) -> Desk:
        self.page.locator(".qkc-text").first.wait_for()
        self.page.locator(".qkc-pin").first.wait_for()
        self.page.wait_for_function("performance.getEntriesByName('qualikit:painted').length > 0")
        self.page.locator(".qkc-scroll").focus()
        return self

    def place_of(self, words: str, *, end: bool = False) -> tuple[float, float]:
        """Where the first (last) character of these words is on the screen, once the lines no longer move."""
        spot = self.page.evaluate(
            """async ([words, end]) => {
              const where = () => {
                for (const p of document.querySelectorAll('.qkc-text')) {
                  const at = p.textContent.indexOf(words);
                  if (at < 0) continue;
                  p.scrollIntoView({block: 'nearest'});
                  const range = document.createRange();
                  const from = end ? at + words.length - 1 : at;
                  range.setStart(p.firstChild, from);
                  range.setEnd(p.firstChild, from + 1);
                  const box = range.getBoundingClientRect();
                  return [end ? box.right - 1 : box.left + 1, (box.top + box.bottom) / 2];
                }
                return null;
              };
              let spot = where();
              for (let still = 0; still < 2; ) {
                await new Promise((done) => requestAnimationFrame(done));
                const next = where();
                still = String(next) === String(spot) ? still + 1 : 0;
                spot = next;
              }
              return spot;
            }""",
            [words, end],
        )
        assert spot, f"not on the page: {words}"
        return spot[0], spot[1]

    def drag(self, first: str, last: str | None = None) -> Desk:
        """Select with the mouse from the start of some words to the end of others."""
        mouse = self.page.mouse
        mouse.move(*self.place_of(first))
        mouse.down()
        mouse.move(*self.place_of(last or first, end=True), steps=4)
        mouse.up()
        return self

    def click(self, words: str) -> Desk:
        self.page.mouse.click(*self.place_of(words))
        return self

    def press(self, *keys: str) -> Desk:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def settled(self, waiting: int = 0) -> Desk:
        """Until Python has answered for everything (all but ``waiting``) that the evaluator did."""
        self.page.wait_for_function(
            """n => Object.keys(localStorage).filter(k => k.startsWith('qualikit:outbox:')
              && JSON.parse(localStorage.getItem(k)).op !== 'pref').length <= n""",
            arg=waiting,
        )
        return self

    def place_kept(self) -> Desk:
        """Until the coder has noted where one reads, now that the text stands."""
        self.page.wait_for_function(
            """() => Object.keys(localStorage).some(k => k.startsWith('qualikit:outbox:')
              && JSON.parse(localStorage.getItem(k)).key?.startsWith('coder.place.'))"""
        )
        return self

    def painted(self) -> None:
        """Until what the last key did is on the screen: the coder paints in the frame after it."""
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def selected(self) -> str:
        """The words shown as selected, from the highlight itself."""
        return str(
            self.page.evaluate(
                "[...CSS.highlights.get('qkc-selection')].map(r => r.startContainer.data.slice(r.startOffset, r.endOffset)).join('|')"
            )
        )

    def tinted(self) -> list[str]:
        """The words painted by the codes, from the highlights themselves."""
        self.painted()
        return sorted(
            self.page.evaluate(
                """[...CSS.highlights].filter(([name]) => name.startsWith('qkc-code-')).flatMap(([, h]) =>
                  [...h].map(r => r.startContainer.data.slice(r.startOffset, r.endOffset)))"""
            )
        )

    def stripes(self) -> int:
        """Codings with a stripe on the screen."""
        self.painted()
        return int(
            self.page.evaluate("new Set([...document.querySelectorAll('.qkc-stripe')].map(e => e.dataset.coding)).size")
        )

    def status(self) -> str:
        return str(self.page.locator(".qkc-saved").inner_text())

    def notes(self) -> str:
        return " ".join(self.page.locator(".qkc-note").all_inner_texts())

    def here(self) -> list[str]:
        """Names of the codings listed under the cursor."""
        return list(self.page.locator(".qkc-here .qkc-card-head").all_inner_texts())
