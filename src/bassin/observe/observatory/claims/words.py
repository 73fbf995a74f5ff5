"""The sentences of verdicts, in French and in English, with their numbers written properly."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bassin.indicators.numbers import (
    FIXED,
    NARROW,
    euros,
    is_plural,
    number,
    ordinal,
    percent,
    points,
    signed,
)
from bassin.observe.observatory.claims.arithmetic import decimals
from bassin.observe.observatory.claims.declared import Claim
from bassin.types import LANGUAGES, Text

Part = Text | str | Callable[[str], Any]
"""A part of a sentence: a text, or how to write it in a language."""

NOT_PROVABLE = Text(
    "Rien de publié et de chargé ici ne permet de vérifier ce chiffre : {stated}{when}. "
    "À charger : {what}.",
    "Nothing published and loaded here can check this figure: {stated}{when}. To be loaded: "
    "{what}.",
)
BETWEEN = Text(
    "Les millésimes publiés les plus proches donnent {before} ({from_}) et {after} ({to}) : le "
    "chiffre cité est {where}, ce qui ne prouve pas celui de {period}.",
    "The nearest published vintages give {before} ({from_}) and {after} ({to}): the stated figure "
    "is {where}, which does not prove that of {period}.",
)
NEAREST_VINTAGE = Text(
    "Le millésime publié le plus proche donne {value} ({period}), une autre année.",
    "The nearest published vintage gives {value} ({period}), another year.",
)
POSITIONS = {
    "between": Text("entre les deux", "between the two"),
    "above": Text("au-dessus des deux", "above both"),
    "below": Text("au-dessous des deux", "below both"),
    "same": Text("le même que les deux", "the same as both"),
}
CONFIRMED = Text(
    "La donnée publiée donne {computed} ({period}) : {stated} est exact, à la précision où il est "
    "écrit.",
    "Published data give {computed} ({period}): {stated} is right, at the precision it is "
    "written with.",
)
DIFFERS = Text(
    "Le document dit {stated} ; la donnée publiée donne {computed} ({period}). {gap}",
    "The document says {stated}; published data give {computed} ({period}). {gap}",
)
GAP = Text("L'écart est de {gap}{share}.", "The gap is {gap}{share}.")
STATEMENT = Text(
    "Le document dit {stated} ; {source} : {published}. {gap}",
    "The document says {stated}; {source}: {published}. {gap}",
)
TOO_CLOSE = Text(
    "{since} et {until} n'ont pas {years} ans d'écart : chaque valeur de cette source repose sur "
    "plusieurs années d'enquête, donc en grande partie sur les mêmes réponses, et {stated} ne peut "
    "pas s'y comparer.",
    "{since} and {until} are less than {years} years apart: each value of this source rests on "
    "several years of surveys, so largely on the same answers, and {stated} cannot be compared "
    "with it.",
)
LONG_CHANGE = Text(
    "De {since} à {until}, la donnée publiée donne {change}.",
    "From {since} to {until}, published data give {change}.",
)
NEAREST = Text(
    "Le chiffre publié le plus proche, « {label} », est de {value} ({period}) : il ne mesure pas "
    "la même chose.",
    "The nearest published figure, “{label}”, is {value} ({period}): it does not measure the same "
    "thing.",
)
NEAREST_ONES = Text(
    "Les chiffres publiés les plus proches ne mesurent pas la même chose : {figures}.",
    "The nearest published figures do not measure the same thing: {figures}.",
)
NEAR = Text("« {label} », {value} ({period})", "“{label}”, {value} ({period})")
COUNTED = Text(
    "La transcription du document compte {computed}, comme il le dit.",
    "The transcription of the document counts {computed}, as it says.",
)
MISCOUNTED = Text(
    "La transcription du document compte {computed}, et non {stated}.",
    "The transcription of the document counts {computed}, not {stated}.",
)
NO_TRANSCRIPT = Text(
    "rien ne transcrit cette liste, à ajouter dans var/authority",
    "nothing transcribes this list, to be added in var/authority",
)
PLACES = Text(
    "Le découpage officiel de {cog} compte {computed} dans {place} : {parts}.",
    "The official geography of {cog} counts {computed} in {place}: {parts}.",
)
ALSO = Text(
    "Pour la même chose, un autre texte ({other}) dit {value} ; {note}.",
    "For the same thing, another text ({other}) says {value}; {note}.",
)
ROUNDING = Text(
    "Arrondir {stated} donnerait {value} : l'écart peut n'être qu'un arrondi, qu'aucun document ne "
    "signale.",
    "Rounding {stated} would give {value}: the gap may only be a rounding, which no document says.",
)
IMPLIED = Text(
    "Avec les autres chiffres des documents, cela implique {value} {what}, entre {low} et {high} "
    "selon l'arrondi.",
    "With the documents' other figures, this implies {value} {what}, between {low} and {high} "
    "given rounding.",
)
ARITHMETIC = Text(
    "Calcul sur les chiffres des documents eux-mêmes",
    "Arithmetic on the documents' own figures",
)
TRANSCRIPTION = Text("Transcription du document", "Transcription of the document")
ABOUT = Text("environ ", "about ")
RANK = Text("{rank} rang", "{rank} rank")


def fill(template: Text, **parts: Part) -> Text:
    """A sentence with its parts, each written in the sentence's language."""
    made = [
        template.say(language).format(**{key: _said(part, language) for key, part in parts.items()})
        for language in LANGUAGES
    ]
    return Text(*made)


def _said(part: Part, language: str) -> Any:
    if isinstance(part, Text):
        return part.say(language)
    return part if isinstance(part, str) else part(language)


def join(*sentences: Text | None) -> Text:
    """Sentences after one another."""
    kept = [each for each in sentences if each is not None]
    return Text(" ".join(each.fr for each in kept), " ".join(each.say("en") for each in kept))


def stated(claim: Claim) -> Callable[[str], str]:
    """The figure as the document states it, « environ » included."""
    write = amount(claim, claim.amount)
    return lambda language: (ABOUT.say(language) if claim.approximate else "") + write(language)


def amount(
    claim: Claim, value: float, *, more: int = 0, digits: int | None = None
) -> Callable[[str], str]:
    """A value in the unit of a claim, with its decimals; a rate computed gets `more` of them."""
    shown = decimals(claim.stated) if digits is None else digits
    if more and digits is None and claim.unit.fr.split()[0] in ("%", "points", "fois"):
        shown = max(shown, min(2, shown + more))

    def write(language: str) -> str:
        if claim.reads == "rank":
            return RANK.say(language).format(rank=ordinal(round(value), language))
        unit = claim.unit if claim.one is None or is_plural(value, language) else claim.one
        return in_unit(value, unit, shown, language)

    return write


def in_unit(value: float, unit: Text, digits: int, language: str) -> str:
    """A value and its unit; « % des emplois » is a percentage and what it is a share of."""
    if unit.fr.startswith("%"):
        _, _, rest = unit.say(language).partition(" ")
        return " ".join(filter(None, (percent(value, digits, language), rest)))
    if unit.fr == "points":
        return points(value, digits, language)
    if unit.fr == "€":
        return euros(value, digits, language)
    return f"{number(value, digits, language)}{FIXED}{unit.say(language)}"


def with_sign(text: str, value: float) -> str:
    """A quantity with its sign, + included."""
    return f"+{text}" if value > 0 else text


def typeset(text: Text) -> Text:
    """French spaces as printed: none that breaks inside a number, before a sign, in « ».

    Authorities write their sentences with the keyboard's spaces.
    """
    french = re.sub(r"(?<=\d) (?=\d{3}\b)", NARROW, text.fr)
    french = re.sub(r" (?=[;!?%€])", NARROW, french)
    french = re.sub(r"(?<=«) | (?=[»:])", FIXED, french)
    return Text(french, text.say("en"))


class Number:
    """A number inside a sentence of data: `{x:1}` one decimal, `{x:+1}` with its sign."""

    def __init__(self, value: float, language: str, digits: int = 0) -> None:
        self.value, self.language, self.digits = value, language, digits

    def __format__(self, spec: str) -> str:
        digits = int(spec.lstrip("+") or self.digits) if spec else self.digits
        write = signed if spec.startswith("+") else number
        return write(self.value, digits, self.language)


def sentence(says: Text, values: Mapping[str, tuple[float, int]]) -> Text:
    """A sentence of an authority's file, with numbers by name: (value, decimals)."""
    made = [
        says.say(language).format(
            **{name: Number(value, language, digits) for name, (value, digits) in values.items()}
        )
        for language in LANGUAGES
    ]
    return Text(*made)
