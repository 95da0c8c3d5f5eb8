"""The section Saturation of the page Grille: new codes document by document, beside random orders."""

from __future__ import annotations

import streamlit as st

from qualikit.coding.model import Codebook
from qualikit.coding.saturation import Saturation
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import downloads, state
from qualikit.ui.messages import escaped


def show(project: Project, book: Codebook) -> None:
    """Draw the section."""
    orders = {"read": _("Ordre de lecture"), "date": _("Date des documents"), "title": _("Titre")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = st.segmented_control(
            _("Ordre des documents"),
            list(orders),
            format_func=orders.__getitem__,
            default="read",
            required=True,
            key="saturation_order",
        )
        coder = st.selectbox(
            _("Codeur"),
            [None, *state.kept(project, "coders", project.coding.coders)],
            format_func=lambda name: _("Tout le monde") if name is None else name,
            key="saturation_coder",
        )
        named = {code.id: book.path(code.id) for code in book}
        codes = st.multiselect(
            _("Codes, avec ceux sous eux"),
            list(named),
            format_func=named.__getitem__,
            placeholder=_("Tous les codes"),
            key="saturation_codes",
        )
    curve = state.kept(
        project,
        "saturation",
        lambda: project.coding.saturation(str(order), coder=coder, codes=codes),
        order,
        coder,
        tuple(codes),
    )
    st.html("".join(f"<p>{escaped(sentence)}</p>" for sentence in curve.sentences()))
    if not curve.steps:
        return
    left, right = st.columns([6, 5], gap="large")
    with left:
        _chart(curve)
        st.html(f'<p class="qk-quiet qk-explained">{escaped(_explained(curve))}</p>')
    with right:
        _table(project, curve)


def _chart(curve: Saturation) -> None:
    import altair as alt

    frame = curve.to_frame()
    place, known, names = _("Documents"), _("Codes connus"), (_("Ordre choisi"), _("Moyenne de tous les ordres"))
    frame = frame.rename(
        columns={"place": place, "known": known, "document": _("Document"), "new_codes": _("Nouveaux")}
    )
    x = alt.X(f"{place}:Q", axis=alt.Axis(tickMinStep=1, format="d"), scale=alt.Scale(nice=False))
    y = alt.Y(f"{known}:Q", scale=alt.Scale(domain=[0, max(curve.codes_total, 1)]), axis=alt.Axis(format="d"))
    legend = alt.Legend(orient="top", title=None, symbolSize=200)
    dashes = alt.StrokeDash("line:N", scale=alt.Scale(domain=list(names), range=[[1, 0], [5, 4]]), legend=legend)
    base = alt.Chart(frame)
    band = base.mark_area(color="#75808a", opacity=0.22).encode(x=x, y=alt.Y("low:Q", title=known), y2="high:Q")
    mean = (
        base.transform_calculate(line=f"'{names[1]}'")
        .mark_line(color="#75808a")
        .encode(x=x, y="expected:Q", strokeDash=dashes)
    )
    own = (
        base.transform_calculate(line=f"'{names[0]}'")
        .mark_line(color="#2f7f9c", strokeWidth=2.5, point=alt.OverlayMarkDef(color="#2f7f9c", size=45))
        .encode(x=x, y=y, strokeDash=dashes, tooltip=[place, _("Document"), known, _("Nouveaux")])
    )
    st.altair_chart(alt.layer(band, mean, own).properties(height=340), key="saturation_chart")


def _explained(curve: Saturation) -> str:
    return _(
        "La bande grise contient neuf ordres sur dix, de {n} ordres tirés au sort (graine {seed}) ; la ligne "
        "tiretée est leur moyenne exacte. Une courbe sous la bande dit que les documents riches ont été lus tard. "
        "Un plateau ne prouve pas que rien de neuf ne viendrait d'autres personnes."
    ).format(n=curve.permutations, seed=curve.seed)


def _table(project: Project, curve: Saturation) -> None:
    columns = [_("N°"), _("Document"), _("Codes"), _("Nouveaux"), _("Connus"), _("Attendus"), _("Codes nouveaux")]
    rows = [
        (
            step.place,
            step.document.title,
            step.codes,
            len(step.new),
            step.known,
            f"{step.expected:.1f} ({step.low:.0f}–{step.high:.0f})",
            ", ".join(step.new),
        )
        for step in curve.steps
    ]
    st.dataframe(
        {name: [row[place] for row in rows] for place, name in enumerate(columns)},
        hide_index=True,
        height=380,
        key="saturation_table",
    )

    from qualikit.sheets import write_tables

    downloads.buttons(
        _("Saturation {project}").format(project=project.name),
        lambda path: write_tables(path, [(_("Saturation"), columns, rows)]),
        key="saturation",
    )
