"""Why a row is refused, in words; in English in the files, in both languages on pages."""

import re
from collections.abc import Sequence
from typing import Any

from bassin.types import Text

EMPTY = "is empty"
FUTURE = "is in the future"
KEY = "has a wrong key: one of its digits is mistaken"
REPEATED = "was already given by an earlier line"

_CODES = Text("que les codes ont gardé leurs zéros de tête", "that codes kept their leading zeros")
_FILE = Text("que c'est bien le fichier du producteur", "that it is the publisher's own file")

# What a pattern asks for, in words: in English as written beside the row, and in French.
_SHAPES = {
    r"^(\d{2}|2[AB])\d{3}$": Text(
        "n'est pas un code de commune (cinq caractères, zéro de tête compris)",
        "is not a commune's code (five characters, leading zero included)",
    ),
    r"^(\d{2}|2[AB])\d{7}$": Text(
        "n'est pas un code d'IRIS (neuf caractères, zéro de tête compris)",
        "is not an IRIS code (nine characters, leading zero included)",
    ),
    r"^[A-N]\d{4}$": Text(
        "n'est pas un code ROME (une lettre et quatre chiffres)",
        "is not a ROME code (a letter and four digits)",
    ),
    r"^\d{2}\.\d{2}[A-Z]$": Text(
        "n'est pas une activité de la NAF, comme 62.01Z",
        "is not an activity of the NAF, as 62.01Z",
    ),
}
# Every other reason, `…` standing for what varies.
_TOLD = (
    Text("est vide", EMPTY),
    Text("est dans le futur", FUTURE),
    Text("a déjà été donné par une ligne précédente", REPEATED),
    Text("n'est pas un nombre", "is not a number"),
    Text("n'est pas un nombre entier", "is not a whole number"),
    Text("n'est pas une date (AAAA-MM-JJ)", "is not a date (YYYY-MM-DD)"),
    Text("n'est ni oui ni non", "is not yes or no"),
    Text("n'a pas … chiffres, zéros de tête compris", "is not … digits, leading zeros included"),
    Text("a une clé fausse : un de ses chiffres est erroné", KEY),
    Text("n'est pas une des valeurs prévues (…)", "is not one of the values allowed (…)"),
    Text(
        "n'a pas autant de cases que la première ligne",
        "has another number of cells than the first line",
    ),
    Text("n'a pas de géométrie", "has no geometry"),
    Text("a une géométrie illisible", "has a geometry that cannot be read"),
    Text(
        "n'a pas la géométrie déclarée pour cette couche",
        "is not of the geometry declared for this layer",
    ),
    Text("a un contour qui se croise lui-même", "has an outline that crosses itself"),
    Text("a un contour sans surface", "has an outline without any area"),
    Text(
        "couvre plus que n'importe quelle région de France", "covers more than any région of France"
    ),
    Text(
        "a sa latitude écrite avant sa longitude", "has its latitude written before its longitude"
    ),
    Text("n'a pas la forme …", "does not look like …"),
    Text("est inférieur à …", "is below …"),
    Text("est supérieur à …", "is above …"),
    *_SHAPES.values(),
)


def of_type(kind: str) -> str:
    """The reason of a value that is none of its column's type."""
    words = {"DATE": "date (YYYY-MM-DD)", "BOOLEAN": "yes or no"}
    article = "" if kind == "BOOLEAN" else "a "
    return f"is not {article}{words.get(kind, 'number')}"


def of_pattern(pattern: str) -> str:
    """The reason of a text that a pattern refuses; the pattern itself only when it is unusual."""
    if pattern in _SHAPES:
        return _SHAPES[pattern].en
    digits = re.fullmatch(r"\^\\d\{(\d+)\}\$", pattern)
    return (
        f"is not {digits[1]} digits, leading zeros included"
        if digits
        else (f"does not look like {pattern}")
    )


def of_choices(choices: Sequence[str]) -> str:
    """The reason of a value that is none of those allowed."""
    return f"is not one of the values allowed ({', '.join(choices)})"


def said(reason: str, language: str) -> str:
    """A reason in a language of people; as it is when it is none of ours."""
    for told in _TOLD:
        before, dots, after = told.en.partition("…")
        if not dots and reason == told.en:
            return told.say(language)
        if dots and reason.startswith(before) and reason.endswith(after):
            varying = reason[len(before) : len(reason) - len(after)]
            return told.say(language).replace("…", varying)
    return reason


def advice(reason: str) -> Text:
    """What to check when too many rows are refused, the first for this reason."""
    if reason == FUTURE:
        return Text(
            "Vérifiez les dates, l'année dans le nom du fichier et l'horloge de cette machine",
            "Check the dates, the year in the file's name and this machine's clock",
        )
    if reason == REPEATED:
        return Text(
            "Retirez les lignes répétées, ou téléchargez à nouveau le fichier",
            "Take the repeated rows out, or download the file again",
        )
    if "leading zero" in reason:
        return Text(f"Vérifiez {_FILE.fr} et {_CODES.fr}", f"Check {_FILE.en} and {_CODES.en}")
    return Text(f"Vérifiez {_FILE.fr}", f"Check {_FILE.en}")


def too_many(first: Sequence[Any], refused: int, rows: int, most_pct: float) -> Text:
    """The sentence on a file most of whose rows may not be kept, told by the first of them.

    Args:
        first: its file, line, name of the column in the file ("" when unknown), our name of the
            column, value and reason.
    """
    file, line, in_file, column, value, reason = first
    place = f", column {in_file}" if in_file else ""
    place_fr = f", colonne {in_file}" if in_file else ""
    shown = "is empty" if value is None else f"is “{value}”, which {reason}"
    shown_fr = "est vide" if value is None else f"vaut « {value} », qui {said(reason, 'fr')}"
    are, s = ("is", "") if refused == 1 else ("are", "s")
    are_fr = "est" if refused == 1 else "sont"
    share_fr = f"{most_pct:g}".replace(".", ",")
    return Text(
        f"{file}, ligne {line}{place_fr} : {column} {shown_fr}. {refused} ligne{s} sur {rows} "
        f"{are_fr} refusée{s} ({share_fr} % au plus peuvent l'être). {advice(reason).fr}, puis "
        "chargez-le à nouveau ; la dernière bonne version reste en service.",
        f"{file}, line {line}{place}: {column} {shown}. {refused} of {rows} rows {are} refused "
        f"(at most {most_pct:g} % may be). {advice(reason).en}, then load it again; the last good "
        "version stays meanwhile.",
    )
