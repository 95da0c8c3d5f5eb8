"""French words that tell a speaker's label from anything else before a colon. All folded (``text.fold``)."""

from __future__ import annotations

_RESEARCHERS = """
chercheur chercheuse chercheure enqueteur enquetrice enqueteuse intervieweur intervieweuse interviewer interviewver
interviewor intervieweure evaluateur evaluatrice questionneur sociologue ethnologue
"""
_FACILITATORS = """
animateur animatrice moderateur moderatrice facilitateur facilitatrice consultant consultante presentateur presentatrice
journaliste anim mod moderator interv int enq q
"""
_OBSERVERS = """
observateur observatrice obs observer preneur preneuse scribe rapporteur rapporteuse rapporteure secretaire
"""
_PEOPLE = """
homme femme dame monsieur madame mademoiselle fille garcon jeune enfant adulte senior retraite retraitee personne
usager usagere utilisateur utilisatrice beneficiaire habitant habitante citoyen citoyenne client cliente
participant participante intervenant intervenante interlocuteur interlocutrice locuteur locutrice speaker voix inconnu
inconnue temoin repondant repondante enquete enquetee interviewe interviewee entretenu acteur actrice partenaire
mediateur mediatrice conseiller conseillere benevole salarie salariee stagiaire agent agente elu elue maire adjoint
adjointe directeur directrice responsable coordinateur coordinatrice coordonnateur coordonnatrice charge chargee chef
cheffe president presidente educateur educatrice enseignant enseignante professeur professeure travailleur travailleuse
assistant assistante infirmier infirmiere gardien gardienne bailleur commercant commercante formateur formatrice
referent referente medecin eleve etudiant etudiante parent mere pere artisan artisane apprenti apprentie apprenant
apprenante tous toutes ensemble plusieurs groupe assemblee salle
"""
_METADATA = """
date lieu heure horaire horaires duree territoire participants participantes presents presentes absents excuses
enregistrement transcription transcripteur transcriptrice retranscription titre objet projet commune ville quartier
departement type fichier entretien seance langue support methode conditions
"""
_NOT_SPEAKERS = """
note notes nota nb ps ndlr ndt exemple exemples ex remarque remarques attention important question questions reponse
reponses contexte objectif objectifs sujet theme themes thematique resume synthese conclusion conclusions introduction
preambule avantage avantages inconvenient inconvenients point points force forces faiblesse faiblesses opportunite
opportunites menace menaces frein freins levier leviers besoin besoins constat constats resultat resultats
recommandation recommandations preconisation preconisations bilan bilans suite suites annexe annexes source sources
legende figure tableau graphique tel telephone portable fax email mail courriel adresse site web http https ftp www
meteo materiel equipe equipes activite activites frequentation observation observations commentaire commentaires
version page pages partie chapitre section etape etapes article axe axes action actions mission missions effectif
effectifs nombre total montant budget cout couts prix statut age sexe genre profession metier nom noms prenom prenoms
ordre rappel definition definitions consigne consignes relance relances guide code codes mot mots verbatim verbatims
citation citations extrait extraits rire rires silence silences pause inaudible musique bruit bruits brouhaha
applaudissements interruption coupure coupures hesitation soupir jour jours semaine mois annee lundi mardi mercredi
jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
matin midi soir apres avant oui non ouais merci bonjour bonsoir voila bref enfin problematique hypothese enjeu enjeux
perspective perspectives avis reference references bibliographie mots-cles piste pistes limite limites difficulte
difficultes reussite reussites solution solutions probleme problemes cause causes consequence consequences option
options cas scenario variante critere criteres indicateur indicateurs moyen moyens ressource ressources calendrier
planning delai public publics cible cibles demande demandes organisation fonctionnement deroulement accueil
"""
_STARTERS = """
je j tu il elle on nous vous ils elles ce c ca cela ceci celui celle ceux celles et mais donc alors ou car or ni puis
ensuite enfin dabord par pour avec sans dans sur sous chez vers depuis pendant selon entre de d du des un une au aux si
quand comme que qu qui quoi dont parce puisque lorsque voici voila bon ben bah oui non ouais euh hein bref mon ma mes
ton ta tes son sa ses notre nos votre vos leur leurs cette ces cet plus moins tres trop autre autres premier premiere
deuxieme troisieme dernier derniere deux trois quatre aussi ainsi sinon surtout meme cependant pourtant toutefois
n s m t y en quelle quel quelles quels pourquoi comment combien est sont etait a ont avait ici la-bas maintenant
"""
_PARTICLES = "de du des le la les l d et van von ben el al n da dos di st ste"
_CIVILITIES = "m mr mm mme mmes mlle mlles dr pr me monsieur madame mademoiselle docteur maitre mrs ms"

RESEARCHERS = frozenset(_RESEARCHERS.split())
FACILITATORS = frozenset(_FACILITATORS.split())
OBSERVERS = frozenset(_OBSERVERS.split())
PEOPLE = frozenset(_PEOPLE.split()) | RESEARCHERS | FACILITATORS | OBSERVERS
METADATA = frozenset(_METADATA.split())
NOT_SPEAKERS = frozenset(_NOT_SPEAKERS.split()) | METADATA
STARTERS = frozenset(_STARTERS.split())
PARTICLES = frozenset(_PARTICLES.split())
CIVILITIES = frozenset(_CIVILITIES.split())
ASKERS = RESEARCHERS | FACILITATORS | {"i", "e", "question"}
"""Who may be the only one to be announced, the answers going without a label."""
LONG_ROLES = frozenset(word for word in RESEARCHERS | FACILITATORS | OBSERVERS | PEOPLE if len(word) >= 7)
"""Words in which a slip of the pen is recognised (« Checheur »)."""
