"""The facts that an aid may ask about, and the words of their codes, from `facts.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.pairing.conditions import Fact, Kind
from bassin.types import Text

_FILE = Path(__file__).with_name("facts.toml")


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact, by its key."""
    return {
        key: Fact(
            key, Kind(raw["kind"]), Text.of(raw["label"]), Text.of(raw["question"]),
            Text.of(raw["why"]), Text.of(raw.get("unit", "")), bool(raw.get("personal")),
        )
        for key, raw in _declared()["facts"].items()
    }  # fmt: skip


@cache
def codes(family: str) -> Mapping[str, Text]:
    """The codes of a fact, or of what is said of an aid ("nature", "scale", "budget"), in order."""
    return {key: Text.of(raw) for key, raw in _declared()["codes"].get(family, {}).items()}


def known_code(family: str, code: str) -> str:
    """A code of a family.

    Raises:
        Refused: there is none such; the sentence gives those that there are.
    """
    if code in codes(family):
        return code
    raise Refused(
        Text(
            f"« {code} » n'est pas connu ({family}) : {', '.join(codes(family))}.",
            f"“{code}” is not known ({family}): {', '.join(codes(family))}.",
        )
    )
