"""What may be asked: each parameter's type and words, read strictly, described as it is read."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from bassin.observe.opendata.api.problems import PARAMETER, Problem
from bassin.types import Text

_INTEGER = re.compile(r"-?[0-9]{1,9}")
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_WORDS = 50
LENGTHS = {"long": 800}
CIRCLE = ((-180, 180), (-90, 90), (1, 50_000))
"""Bounds of a longitude, of a latitude, of a distance in metres."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address.

    Args:
        kind: "text", "long" (a text of up to 800 signs), "integer", "boolean", "day", "words" (a
            list, commas between) or "circle" (three numbers: longitude, latitude, metres).
        choices: the only words accepted, asked for at each request as a release may change them.
        minimum, maximum: of an integer.
        default: what it is when nobody gives it; None leaves it out.
    """

    name: str
    kind: str
    text: Text
    example: Any = None
    pattern: str = ""
    choices: Callable[[], Sequence[str]] | None = None
    minimum: int = 0
    maximum: int = 0
    default: Any = None
    in_path: bool = False

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        inner: dict[str, Any] = {"type": "string"}
        if self.pattern:
            inner["pattern"] = f"^{self.pattern}$"
        if self.choices:
            inner = {"type": "string", "enum": list(self.choices())}
        if self.kind == "words":
            return {"type": "array", "items": inner, "minItems": 1, "maxItems": MOST_WORDS}
        if self.kind == "integer":
            bounds = {"minimum": self.minimum, "maximum": self.maximum}
            said = {"type": "integer", **bounds}
            return said if self.default is None else {**said, "default": self.default}
        if self.kind == "boolean":
            return {"type": "boolean"}
        if self.kind == "day":
            return {"type": "string", "format": "date"}
        if self.kind == "circle":
            parts = [{"type": "number", "minimum": low, "maximum": high} for low, high in CIRCLE]
            return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}
        if not self.pattern and not self.choices:
            inner |= {"minLength": 1, "maxLength": LENGTHS.get(self.kind, 100)}
        return inner if self.default is None else {**inner, "default": self.default}

    def read(self, given: str) -> Any:
        """The value of what was written.

        Raises:
            Problem: it is not one; says what was written and what is expected.
        """
        return _READERS[self.kind](self, given)

    def wrong(self, given: str, expected: Text) -> Problem:
        """The refusal of a value."""
        shown = given if len(given) <= 60 else f"{given[:60]}…"
        return Problem(
            PARAMETER,
            Text(
                f"« {shown} » ne convient pas au paramètre « {self.name} » : {expected.fr}",
                f"“{shown}” does not fit the parameter “{self.name}”: {expected.en}",
            ),
            self.name,
        )


def _text(self: Parameter, given: str) -> str:
    if self.choices or self.pattern:
        return _word(self, given)
    most = LENGTHS.get(self.kind, 100)
    if not 1 <= len(given) <= most:
        signs = Text(f"écrivez de 1 à {most} signes.", f"write 1 to {most} characters.")
        raise self.wrong(given, signs)
    return given


def _word(self: Parameter, given: str) -> str:
    if self.choices and given not in self.choices():
        known = ", ".join(list(self.choices())[:40])
        raise self.wrong(given, Text(f"choisissez parmi {known}.", f"choose among {known}."))
    if self.pattern and not re.fullmatch(self.pattern, given, re.ASCII):
        raise self.wrong(given, _like(self))
    return given


def _like(self: Parameter) -> Text:
    """How to write it; what nobody writes by hand is only given back."""
    if self.example is None:
        return Text("reprenez-le tel que le service l'a donné.",
                    "give it back as the service gave it.")  # fmt: skip
    one = self.example[0] if isinstance(self.example, list) else self.example
    return Text(f"écrivez-le comme {one}.", f"write it like {one}.")


def _words(self: Parameter, given: str) -> tuple[str, ...]:
    found = given.split(",")
    if len(found) > MOST_WORDS:
        most = Text(f"{MOST_WORDS} valeurs au plus.", f"{MOST_WORDS} values at most.")
        raise self.wrong(given, most)
    return tuple(dict.fromkeys(_word(self, each) for each in found))


def _integer(self: Parameter, given: str) -> int:
    number = int(given) if _INTEGER.fullmatch(given) else None
    if number is None or not self.minimum <= number <= self.maximum:
        raise self.wrong(
            given,
            Text(
                f"écrivez un nombre entier de {self.minimum} à {self.maximum}.",
                f"write a whole number from {self.minimum} to {self.maximum}.",
            ),
        )
    return number


def _boolean(self: Parameter, given: str) -> bool:
    if given not in ("true", "false"):
        raise self.wrong(given, Text("écrivez true ou false.", "write true or false."))
    return given == "true"


def _day(self: Parameter, given: str) -> date:
    try:
        if not _DAY.fullmatch(given):
            raise ValueError(given)
        return date.fromisoformat(given)
    except ValueError as error:
        like = Text("écrivez une date comme 2026-01-31.", "write a date like 2026-01-31.")
        raise self.wrong(given, like) from error


def _circle(self: Parameter, given: str) -> tuple[float, float, float]:
    numbers = floats(given) or []
    bounds = zip(CIRCLE, numbers, strict=False)
    if len(numbers) != len(CIRCLE) or not all(low <= n <= high for (low, high), n in bounds):
        raise self.wrong(
            given,
            Text(
                "écrivez la longitude, la latitude (en degrés) puis une distance de 1 à 50 000 "
                "mètres, comme 3.5,44.52,500.",
                "write the longitude, the latitude (in degrees) then a distance of 1 to 50,000 "
                "metres, like 3.5,44.52,500.",
            ),
        )
    return numbers[0], numbers[1], numbers[2]


def floats(given: str) -> list[float] | None:
    """Numbers with commas between; None when one is not a number, or is no finite one."""
    words = given.split(",")
    if not all(_NUMBER.fullmatch(word) for word in words):
        return None
    numbers = [float(word) for word in words]
    return numbers if all(map(math.isfinite, numbers)) else None


_READERS: dict[str, Callable[[Parameter, str], Any]] = {
    "text": _text, "long": _text, "integer": _integer, "boolean": _boolean, "day": _day,
    "words": _words, "circle": _circle,
}  # fmt: skip

Asked = Mapping[str, Any]


def read(parameters: Sequence[Parameter], query: QueryDict, path: Mapping[str, str]) -> Asked:
    """The values asked for, by name, in their declared order; a default where there is one.

    Raises:
        Problem: one is unknown, given twice, or not what it must be: nothing is dropped in silence.
    """
    known = {each.name: each for each in parameters}
    for name in query:
        if name not in known or known[name].in_path:
            raise _unknown(name, [each.name for each in parameters if not each.in_path])
    asked: dict[str, Any] = {}
    for each in parameters:
        given = [path[each.name]] if each.in_path else query.getlist(each.name)
        if each.kind == "words":
            given = [",".join(given)] if given else []
        if len(given) > 1:
            once = Text("il est donné deux fois ; gardez-en un.", "it is given twice; keep one.")
            raise each.wrong(given[1], once)
        if given:
            asked[each.name] = each.read(given[0])
        elif each.default is not None:
            asked[each.name] = each.default
    return asked


def _unknown(name: str, known: list[str]) -> Problem:
    listed = ", ".join(known)
    shown = name if len(name) <= 60 else f"{name[:60]}…"
    return Problem(
        PARAMETER,
        Text(
            f"« {shown} » n'est pas un paramètre de cette adresse. Elle connaît : {listed}.",
            f"“{shown}” is not a parameter of this address. It knows: {listed}.",
        ),
        shown,
    )
