"""A sheet of attributes brought in: what each row is taken for, what would change, then applied as one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualikit.corpus.sheet_plan import SURE, About, SheetPlan, field_label, value_label
from qualikit.errors import QualikitError
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import messages, state
from qualikit.ui.files import uploaded_path
from qualikit.ui.messages import escaped, plain
from qualikit.ui.sheet import sheet

REPORT, PLAN, TURN = "attributes_report", "attributes_plan", "attributes_turn"
SHOWN = 5
MOST = 12
"""Lines of the review on the screen; past that it scrolls."""
NOBODY = "—"


def importing(project: Project) -> None:
    """The button of the header, with a drop zone for the sheet and what it must hold."""
    turn = st.session_state.setdefault(TURN, 0)
    # Another after each sheet, so that it closes on the review.
    with st.popover(_("Importer un tableau d'attributs"), icon=":material/table:", key=f"attributes {turn}"):
        st.caption(
            _(
                "Un tableau Excel ou CSV, une ligne par document : une colonne dit le titre ou le nom du fichier, même "
                "approchant. « Type de source », « Territoire » et « Date » décrivent les documents ; avec une colonne "
                "« Étiquette », les lignes décrivent les personnes (« Nom », « Rôle », « Acteur », « Territoire »). "
                "Toute autre colonne devient un attribut. Rien n'est enregistré avant que vous n'ayez vu quoi."
            )
        )
        upload = st.file_uploader(
            _("Tableau d'attributs"), type=["csv", "xlsx"], key=f"attributes file {turn}", label_visibility="collapsed"
        )
        if upload is not None:
            st.session_state[TURN] = turn + 1
            try:
                with uploaded_path(upload) as path:
                    _keep(project.corpus.attributes.plan(path).accepting(SURE))
            except QualikitError as refusal:
                messages.leave_error(str(refusal))
            st.rerun()


def _keep(plan: SheetPlan | None) -> None:
    """The plan under review; its table is made anew."""
    st.session_state[PLAN] = plan
    st.session_state["attributes_review"] = st.session_state.get("attributes_review", 0) + 1


def show(project: Project) -> None:
    """The sheet under review, or what became of the last one."""
    plan: SheetPlan | None = st.session_state.get(PLAN)
    if plan is not None:
        with st.container(border=True, key="attributes-review"):
            _review(project, plan)
    _report()


def _review(project: Project, plan: SheetPlan) -> None:
    ready, waiting = plan.ready, plan.waiting
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(plain(_("Tableau « {name} »").format(name=plan.file_name)), anchor=False, width="content")
        st.html(f'<p class="qk-quiet">{escaped(_found_words(plan))}</p>', width="content")
        st.space("stretch")
        st.button(_("Abandonner"), key="sheet_drop", type="tertiary", on_click=lambda: _keep(None))
        st.button(
            ngettext("Appliquer {n} ligne", "Appliquer {n} lignes", len(ready)).format(n=len(ready)),
            key="sheet_apply",
            type="primary",
            disabled=not ready,
            on_click=lambda: _apply(project),
        )
    view = _view(plan)
    rows = {"waiting": waiting, "ready": ready, "left": (*plan.unmatched, *plan.refused), "all": plan.rows}[view]
    if rows:
        _table(project, plan, rows)
    plan = _columns(plan)
    for line in _warnings(plan):
        st.html(f'<p class="qk-note qk-doubt">{escaped(line)}</p>')
    _changes(plan)


def _found_words(plan: SheetPlan) -> str:
    """« 12 documents sur 12 trouvent leur ligne. »"""
    taken = {row.chosen for row in plan.rows if row.chosen is not None}
    if plan.about is About.DOCUMENTS:
        said = ngettext(
            "{n} document sur {total} trouve sa ligne", "{n} documents sur {total} trouvent leur ligne", len(taken)
        )
    else:
        said = ngettext(
            "{n} personne sur {total} trouve sa ligne", "{n} personnes sur {total} trouvent leur ligne", len(taken)
        )
    return said.format(n=len(taken), total=len(plan.targets))


def _view(plan: SheetPlan) -> str:
    counts = {
        "waiting": len(plan.waiting),
        "ready": len(plan.ready),
        "left": len(plan.unmatched) + len(plan.refused),
        "all": len(plan.rows),
    }
    names = {
        "waiting": _("À confirmer"),
        "ready": _("Prêtes"),
        "left": _("Sans correspondance"),
        "all": _("Toutes les lignes"),
    }
    first = next(name for name in ("waiting", "ready", "left", "all") if counts[name] or name == "all")
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.segmented_control(
            _("Lignes"),
            list(counts),
            format_func=lambda name: f"{names[name]} ({counts[name]})",
            default=first,
            required=True,
            key="sheet_view",
            label_visibility="collapsed",
        )
        st.space("stretch")
        if plan.waiting:
            st.button(
                ngettext("Confirmer la proposition", "Confirmer les {n} propositions", len(plan.waiting)).format(
                    n=len(plan.waiting)
                ),
                key="sheet_accept",
                icon=":material/done_all:",
                on_click=lambda: _keep(st.session_state[PLAN].accepting(1)),
            )
    return str(chosen)


def _table(project: Project, plan: SheetPlan, rows: Any) -> None:
    names = _names(plan)
    by_name = {name: id for id, name in names.items()}
    lines = {str(row.line) for row in plan.ready}
    records = [
        {
            "id": str(row.line),
            "accepted": str(row.line) in lines,
            "line": row.line,
            "name": row.name,
            "target": names.get(row.chosen or "", NOBODY),
            "score": row.score or None,
            "why": row.problem or (row.option.why if row.option else _by_hand(plan, row)),
        }
        for row in rows
    ]
    make = st.column_config
    what = _("Document") if plan.about is About.DOCUMENTS else _("Personne")
    columns = {
        "accepted": make.CheckboxColumn(_("Prendre"), width=90),
        "line": make.NumberColumn(_("Ligne"), width=55),
        "name": make.TextColumn(_("Dans le tableau"), width=240),
        "target": make.SelectboxColumn(what, width=300, options=[NOBODY, *by_name], required=True),
        "score": make.ProgressColumn(_("Ressemblance"), width=115, format="%d", min_value=0, max_value=100),
        "why": make.TextColumn(_("Pourquoi"), width=420),
    }

    def save(line: str, changes: dict[str, Any]) -> None:
        now: SheetPlan = st.session_state[PLAN]
        row = next(row for row in now.rows if str(row.line) == line)
        if "target" in changes:
            _keep(now.choosing(row.line, by_name.get(changes["target"])))
        elif "accepted" in changes:
            _keep(now.choosing(row.line, row.chosen) if changes["accepted"] else now.doubting(row.line))

    sheet(
        f"review {st.session_state['attributes_review']}",
        records,
        columns,
        save,
        revision=project.revision,
        locked=("line", "name", "score", "why"),
        height=38 + 35 * min(len(records), MOST),
    )


def _by_hand(plan: SheetPlan, row: Any) -> str:
    if row.chosen is not None:
        return _("choisi à la main")
    if row.options:
        nearest = row.options[0]
        return _("au plus près : « {title} » ({score} sur 100, {why})").format(
            title=plan.targets[nearest.target].label, score=nearest.score, why=nearest.why
        )
    return ""


def _names(plan: SheetPlan) -> dict[str, str]:
    """What each target is called in the list, namesakes told apart."""
    names: dict[str, str] = {}
    taken: dict[str, int] = {}
    for target in sorted(plan.targets.values(), key=lambda one: one.full):
        taken[target.full] = taken.get(target.full, 0) + 1
        names[target.id] = target.full if taken[target.full] == 1 else f"{target.full} ({taken[target.full]})"
    return names


def _warnings(plan: SheetPlan) -> list[str]:
    lines = []
    doubles = plan.doubles
    if doubles:
        example = plan.targets[next(iter(doubles))].label
        lines.append(
            ngettext(
                "{n} document a plusieurs lignes, qui se complètent : « {title} ».",
                "{n} documents ont plusieurs lignes, qui se complètent, comme « {title} ».",
                len(doubles),
            ).format(n=len(doubles), title=example)
            if plan.about is About.DOCUMENTS
            else _("Plusieurs lignes décrivent la même personne, comme « {title} ».").format(title=example)
        )
    for change in plan.changes:
        if change.others:
            lines.append(
                _("{name}, {field} : ses lignes disent « {kept} » et « {others} » ; la première est prise.").format(
                    name=plan.targets[change.target].label,
                    field=field_label(change.field).lower(),
                    kept=value_label(change.field, change.after),
                    others=" », « ".join(value_label(change.field, other) for other in change.others),
                )
            )
    left = plan.untouched
    if left:
        said = ", ".join(target.full for target in left[:4]) + ("…" if len(left) > 4 else "")
        lines.append(
            ngettext("{n} reste sans ligne : {names}.", "{n} restent sans ligne : {names}.", len(left)).format(
                n=len(left), names=said
            )
        )
    return lines


def _columns(plan: SheetPlan) -> SheetPlan:
    """The plan with the columns that are ticked."""
    if not plan.columns:
        return plan
    kept = st.pills(
        _("Colonnes à prendre"),
        list(plan.columns),
        selection_mode="multi",
        default=[column for column in plan.columns if column not in plan.left],
        key=f"sheet columns {st.session_state[TURN]}",
    )
    st.session_state[PLAN] = plan.taking(kept)
    return plan.taking(kept)


def _changes(plan: SheetPlan) -> None:
    changes = plan.changes
    if not changes:
        if plan.ready:
            st.caption(_("Ces lignes ne changent rien : tout est déjà ainsi."))
        return
    said = ngettext("{n} valeur change", "{n} valeurs changent", len(changes)).format(n=len(changes))
    with st.expander(said, key="sheet_changes"):
        st.dataframe(
            [
                {
                    _("Qui ou quoi"): plan.targets[change.target].full,
                    _("Attribut"): field_label(change.field),
                    _("Avant"): value_label(change.field, change.before) or NOBODY,
                    _("Après"): value_label(change.field, change.after),
                    _("Lignes"): ", ".join(map(str, change.lines)),
                }
                for change in changes
            ],
            hide_index=True,
            height=38 + 35 * min(len(changes), MOST),
        )


def _apply(project: Project) -> None:
    report = state.act(project.corpus.attributes.apply, st.session_state[PLAN])
    if report is not None:
        st.session_state[REPORT] = report
        _keep(None)


def _report() -> None:
    """What became of the last sheet: lines applied, lines left and why. There until it is closed."""
    found = st.session_state.get(REPORT)
    if found is None:
        return
    done = ngettext("{n} ligne appliquée", "{n} lignes appliquées", found.applied).format(n=found.applied)
    if not found.refused:
        del st.session_state[REPORT]
        st.success(plain(f"{done}."), icon=":material/check:")
        return
    left = ngettext("{n} laissée de côté", "{n} laissées de côté", len(found.refused)).format(n=len(found.refused))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(plain(f"{done}, {left}."), icon=":material/rule:")
        st.button(_("Fermer"), key="close_report", type="tertiary", on_click=lambda: st.session_state.pop(REPORT, None))
    with st.expander(
        ngettext("La ligne laissée, et pourquoi", "Les {n} lignes laissées, et pourquoi", len(found.refused)).format(
            n=len(found.refused)
        ),
        expanded=len(found.refused) <= SHOWN,
    ):
        lines = [_("Ligne {n} : {reason}").format(n=refused.line, reason=refused.reason) for refused in found.refused]
        st.html("".join(f'<div class="qk-quiet">{escaped(line)}</div>' for line in lines))
