"""The words of the list of passages. Those that count have two forms, ``_one`` and ``_other``."""

from __future__ import annotations

from qualikit.i18n import _, language, ngettext


def labels() -> dict[str, str]:
    """Sentences by name; ``{…}`` is filled in by the browser."""
    return {
        "lang": language(),
        "passages": _("Passages"),
        "codes": _("Codes"),
        "reading_keys": _(
            "↑ ↓ : aller · Entrée : ouvrir · C : recoder · M : mémo · V : verbatim · X : retirer · Espace : cocher "
            "(Ctrl+A : tout) · S : semblables · O : dans le texte · Ctrl+Z"
        ),
        "is_verbatim": _("verbatim"),
        "verbatim": _("verbatim"),
        "is_gone": _("codage retiré"),
        "tick": _("Cocher"),
        "too_many_to_tick": _("Il y a trop de passages pour tous les cocher : ajoutez des conditions."),
        "memo": _("Mémo"),
        "memo_hint": _("Une idée, un doute, une piste…"),
        "memo_keys": _("Ctrl+Entrée : garder · Échap : abandonner"),
        "keep": _("Garder"),
        "remove": _("Retirer"),
        "also": _("aussi : {names}"),
        "do_recode": _("Recoder"),
        "do_memo": _("Écrire un mémo"),
        "do_verbatim": _("Choisir comme verbatim pour le rapport"),
        "do_remove": _("Retirer le codage"),
        "do_alike": _("Passages semblables"),
        "do_coder": _("Voir dans le texte"),
        "recode_title": _("Remplacer « {name} » par…"),
        "palette": _("Poser un code"),
        "palette_hint": _("Quelques lettres du code…"),
        "palette_keys": _("Entrée : choisir · Échap : fermer"),
        "no_match": _("Aucun code ne répond à ces lettres."),
        "already_there": _("déjà posé"),
        "close": _("Fermer"),
        "saving": _("Enregistrement…"),
        "saved_at": _("Enregistré à {time}"),
        "refused": _("Refusé : {reason}"),
        "refused_what": _("« {what} » n'a pas été enregistré : {reason}"),
        **_counted(),
    }


def _counted() -> dict[str, str]:
    forms = {
        "passages": [ngettext("{n} passage", "{n} passages", n) for n in (1, 2)],
        "ticked": [ngettext("{n} coché", "{n} cochés", n) for n in (1, 2)],
        "recode_many": [
            ngettext("Remplacer le code de {n} passage par…", "Remplacer le code des {n} passages par…", n)
            for n in (1, 2)
        ],
    }
    return {
        f"{name}_{form}": text
        for name, pair in forms.items()
        for form, text in zip(("one", "other"), pair, strict=True)
    }
