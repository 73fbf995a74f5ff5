"""The licences and certificates that offers ask for, by their codes; see `licences.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Licence:
    """One of them. `kind` is "driving", "caces" or "safety"."""

    code: str
    kind: str
    label: Text


@cache
def licences() -> dict[str, Licence]:
    """All of them, by code, in the order of the file."""
    read = tomllib.loads(Path(__file__).with_name("licences.toml").read_text("utf-8"))
    return {
        each["code"]: Licence(each["code"], each["kind"], Text.of(each["label"]))
        for each in read["licences"]
    }


def named(code: str) -> Text:
    """What people call it; the code itself when it is not ours."""
    found = licences().get(code)
    return found.label if found else Text(code)
