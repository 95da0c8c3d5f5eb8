"""What a consensus grid says, to its reader: figures with their denominators, the legend, the method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qualikit.coding.model import position_label
from qualikit.i18n import _, decimal, ngettext
from qualikit.themes.consensus.grid import Contrast, Grid
from qualikit.themes.consensus.model import Cell, Held, Side, Stance, held_label, letter
from qualikit.themes.consensus.reading import Group
from qualikit.themes.consensus.tally import Tally, verdict_label
from qualikit.themes.statistics.agreement import FEWEST
from qualikit.themes.wording import listed

_BY_TITLE = 6
"""Groups that a sentence names one by one."""


def title_of(grid: Grid) -> str:
    """What the grids are called where nobody gave them a title."""
    return (
        _("Consensus et dissensus, question par question")
        if grid.kind == "questions"
        else _("Consensus et dissensus, thème par thème")
    )


def side_label(side: Side) -> str:
    """The heading of a count."""
    return {
        Side.AGREE: _("D'accord"),
        Side.TORN: _("Partagés"),
        Side.DISAGREE: _("Pas d'accord"),
        Side.SILENT: _("Sans position"),
    }[side]


def words_label(side: Side) -> str:
    """The heading of the words on one side: one who holds both is quoted on each."""
    return {
        Side.AGREE: _("Paroles d'accord"),
        Side.TORN: _("Nuances, ou les deux à la fois"),
        Side.DISAGREE: _("Paroles de désaccord"),
        Side.SILENT: _("Sans position"),
    }[side]


def counted(tally: Tally) -> str:
    """« 4 d'accord, 1 partagé, 0 pas d'accord, 3 sans position, sur 8 présents »."""
    parts = [
        _("{n} d'accord").format(n=tally.agree),
        ngettext("{n} partagé", "{n} partagés", tally.torn).format(n=tally.torn),
        _("{n} pas d'accord").format(n=tally.disagree),
        _("{n} sans position").format(n=tally.silent)
        + (_(" (dont {n} en parlent)").format(n=tally.speaking) if tally.speaking else ""),
    ]
    total = ngettext("{n} présent", "{n} présents", tally.present).format(n=tally.present)
    return _("{counts}, sur {total}").format(counts=", ".join(parts), total=total)


def share(tally: Tally) -> str:
    """« 4 sur 5 d'accord, 28 à 99 % »: the majority among those who hold a position, with its exact interval;
    where one person does, that it is one; empty where nobody does."""
    if not tally.answered or tally.interval is None:
        return ""
    if tally.answered == 1:
        return verdict_label(tally.verdict)
    words = {
        Side.AGREE: _("{n} sur {total} d'accord"),
        Side.DISAGREE: _("{n} sur {total} pas d'accord"),
        Side.TORN: ngettext("{n} partagé sur {total}", "{n} partagés sur {total}", tally.torn),
        None: _("{n} sur {total}, à égalité"),
    }[tally.majority]
    low, high = (f"{100 * bound:.0f}" for bound in tally.interval)
    said = words.format(n=tally.majority_size, total=tally.answered)
    return _("{majority}, {low} à {high} %").format(majority=said, low=low, high=high)


def index(tally: Tally) -> str:
    """« 0,73 (A = 0,80) »: consensus, and van der Eijk's A; why not, under so many."""
    if tally.consensus is None or tally.agreement is None:
        return _("moins de {n} réponses").format(n=FEWEST)
    return _("{consensus} (A = {agreement})").format(
        consensus=decimal(tally.consensus), agreement=decimal(tally.agreement)
    )


def standing(tally: Tally | None) -> str:
    """How a group stands, in two words: « unanime, d'accord », « partagé »."""
    if tally is None:
        return _("question non posée")
    said = verdict_label(tally.verdict)
    side = tally.leaning
    return f"{said}, {side_label(side).lower()}" if side else said


def contrast(found: Contrast, groups: tuple[Group, ...]) -> str:
    """What the groups beside one another tell of a theme, in a sentence."""
    told = [(group, tally) for group, tally in zip(groups, found.tallies, strict=True) if tally and tally.answered > 1]
    held = {side: [group for group, tally in told if tally.leaning is side] for side in (Side.AGREE, Side.DISAGREE)}
    divided = [group for group, tally in told if tally.leaning is None]
    if found.kind == "opposed":
        return _("Sens opposés. D'accord : {agree}. Pas d'accord : {disagree}.").format(
            agree=_named(held[Side.AGREE], groups), disagree=_named(held[Side.DISAGREE], groups)
        )
    if found.kind == "apart":
        side = Side.AGREE if held[Side.AGREE] else Side.DISAGREE
        return _("{names} : d'un même côté ({side}) ; {others} : partagé.").format(
            names=_named(held[side], groups), side=side_label(side).lower(), others=_named(divided, groups)
        )
    if found.kind == "together":
        side = Side.AGREE if held[Side.AGREE] else Side.DISAGREE
        return _("Même sens dans {n} groupes : {side}.").format(n=len(held[side]), side=side_label(side).lower())
    if found.kind == "divided":
        return _("Partagé dans {n} groupes.").format(n=len(divided))
    return _("Trop peu de positions pour comparer.")


def _named(some: Sequence[Group], among: Sequence[Group]) -> str:
    """Groups by their territories where each has its own; else by their titles, or, of many, how many of each
    territory."""
    territories = [group.territory for group in among]
    if len(set(territories)) == len(territories):
        return listed(tuple(group.territory or group.title for group in some))
    if len(some) <= _BY_TITLE:
        return listed(tuple(_("« {title} »").format(title=group.title) for group in some))
    counts = Counter(group.territory for group in some)
    return listed(
        tuple(
            ngettext("{name} ({n} groupe)", "{name} ({n} groupes)", n).format(name=name or _("sans territoire"), n=n)
            for name, n in counts.items()
        )
    )


def cell_sentence(cell: Cell) -> str:
    """What a cell says, in full."""
    parts = [held_label(cell.value)]
    if cell.correction is None and cell.changed:
        path = " → ".join(held_label(each).lower() for each in cell.path)
        parts = [_("A changé au fil du texte : {path}").format(path=path)]
    if cell.value is Held.SILENT and cell.speaks and cell.correction is None:
        parts.append(_("en parle sans prendre position"))
    if cell.disputed:
        parts.append(_("les codeurs ne lisent pas la même chose"))
    if cell.corrected:
        parts.append(correction_sentence(cell))
    elif cell.confirmed and cell.correction:
        parts.append(_("confirmé par {coder}").format(coder=cell.correction.coder))
    if cell.supports:
        n = len(cell.supports)
        parts.append(ngettext("{n} passage", "{n} passages", n).format(n=n))
    return " · ".join(parts)


def correction_sentence(cell: Cell) -> str:
    """« corrigé à la main par Sacha : s'est rallié à la fin ; les passages disent D »."""
    if cell.correction is None:
        return ""
    if not cell.correction.reason:  # confirmed, and its passages say something else since, or in this grid
        return _("confirmé par {coder} : {value} ; les passages montrés disent {derived}").format(
            coder=cell.correction.coder, value=letter(cell.correction.value), derived=cell.derived_letter
        )
    return _("corrigé à la main par {coder} : {reason} ; les passages disent {derived}").format(
        coder=cell.correction.coder, reason=cell.correction.reason.rstrip(" ."), derived=cell.derived_letter
    )


def stance_words(stance: Stance) -> str:
    """« accord, appuyé, à la main »."""
    parts = [position_label(stance.value).lower() if stance.value else _("aucune")]
    parts += [_("appuyé")] if stance.strong else []
    parts += [_("à la main")] if stance.by_hand else []
    return " ".join(parts)


def legend() -> list[tuple[str, str]]:
    """Letters and what they stand for."""
    return [(letter(held), held_label(held)) for held in Held]


def marks() -> list[tuple[str, str]]:
    """The signs beside the letters, and what they say."""
    return [
        ("→", _("a changé, dans l'ordre du texte ; compté parmi les partagés")),
        ("*", _("corrigé à la main")),
        ("✓", _("confirmé à la main")),
        ("≠", _("deux codeurs lisent une position différente dans les mêmes mots")),
        ("…", _("en parle sans prendre position")),
    ]


def signs(cell: Cell) -> str:
    """The signs of a cell."""
    found = "*" if cell.corrected else "✓" if cell.confirmed else ""
    found += "≠" if cell.disputed and cell.correction is None else ""
    return found + ("…" if cell.value is Held.SILENT and cell.speaks and cell.correction is None else "")


def method(grid: Grid) -> list[str]:
    """How the grids were made, and what they do not say, in whole sentences."""
    row = _("question") if grid.kind == "questions" else _("thème")
    found = [
        _(
            "Grille de consensus d'après Onwuegbuzie, Dickinson, Leech et Zoran (2009) : une ligne par {row}, une "
            "colonne par participant présent. L'animation et les observateurs n'y sont jamais."
        ).format(row=row)
    ]
    if grid.kind == "questions":
        found.append(
            _(
                "Une case lit les positions codées dans les tours du participant sous la question, de l'endroit où "
                "elle est posée jusqu'à la suivante."
            )
        )
    else:
        found.append(
            _(
                "Une case lit les codages de position (accord, désaccord, nuance) qui recouvrent un codage du thème "
                "dans les paroles du participant ; à défaut, ceux du même tour de parole. Un passage qui contient les "
                "paroles de plusieurs participants vaut pour chacun d'eux, et le dit."
            )
        )
    found += [
        _(
            "SE et SD : une déclaration ou un exemple porte la position. C'est marqué à la main sur le passage, ou "
            "par un code de position rangé sous un autre du même sens."
        ),
        _(
            "NR vient de l'absence de position codée. Se taire n'est pas être d'accord : ces personnes ne comptent ni "
            "pour, ni contre."
        ),
        _(
            "Partagés : ceux qui nuancent, et ceux qui disent les deux, à la fois ou l'un après l'autre. Une flèche "
            "dit l'ordre du texte ; si la personne s'est ralliée, la case se corrige à la main, avec sa raison."
        ),
        _(
            "La part de la majorité est celle de la position la plus tenue parmi les personnes qui en prennent une ; "
            "l'intervalle est exact, à 95 % (Clopper et Pearson, 1934). Cette position étant choisie après coup, il "
            "donne un ordre de grandeur."
        ),
        _(
            "Indice de consensus de Tastle et Wierman (2007), de 0 à 1 : 1 quand tous sont au même endroit, 0 quand la "
            "moitié est à chaque bout ; A de van der Eijk (2001), de -1 à 1. Ils lisent désaccord, partagés, accord "
            "comme trois degrés, et ne sont pas donnés au-dessous de {n} personnes qui prennent position."
        ).format(n=FEWEST),
        _(
            "Unanime : tous ceux qui prennent position sont du même côté. Majorité : plus de la moitié. Partagé : ni "
            "l'un ni l'autre."
        ),
    ]
    if grid.kind == "themes" and grid.nested and any(row.children for row in grid.rows):
        found.append(
            _(
                "Une famille lit aussi les passages des codes rangés sous elle, chacun une fois ; une case corrigée "
                "plus bas ne change pas la sienne."
            )
        )
    return [*found, *about(grid)]


def about(grid: Grid) -> list[str]:
    """What these grids are read from: coders, positions that bear on nothing, cells put right by hand."""
    found = [_coders(grid)]
    if grid.unplaced:
        n = sum(map(len, grid.unplaced.values()))
        found.append(
            ngettext(
                "{n} position codée ne porte sur aucun thème codé au même tour : elle n'est pas comptée.",
                "{n} positions codées ne portent sur aucun thème codé au même tour : elles ne sont pas comptées.",
                n,
            ).format(n=n)
        )
    if n := len(grid.corrected):
        found.append(
            ngettext("{n} case a été corrigée à la main.", "{n} cases ont été corrigées à la main.", n).format(n=n)
        )
    return found


def _coders(grid: Grid) -> str:
    if not grid.coders:
        return _("Rien n'est encore codé dans ces documents.")
    return _("Codages lus : ceux de {names}.").format(names=listed(grid.coders))
