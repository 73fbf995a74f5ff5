"""What the columns of a table of firms mean, by the names that people and other tools give them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from bassin.letters import spaced

KEEP, LEAVE = "keep", "leave"

FIELDS: Mapping[str, object] = {
    "firm_name": _("name of the firm or of the project"),
    "siret": _("SIRET"),
    "siren": _("SIREN"),
    "title": _("the need in a few words"),
    "text": _("what was asked"),
    "commune": _("commune"),
    "headcount": _("people it employs"),
    "contact_name": _("whom to ask for"),
    "function": _("function"),
    "contact_telephone": _("telephone"),
    "contact_email": _("e-mail address"),
    "asked_on": _("the request arrived on"),
    "last_on": _("last contact"),
    "adviser": _("lead adviser"),
    "note": _("what was said"),
    "task": _("to do"),
    "task_on": _("to do before"),
}
"""What a column may fill, in the order in which it is offered."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "firm_name": (
        "nom", "entreprise", "raison sociale", "denomination", "nom de l'entreprise", "societe",
        "structure", "etablissement", "enseigne", "nom affichage", "projet", "nom du projet",
        "name", "firm", "company",
    ),
    "siret": ("siret", "n° siret", "numero siret", "siret de l'etablissement"),
    "siren": ("siren", "n° siren", "numero siren"),
    "title": ("besoin", "objet", "demande", "sujet", "motif", "titre", "type de demande", "need"),
    "text": ("description", "detail", "details", "contexte", "description du projet"),
    "commune": ("commune", "ville", "localite", "town", "city"),
    "headcount": ("effectif", "effectifs", "salaries", "nombre de salaries", "staff"),
    "contact_name": (
        "contact", "nom du contact", "dirigeant", "interlocuteur", "nom prenom", "gerant",
    ),
    "function": ("fonction", "qualite", "poste", "function"),
    "contact_telephone": ("telephone", "tel", "portable", "mobile", "tel.", "phone"),
    "contact_email": ("email", "e-mail", "mail", "courriel", "adresse electronique"),
    "asked_on": (
        "date", "date de la demande", "date de contact", "premier contact", "date d'entree",
        "date de creation de la fiche",
    ),
    "last_on": (
        "dernier contact", "date du dernier contact", "dernier echange", "derniere visite",
        "date du dernier echange",
    ),
    "adviser": ("referent", "conseiller", "suivi par", "charge d'affaires", "agent", "adviser"),
    "note": (
        "commentaire", "commentaires", "notes", "note", "observations", "compte rendu", "echanges",
        "suivi", "remarques",
    ),
    "task": ("a faire", "action", "prochaine action", "rappel", "suite", "relance"),
    "task_on": ("echeance", "date de rappel", "a relancer le", "date de relance"),
}  # fmt: skip


def guessed(headers: Sequence[str]) -> dict[str, str]:
    """What each column seems to mean, by its place; the others are kept in words."""
    found: dict[str, str] = {}
    for place, header in enumerate(headers):
        said = spaced(header).rstrip(" :*")
        named = next((field for field, names in _NAMES.items() if said in names), KEEP)
        found[str(place)] = KEEP if named in found.values() else named
    return found


def header_row(grid: Sequence[Sequence[str]], within: int = 15) -> int:
    """The row of titles: the one, among the first, that names most of what is known."""

    def named(row: Sequence[str]) -> int:
        return sum(field not in (KEEP, LEAVE) for field in guessed(row).values())

    places = range(min(within, len(grid)))
    return max(places, key=lambda place: (named(grid[place]), -place), default=0)
