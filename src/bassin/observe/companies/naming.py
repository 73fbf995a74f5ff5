"""What an establishment is called where its identity may be hidden, and why it is."""

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies.rows import Establishment
from bassin.taxonomies import naf
from bassin.types import Text

PERSON = Text("Entrepreneur individuel", "Sole trader")
PARTIAL = Text("Entité en diffusion partielle", "Entity in partial diffusion")
UNSURE = Text("Identité non diffusée", "Identity not disclosed")
UNKNOWN_ACTIVITY = Text("activité inconnue", "activity unknown")
UNNAMED = Text("Sans nom publié", "No published name")
INSEE = "https://statut-diffusion-sirene.insee.fr/"
"""Where anyone asks Insee to hide, or to show again, their identity."""

_WHY_PERSON = Text(
    "C'est une personne : son nom n'est pas montré, ni son adresse, qui est souvent son domicile. "
    "Sa commune et son activité restent.",
    "This is a person: their name is not shown, nor their address, which is often their home. "
    "Their commune and activity stay.",
)
_WHY_PARTIAL = Text(
    "Cette entité a demandé à l'Insee que son identité ne soit pas diffusée (article R. 123-232 du "
    "code de commerce). Sa commune et son activité restent.",
    "This entity asked Insee not to disclose its identity (article R. 123-232 of the code de "
    "commerce). Its commune and activity stay.",
)
_WHY_UNSURE = Text(
    "Les données chargées ne disent pas si c'est une personne : dans le doute, son nom et son "
    "adresse ne sont pas montrés.",
    "The loaded data do not say whether this is a person: in doubt, its name and address are not "
    "shown.",
)


def commune(house: House, found: Establishment) -> str:
    """The name of its commune; as SIRENE writes it when its code is not known here."""
    if not found.commune_code:
        return found.city or ""
    try:
        return house.territory.place(f"commune:{found.commune_code}").name
    except Refused:
        return (found.city or found.commune_code).title()


def activity(found: Establishment) -> Text:
    """The label of its activity; its code alone when no nomenclature has it."""
    if not found.naf_code:
        return UNKNOWN_ACTIVITY
    known = naf.rev2()
    code = found.naf_code
    return known.entry(code).label if code in known else Text(code, code)


def family(code: str | None, language: str) -> str:
    """What holds an activity whose label was not written in this language; "" when it was.

    English labels stop at the divisions: « Mécanique industrielle » is among the “Manufacture of
    fabricated metal products”.
    """
    known = naf.rev2()
    if not code or code not in known or known.entry(code).label.only(language):
        return ""
    above = (known.entry(each).label.only(language) for each in known.ancestors(code))
    return next(filter(None, above), "")


def kind(found: Establishment) -> Text:
    """What stands for the name of one that is hidden."""
    if found.is_natural_person:
        return PERSON
    return UNSURE if found.is_natural_person is None else PARTIAL


def called(house: House, found: Establishment, language: str) -> str:
    """Its name; « Entrepreneur individuel · Coiffure · Limoges » when it is hidden."""
    if found.is_hidden or not found.name:
        start = kind(found) if found.is_hidden else UNNAMED
        does = family(found.naf_code, language) or activity(found).say(language)
        parts = (start.say(language), does, commune(house, found))
        return " · ".join(filter(None, parts))
    return found.name


def why_hidden(found: Establishment) -> Text:
    """Why its identity is hidden, in a sentence."""
    if found.is_natural_person:
        return _WHY_PERSON
    return _WHY_UNSURE if found.is_natural_person is None else _WHY_PARTIAL


def spaced(siret: str) -> str:
    """A SIRET as it is read: « 123 456 789 00012 »."""
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"
