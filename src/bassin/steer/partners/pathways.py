"""The steps of each pathway, declared in `pathways.toml` or in the authority's own file."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from bassin.errors import Refused
from bassin.types import Text

PACKAGED = Path(__file__).with_name("pathways.toml")
OWN = "authority/pathways.toml"


@dataclass(frozen=True, slots=True)
class Step:
    """One need on the way; `code` is "pathway:step"."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Pathway:
    """A way that someone goes, with its steps in order."""

    code: str
    title: Text
    steps: tuple[Step, ...]


def pathways() -> tuple[Pathway, ...]:
    """Those of the authority's own file when it wrote one, else the packaged ones.

    Raises:
        Refused: the authority's file cannot be read; the sentence names it and what is wrong.
    """
    own = Path(settings.VAR) / OWN
    path = own if own.exists() else PACKAGED
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> tuple[Pathway, ...]:
    try:
        listed = tomllib.loads(path.read_text("utf-8"))["pathways"]
        return tuple(_pathway(each) for each in listed)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise Refused(
            f"{path} cannot be read ({error}). Each [[pathways]] needs a code, a title and steps, "
            "each step a code and a title; see docs/partners.md."
        ) from error


def _pathway(raw: dict[str, Any]) -> Pathway:
    steps = tuple(
        Step(f"{raw['code']}:{each['code']}", Text.of(each["title"])) for each in raw["steps"]
    )
    return Pathway(raw["code"], Text.of(raw["title"]), steps)
