"""The words that set groups apart, as bars: of two groups to either side of a line, of more one under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualikit.i18n import _
from qualikit.themes.comparing.words import Measure, Use, Word, WordComparison, measure_label

if TYPE_CHECKING:
    import altair as alt

AT = ("lemma", "of")
"""Fields of a bar that say which word of which group it is."""
TOLD, UNTOLD, ALONE = "#1f6f8f", "#a9bcc6", "#7b8790"
MOST = 14
_BAR, _AROUND = 19, 100  # pixels a word, and around them


def keyness(
    comparison: WordComparison, measure: Measure = "log_likelihood", most: int = MOST
) -> alt.LayerChart | alt.VConcatChart:
    """Bars for the ``most`` words that each group says more than the others by that measure. Dark: told from chance;
    light: not; hollow: one person carries the word."""
    import altair as alt

    if len(comparison.groups) == 2:
        words = [(word, 0) for word in comparison.typical(0, measure, most)]
        words += [(word, 1) for word in reversed(comparison.typical(1, measure, most))]
        return _bars(comparison, measure, words, both=True)
    rows = [
        _bars(comparison, measure, [(word, place) for word in comparison.typical(place, measure, most // 2)])
        for place in range(len(comparison.groups))
        if comparison.typical(place, measure, 1)
    ]
    made: alt.VConcatChart = alt.vconcat(*rows).resolve_scale(x="shared")
    return made


def height(comparison: WordComparison, measure: Measure = "log_likelihood", most: int = MOST) -> int:
    """Pixels that the whole picture of two groups takes, with its axis and legend."""
    return _AROUND + _BAR * sum(len(comparison.typical(place, measure, most)) for place in (0, 1))


def described(comparison: WordComparison, measure: Measure = "log_likelihood", most: int = 5) -> str:
    """What the picture shows, in words."""
    parts = []
    for place, group in enumerate(comparison.groups):
        words = comparison.typical(place, measure, most)
        if words:
            said = ", ".join(f"{word.shown} ({word.uses[place].uses})" for word in words)
            parts.append(_("{group} : {words}").format(group=group.label, words=said))
    return _("Mots les plus propres à chaque groupe, avec leur nombre d'emplois. {parts}.").format(
        parts=" ; ".join(parts)
    )


def _bars(
    comparison: WordComparison, measure: Measure, words: list[tuple[Word, int]], *, both: bool = False
) -> alt.LayerChart:
    import altair as alt

    untold = _("ne se distingue pas du hasard") if comparison.test.possible else _("aucun test possible")
    states = [_("se distingue du hasard"), untold, _("porté par une personne")]
    rows = [_record(comparison, measure, word, place, states, both=both) for word, place in words]
    reach = max((abs(row["value"]) for row in rows), default=1.0)
    title = measure_label(measure)
    if both:
        first, second = (group.label for group in comparison.groups)
        title = f"← {first} · {title} · {second} →"
    elif words:
        title = f"{comparison.groups[words[0][1]].label} : {title.lower()}"
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y(
            "word:N",
            sort=[row["word"] for row in rows],
            title=None,
            axis=alt.Axis(labelLimit=200, labelOverlap=False, ticks=False),
        ),
        tooltip=[
            alt.Tooltip("word:N", title=_("Mot")),
            alt.Tooltip("forms:N", title=_("Formes")),
            alt.Tooltip("group:N", title=_("Groupe")),
            alt.Tooltip("said:N", title=_("Emplois")),
            alt.Tooltip("others:N", title=_("Ailleurs")),
            alt.Tooltip("state:N", title=_("Au hasard ?")),
        ],
    )
    domain = [-1.45 * reach, 1.45 * reach] if both else [0, 1.45 * reach]
    # The figure stands for its size whatever its side.
    axis = alt.Axis(title=title, grid=False, labelExpr="format(abs(datum.value), 'd')", tickMinStep=1)
    bars = base.mark_bar(height=_BAR - 6, strokeWidth=1.3, cursor="pointer").encode(
        x=alt.X("value:Q", axis=axis, scale=alt.Scale(domain=domain, nice=False)),
        color=alt.Color(
            "state:N",
            scale=alt.Scale(domain=states, range=[TOLD, UNTOLD, "transparent"]),
            legend=alt.Legend(orient="bottom", title=None, direction="horizontal", labelLimit=300, columns=3),
        ),
        stroke=alt.Stroke("state:N", scale=alt.Scale(domain=states, range=[TOLD, UNTOLD, ALONE]), legend=None),
    )
    text: dict[str, Any] = {"fontSize": 10.5, "color": "#75808a", "baseline": "middle"}
    layers = [bars]
    right = base.transform_filter("datum.value > 0").mark_text(align="left", dx=4, **text)
    left = base.transform_filter("datum.value < 0").mark_text(align="right", dx=-4, **text)
    layers += [side.encode(x=alt.X("value:Q"), text="said:N") for side in (right, left)]
    return alt.LayerChart(layer=layers, height=max(1, len(rows)) * _BAR, width=560)


def _record(
    comparison: WordComparison, measure: Measure, word: Word, place: int, states: list[str], *, both: bool
) -> dict[str, Any]:
    use = word.uses[place]
    value = getattr(use, measure)
    return {
        "word": word.shown,
        "lemma": word.lemma,
        "of": comparison.groups[place].value,
        "forms": ", ".join(word.forms),
        "group": comparison.groups[place].label,
        "value": round(-value if both and place == 0 else value, 4),
        "said": said(use),
        "others": " ; ".join(
            f"{group.label} {said(other)}"
            for number, (group, other) in enumerate(zip(comparison.groups, word.uses, strict=True))
            if number != place
        ),
        "state": states[2] if use.alone else states[0] if word.told else states[1],
    }


def said(use: Use) -> str:
    """« 14 × · 6/10 pers. »."""
    return _("{n} × · {people}/{total} pers.").format(n=use.uses, people=use.people, total=use.people_total)
