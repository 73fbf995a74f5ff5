"""What an establishment is called where its identity may be hidden, and why it is."""

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies.rows import Establishment
from bassin.taxonomies import naf
from bassin.types import Text

PERSON = Text("Entrepreneur individuel", "Sole trader")
PARTIAL = Text("Entité en diffusion partielle", "Entity in partial diffusion")
UNSURE = Text("Identité non diffusée", "Identity not disclosed")
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


def activity(found: Establishment, language: str) -> str:
    """The label of its activity; its code alone when no nomenclature has it."""
    if not found.naf_code:
        return Text("activité inconnue", "activity unknown").say(language)
    try:
        return naf.label(found.naf_code, language)
    except Refused:
        return found.naf_code


def kind(found: Establishment) -> Text:
    """What stands for the name of one that is hidden."""
    if found.is_natural_person:
        return PERSON
    return UNSURE if found.is_natural_person is None else PARTIAL


def called(house: House, found: Establishment, language: str) -> str:
    """Its name; « Entrepreneur individuel · Coiffure · Limoges » when it is hidden."""
    if found.is_hidden or not found.name:
        start = kind(found) if found.is_hidden else UNNAMED
        parts = (start.say(language), activity(found, language), commune(house, found))
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
