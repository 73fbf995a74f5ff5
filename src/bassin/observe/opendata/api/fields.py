"""What a record holds: names, types, words, an example; from which its JSON Schema is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Field:
    """One member of a record.

    Args:
        type: "string", "integer", "number", "boolean", or one of these followed by "[]".
        text: what it means, with its unit.
        example: a value it may have.
        nullable: it may be unknown, or hidden.
        choices: the only values it takes.
        format: "date" where it is one.
        given: it is in answers that did not choose their fields.
    """

    name: str
    type: str
    text: Text
    example: Any
    nullable: bool = False
    choices: tuple[str, ...] = ()
    format: str = ""
    given: bool = True

    def schema(self, language: str) -> dict[str, Any]:
        """Its JSON Schema (draft 2020-12)."""
        said: dict[str, Any] = {"description": self.text.say(language)}
        kind = self.type.removesuffix("[]")
        if kind != self.type:
            return said | {"type": "array", "items": {"type": kind}}
        said["type"] = [kind, "null"] if self.nullable else kind
        if self.choices:
            said["enum"] = [*self.choices, None] if self.nullable else list(self.choices)
        return said | ({"format": self.format} if self.format else {})


def schema(fields: Sequence[Field], language: str) -> dict[str, Any]:
    """The JSON Schema of a record: nothing is required, as anybody may choose their fields."""
    return {
        "type": "object",
        "properties": {each.name: each.schema(language) for each in fields},
        "additionalProperties": False,
    }


def example(fields: Sequence[Field]) -> dict[str, Any]:
    """A record as it is answered to who chose no fields."""
    return {each.name: each.example for each in fields if each.given}


def chosen(fields: Sequence[Field], asked: Iterable[str]) -> tuple[str, ...]:
    """The names to answer, in their declared order: those asked for, else the usual ones."""
    wanted = set(asked)
    return tuple(e.name for e in fields if (e.name in wanted if wanted else e.given))


def cut(record: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The record with these members only."""
    return {name: record[name] for name in names}
