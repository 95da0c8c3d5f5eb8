"""The words of the browser coder, in the language in use. Those that count have two forms, ``_one`` and ``_other``."""

from __future__ import annotations

from qualikit.i18n import _, ngettext
from qualikit.ui.coder.labels_codebook import codebook_labels


def labels() -> dict[str, str]:
    """Sentences by name; ``{…}`` is filled in by the browser."""
    return {
        **_zones(),
        **_status(),
        **_counted(),
        **_keys(),
        **_deeds(),
        **codebook_labels(),
        **_suggesting(),
        **_memos(),
        **_guide(),
        **_spoken(),
        **_bounds(),
        **_remapping(),
        **_finding(),
    }


def _zones() -> dict[str, str]:
    return {
        "codes": _("Codes"),
        "all_codes": _("Tous les codes"),
        "pinned_codes": _("Codes épinglés"),
        "pin_hint": _("Épinglez un code avec « + » : son chiffre le posera."),
        "pin": _("Épingler : lui donner un chiffre"),
        "unpin": _("Ne plus épingler"),
        "filter_codes": _("Filtrer les codes ({key_filter})"),
        "no_match": _("Aucun code ne répond à ces lettres."),
        "no_codes": _("La grille est vide. Sélectionnez des mots et appuyez sur {key_inVivo} pour créer un code."),
        "take_turn": _("{name} — double-cliquez pour prendre tout ce tour de parole"),
        "here": _("Sous le curseur"),
        "selection": _("Sélection"),
        "nothing_selected": _("Sélectionnez un passage, ou cliquez sur un passage codé."),
        "no_coding_here": _("Aucun codage ici."),
        "who_speaks": _("Qui parle"),
        "document": _("Document"),
        "document_memo": _("Mémo du document"),
        "memo": _("Mémo"),
        "edit_memo": _("Modifier le mémo"),
        "alike": _("Passages semblables"),
        "memo_hint": _("Une idée, un doute, une piste…"),
        "memo_keys": _("Ctrl+Entrée : garder · Échap : abandonner"),
        "recode": _("Recoder"),
        "remove": _("Retirer"),
        "code_use": _("Quand l'employer :"),
        "code_avoid": _("Quand ne pas l'employer :"),
        "palette": _("Poser un code"),
        "palette_hint": _("Quelques lettres du code…"),
        "palette_keys": _("Entrée : poser · Alt+1 à Alt+9 : épingler · Échap : fermer"),
        "recode_title": _("Remplacer « {name} » par…"),
        "create_code": _("Créer le code « {name} »"),
        "already_there": _("déjà posé"),
        "close": _("Fermer"),
        "or": _("ou"),
    }


def _status() -> dict[str, str]:
    return {
        "saving": _("Enregistrement…"),
        "saved_at": _("Enregistré à {time}"),
        "undo_what": _("Annuler : {what}"),
        "redo_what": _("Rétablir : {what}"),
        "undo_done": _("Annulé : {what}"),
        "redo_done": _("Rétabli : {what}"),
        "refused": _("Refusé : {reason}"),
        "refused_what": _("« {what} » n'a pas été enregistré : {reason}"),
        "select_first": _("Sélectionnez d'abord un passage."),
        "no_pin": _("Aucun code n'est épinglé au {digit}."),
        "pins_full": _("Les neuf chiffres sont pris : libérez-en un d'abord."),
        "nothing_to_repeat": _("Aucun code n'a encore été posé."),
        "choose_coding": _("Plusieurs codages ici : {key_cycle} passe de l'un à l'autre."),
        "code_created": _("Code « {name} » créé."),
        "no_coding_yet": _("Vous n'avez encore rien codé dans ce document."),
        "no_more_coding": _("Il n'y a plus de codage dans cette direction."),
        "no_more_uncoded": _("Il n'y a plus de tour de parole sans codage dans cette direction."),
        "hint_pinned": _("coder"),
        "hint_palette": _("tous les codes"),
        "hint_repeat": _("répéter"),
        "hint_vivo": _("in vivo"),
    }


def _counted() -> dict[str, str]:
    forms = {
        "words": [ngettext("{n} mot", "{n} mots", n) for n in (1, 2)],
        "turns": [ngettext("{n} tour de parole", "{n} tours de parole", n) for n in (1, 2)],
        "hits": [ngettext("{n} mot trouvé", "{n} mots trouvés", n) for n in (1, 2)],
        "suggestions": [ngettext("{n} suggestion", "{n} suggestions", n) for n in (1, 2)],
        "codings": [ngettext("{n} codage", "{n} codages", n) for n in (1, 2)],
        "others_codings": [ngettext("{n} codage d'un autre", "{n} codages des autres", n) for n in (1, 2)],
        "more_here": [ngettext("{n} codage de plus ici", "{n} codages de plus ici", n) for n in (1, 2)],
        "retired": [ngettext("{n} code retiré", "{n} codes retirés", n) for n in (1, 2)],
        "of_coders": [ngettext("de {n} codeur", "de {n} codeurs", n) for n in (1, 2)],
        "in_documents": [ngettext("dans {n} document", "dans {n} documents", n) for n in (1, 2)],
        "with_family": [
            ngettext("{n} code dessous est retiré avec lui.", "{n} codes dessous sont retirés avec lui.", n)
            for n in (1, 2)
        ],
        "children_follow": [
            ngettext("{n} code dessous ira sous « {name} ».", "{n} codes dessous iront sous « {name} ».", n)
            for n in (1, 2)
        ],
        "kept_here": [
            ngettext(
                "{n} action gardée dans ce navigateur : elle partira dès que la connexion reviendra",
                "{n} actions gardées dans ce navigateur : elles partiront dès que la connexion reviendra",
                n,
            )
            for n in (1, 2)
        ],
        "not_saved": [
            ngettext(
                "{n} action pas encore enregistrée : ne fermez pas cette page",
                "{n} actions pas encore enregistrées : ne fermez pas cette page",
                n,
            )
            for n in (1, 2)
        ],
    }
    return {
        f"{name}_{form}": text
        for name, pair in forms.items()
        for form, text in zip(("one", "other"), pair, strict=True)
    }


def _keys() -> dict[str, str]:
    return {
        "keys": _("Les touches"),
        "keys_code": _("Coder"),
        "keys_select": _("Sélectionner"),
        "keys_bounds": _("Ajuster le codage choisi"),
        "keys_here": _("Les codages sous le curseur"),
        "keys_go": _("Se déplacer"),
        "keys_history": _("Revenir"),
        "keys_help": _("Aide"),
        "keys_foot": _(
            "Les chiffres marchent sans Maj, aussi sur un clavier AZERTY. La sélection reste après un code : "
            "plusieurs codes se posent l'un après l'autre, la même touche retire."
        ),
        "key_Enter": _("Entrée"),
        "key_Escape": _("Échap"),
        "key_Delete": _("Suppr"),
        "key_Backspace": "⌫",
        "key_Shift": _("Maj"),
        "key_Ctrl": "Ctrl",
        "key_Alt": "Alt",
        "key_ArrowRight": "→",
        "key_ArrowLeft": "←",
        "key_ArrowDown": "↓",
        "key_ArrowUp": "↑",
        "key_mouse": _("souris"),
        "key_mouse_speaker": _("double-clic sur un nom"),
        "key_ ": _("Espace"),
        "key_mouse_grip": _("tirer une poignée"),
        "key_PageUp": _("Page préc."),
        "key_PageDown": _("Page suiv."),
        "key_Home": _("Début"),
        "key_End": _("Fin"),
        "key_Insert": _("Inser"),
    }


def _deeds() -> dict[str, str]:
    return {
        "do_pinned": _("Poser ou retirer le code épinglé"),
        "do_palette": _("Chercher parmi tous les codes"),
        "do_repeat": _("Répéter le dernier code"),
        "do_inVivo": _("Créer un code avec les mots sélectionnés"),
        "do_clear": _("Lâcher la sélection"),
        "do_turn": _("Prendre tout le tour de parole"),
        "do_mouseTurn": _("Prendre tout le tour de parole"),
        "do_mouseExact": _("Au caractère près, sans compléter les mots"),
        "do_words": _("Aller de mot en mot"),
        "do_lines": _("Aller de ligne en ligne"),
        "do_extendWords": _("Étendre la sélection d'un mot"),
        "do_extendLines": _("Étendre la sélection d'une ligne"),
        "do_extendCharacters": _("Étendre la sélection d'un caractère"),
        "do_cycle": _("Passer d'un codage à l'autre au même endroit"),
        "do_remove": _("Retirer le codage"),
        "do_recode": _("Changer son code"),
        "do_memo": _("Écrire un mémo (du document, sans codage)"),
        "do_markQuestion": _("Marquer la question posée dans ce tour de parole"),
        "do_questions": _("Question du guide précédente, suivante"),
        "do_codings": _("Codage précédent, suivant dans le texte"),
        "do_uncoded": _("Tour de parole sans codage précédent, suivant"),
        "do_ends": _("Début, fin du document"),
        "do_filter": _("Filtrer les codes"),
        "do_zones": _("Aller d'une zone à l'autre : codes, texte, détails, barre"),
        "do_undo": _("Annuler"),
        "do_redo": _("Rétablir"),
        "do_help": _("Montrer ou cacher cette aide"),
        "do_boundEnd": _("Déplacer la fin d'un mot"),
        "do_boundStart": _("Déplacer le début d'un mot"),
        "do_boundCharacter": _("D'un caractère, du côté déplacé en dernier"),
        "do_adjust": _("Choisir ce codage pour l'ajuster"),
        "do_mouseGrip": _("Déplacer une borne, avec Alt au caractère près"),
        "do_find": _("Chercher des mots dans ce document"),
        "do_hits": _("Mot trouvé précédent, suivant"),
        "do_documents": _("Document précédent, suivant"),
    }


def _bounds() -> dict[str, str]:
    return {
        "adjust": _("Ajuster"),
        "adjust_keys": _(
            "Tirez les poignées, ou déplacez la fin avec {key_extendLeft} {key_extendRight} "
            "et le début avec {key_startLeft} {key_startRight}."
        ),
        "grip_start": _("Début du passage : tirez pour le déplacer, avec Alt au caractère près"),
        "grip_end": _("Fin du passage : tirez pour la déplacer, avec Alt au caractère près"),
        "bound_start": _("Le passage commence par « {words} »."),
        "bound_end": _("Le passage finit par « {words} »."),
        "no_coding_in_hand": _("Choisissez d'abord un codage : cliquez dessus, ou allez-y avec {key_nextCoding}."),
        "no_next_document": _("C'est le dernier document."),
        "no_previous_document": _("C'est le premier document."),
        "opening": _("{title} s'ouvre…"),
        "turn_of": _("Tour {n} sur {total}"),
    }


def _remapping() -> dict[str, str]:
    return {
        "keys_invite": _("Pour changer une touche, cliquez dessus, puis appuyez sur la nouvelle."),
        "keys_change": _("Changer la touche de « {what} » ({key})"),
        "keys_press": _("Appuyez…"),
        "keys_wait": _("Appuyez sur la nouvelle touche pour « {what} ». Échap : ne rien changer."),
        "keys_done": _("{key} sert maintenant à « {what} »."),
        "keys_clash": _("{key} sert déjà à « {what} »."),
        "keys_swap": _("Échanger les deux touches"),
        "keys_leave": _("Ne rien changer"),
        "keys_origin": _("Remettre les touches d'origine"),
        "keys_origin_done": _("Les touches d'origine sont remises."),
        "keys_mine": _("Reprendre les miennes"),
        "keys_mine_done": _("Vos touches sont reprises."),
        "keys_unfit_dead": _("Cette touche attend une deuxième lettre. Appuyez sur une autre."),
        "keys_unfit_digit": _("Les chiffres posent les codes épinglés. Appuyez sur une autre touche."),
        "keys_unfit_focus": _("{key} sert à passer d'une zone à l'autre. Appuyez sur une autre touche."),
        "keys_unfit_scroll": _("{key} fait défiler le texte. Appuyez sur une autre touche."),
        "keys_unfit_browser": _("Le navigateur se sert lui-même de {key}. Appuyez sur une autre touche."),
    }


def _finding() -> dict[str, str]:
    return {
        "find": _("Chercher dans ce document"),
        "find_hint": _("Un mot, son début, « une expression »"),
        "find_keys": _("Entrée : y aller · {key_nextHit} : suivant · Échap : fermer"),
        "previous_hit": _("Mot trouvé précédent ({key_previousHit})"),
        "next_hit": _("Mot trouvé suivant ({key_nextHit})"),
        "hit_of": _("{n} sur {total}"),
        "no_hit": _("« {words} » ne se trouve pas dans ce document."),
        "hits_again": _("La fin est passée : retour au premier mot trouvé."),
        "hits_from_end": _("Le début est passé : retour au dernier mot trouvé."),
    }


def _suggesting() -> dict[str, str]:
    return {
        "keys_suggest": _("Suggestions et équipe"),
        "do_suggestions": _("Suggestion précédente, suivante"),
        "do_suggestHere": _("Suggérer pour ce qui est à l'écran"),
        "suggesting_here": _("Suggestions demandées pour ce qui est à l'écran."),
        "do_accept": _("Accepter la suggestion"),
        "do_refuse": _("Refuser la suggestion"),
        "do_acceptOther": _("L'accepter avec un autre code"),
        "do_others": _("Voir ou cacher les codages des autres"),
        "suggestion": _("suggestion"),
        "suggestion_of": _("Suggestion : {name}"),
        "suggestion_strong": _("suggestion forte"),
        "suggestion_medium": _("suggestion moyenne"),
        "suggestion_weak": _("suggestion faible"),
        "accept": _("Accepter"),
        "refuse": _("Refuser"),
        "accept_other": _("Autre code…"),
        "accept_title": _("À la place de « {name} »…"),
        "no_suggestion_here": _("Aucune suggestion ici : {key_nextSuggestion} mène à la suivante."),
        "no_more_suggestion": _("Il n'y a plus d'autre suggestion dans ce document."),
        "from_the_start": _("Reprise au début du document."),
        "from_the_end": _("Reprise à la fin du document."),
        "no_suggestion": _(
            "Il n'y a pas de suggestion dans ce document : {key_suggestHere} en demande pour ce qui est à l'écran."
        ),
        "hide_suggestions": _("Cacher les suggestions"),
        "show_suggestions": _("Montrer les suggestions"),
        "suggestions_hidden": _("Suggestions cachées"),
        "suggestions_hidden_now": _("Les suggestions sont cachées : le bouton sous le texte les montre."),
        "team": _("L'équipe"),
        "see_others": _("Voir les codages des autres"),
        "hide_others": _("Cacher les codages des autres"),
        "blind": _("Codage en aveugle : d'autres ont codé ce document."),
        "no_others": _("Personne d'autre n'a codé ce document."),
        "others_shown": _("Les codages des autres se voient ; ils ne comptent pas parmi les vôtres."),
        "coding_of": _("codage de {coder}"),
        "take_up": _("Reprendre ce code"),
        "taken_up": _("Code « {name} » repris sur ce passage."),
        "here_too": _("{coder} code ce document"),
        "elsewhere": _("{coder} est dans {title}"),
    }


def _memos() -> dict[str, str]:
    return {
        "memo_help": _("*italique*, **gras**, - liste, # titre, > citation"),
        "memos_n": _("Mémos ({n})"),
        "find_memos": _("Chercher dans les mémos"),
        "no_memo_found": _("Aucun mémo ne contient ces mots."),
        "no_memos": _("Aucun mémo encore. {key_memo} en écrit un sur le codage, ou sur le document."),
        "memo_by": _("Mémo de {coder}"),
        "memo_on_document": _("Sur le document"),
        "memo_on_person": _("Sur {name}"),
        "memo_on_code": _("Sur le code {name}"),
        "person_memo": _("Mémo sur cette personne"),
        "code_memo": _("Mémo sur ce code"),
        "inherited": _("{value} (celui du document)"),
        "share": _("{share} des mots du document"),
        "previous_turn": _("Son tour de parole précédent"),
        "next_turn": _("Son tour de parole suivant"),
        "own_turn_of": _("{n} sur {total}"),
    }


def _guide() -> dict[str, str]:
    return {
        "question": _("Question du guide"),
        "no_guide": _("Il n'y a pas encore de guide d'entretien : importez-le sur la page Corpus, partie Guide."),
        "no_question_marked": _(
            "Aucune question n'est marquée dans ce document : {key_markQuestion} marque celle d'un tour."
        ),
        "no_more_question": _("Il n'y a plus de question dans cette direction."),
        "mark_question": _("Quelle question est posée ici ?"),
        "mark_question_hint": _("Un numéro ou quelques mots de la question…"),
        "mark_question_keys": _("Entrée : marquer, ou démarquer · Échap : fermer"),
        "no_question_match": _("Aucune question ne répond à ces mots."),
        "marked_already": _("marquée ici"),
        "marked_elsewhere": _("marquée plus haut ou plus bas"),
        "unmark": _("Démarquer"),
        "under_no_question": _("Avant la première question marquée."),
    }


def _spoken() -> dict[str, str]:
    """What is said to those who listen, and the zones by name."""
    here = [ngettext("{n} codage ici", "{n} codages ici", n) for n in (1, 2)]
    return {
        "told_coded": _("Codé {names}"),
        "told_here_one": here[0],
        "told_here_other": here[1],
        "told_added": _("{name} posé"),
        "told_removed": _("{name} retiré"),
        "told_recoded": _("{before} remplacé par {name}"),
        "told_undo": _("Annulé"),
        "told_redo": _("Rétabli"),
        "told_selected": _("Sélection : {words}"),
        "told_margin": _("codages"),
        "zone_codes": _("Codes"),
        "zone_here": _("Détails"),
    }
