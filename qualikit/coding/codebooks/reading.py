"""A codebook's file opened once, and read in the way that is proposed or asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from qualikit.coding.codebooks.entries import CodebookFile
from qualikit.coding.codebooks.grids import Grid, read_grids
from qualikit.coding.codebooks.layout import CodebookLayout, Layout, propose
from qualikit.errors import CodebookError
from qualikit.i18n import _

YAML = (".yaml", ".yml")
SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
WORD = (".docx", ".docm")


@dataclass(frozen=True)
class Opened:
    """A file with what is in it: ``layout`` is the one proposed, None for YAML, which needs none."""

    name: str
    data: bytes
    grids: tuple[Grid, ...] = ()
    layout: CodebookLayout | None = None

    def laid_out(self, layout: Layout | None) -> CodebookLayout | None:
        """The layout proposed, or the one asked for."""
        if layout is None or self.layout is None:
            return self.layout
        return layout if isinstance(layout, CodebookLayout) else layout(self.layout)

    def read(self, layout: CodebookLayout | None) -> CodebookFile:
        """What the file says. Raises CodebookError (with the line where one is at fault), SheetError, ReadError."""
        if layout is None:
            from qualikit.coding.codebooks.yaml import read_yaml

            return read_yaml(self.data, self.name)
        from qualikit.coding.codebooks.tree import file_of, file_of_tables

        if layout.outline:
            from qualikit.coding.codebooks.word import outline, read_word

            found = outline(read_word(self.data, self.name))
            if not found.drafts:
                raise CodebookError(
                    _("« {name} » n'a ni titre ni liste qui nomme un code.").format(name=self.name),
                    _("Donnez aux noms des codes un style de titre, ou rangez la grille dans un tableau."),
                )
            return file_of(found, layout.without, self.name)
        return file_of_tables(self.grids, layout, self.name)


def open_codebook(path: Path) -> Opened:
    """The file of that path. Raises CodebookError for what is no codebook's file, SheetError, ReadError."""
    ending = path.suffix.lower()
    if ending not in (*YAML, *SHEETS, *WORD):
        raise CodebookError(
            _("« {name} » n'est pas une grille de codage que l'on sait lire.").format(name=path.name),
            _("Une grille se lit en Word (.docx), en Excel (.xlsx), en CSV (.csv) ou en YAML (.yaml)."),
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CodebookError(
            _("La grille « {name} » ne peut pas être lue.").format(name=path.name),
            _("Vérifiez qu'elle existe et qu'elle n'est pas ouverte dans un autre programme."),
        ) from error
    if ending in YAML:
        return Opened(path.name, data)
    if ending in SHEETS:
        grids = tuple(read_grids(data, path.name))
        return Opened(path.name, data, grids, propose(grids))
    from qualikit.coding.codebooks.word import read_word

    grids = tuple(_told_apart(read_word(data, path.name).grids))
    layout = propose(grids)
    named = any(table.header and table.levels() for table in layout.tables)
    return Opened(path.name, data, grids, replace(layout, outline=not named))


def _told_apart(grids: list[Grid]) -> list[Grid]:
    """Tables of Word each with a name: the words over it, else its number."""
    seen: set[str] = set()
    found = []
    for number, grid in enumerate(grids, 1):
        name = grid.name if grid.name and grid.name not in seen else _("Tableau {n}").format(n=number)
        seen.add(name)
        found.append(replace(grid, name=name))
    return found
