"""Every aid that this installation knows, and what is wrong with some of them.

Sheets come from four places, the later winning for the same name: programmes that were loaded,
the sheets shipped here, those of the authority's folder (`var/authority/aids`), those that people
wrote. A sheet that cannot be read is told, never silently left out.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.aids.rules.aid import Aid, aid
from bassin.match.aids.rules.exported import exported
from bassin.match.aids.rules.programmes import programme
from bassin.territory.search import folded
from bassin.types import Scale, Text

SHIPPED = Path(__file__).parent.parent / "catalogue"
TABLE = "aid_programmes"
EXPORTS = "aid_exports"
_PAYLOADS = {
    TABLE: "SELECT programme_id, payload FROM aid_programmes ORDER BY rank",
    EXPORTS: "SELECT programme_id, payload FROM aid_exports ORDER BY rank",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A sheet that could not be read, and why."""

    where: str
    why: Text


@dataclass(frozen=True)
class Catalogue:
    """The aids, in alphabetical order of their names, and the sheets that could not be read."""

    aids: tuple[Aid, ...]
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_slug", {each.slug: each for each in self.aids})

    def get(self, slug: str) -> Aid | None:
        """The aid of that name."""
        found: Mapping[str, Aid] = self.__dict__["_by_slug"]
        return found.get(slug)


def read(house: House, written: Iterable[Mapping[str, Any]] = ()) -> Catalogue:
    """All of them. `written` are the sheets that people wrote, as files write them."""
    found: dict[str, Aid] = {}
    problems: list[Problem] = []
    loaded = _programmes(house, problems)
    for each in (*loaded, *sheets(SHIPPED, problems),
                 *sheets(house.var / "authority" / "aids", problems)):  # fmt: skip
        found[each.slug] = each
    for raw in written:
        made = _read(raw, "", problems)
        if made is not None:
            found[made.slug] = made
    aids = sorted(found.values(), key=lambda each: (folded(each.title.fr), each.slug))
    return Catalogue(tuple(aids), tuple(problems))


def sheets(folder: Path, problems: list[Problem]) -> list[Aid]:
    """The sheets of a folder; those that cannot be read are told in `problems`."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            raw = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(Problem(path.name, Text(str(error), str(error))))
            continue
        made = _read(raw, path.name, problems)
        if made is not None and made.slug != path.stem:
            why = Text(
                f"elle dit s'appeler « {made.slug} » : le fichier doit porter ce nom.",
                f"it calls itself “{made.slug}”: the file must bear that name.",
            )
            problems.append(Problem(path.name, why))
        elif made is not None:
            found.append(made)
    return found


def _read(raw: Mapping[str, Any], where: str, problems: list[Problem]) -> Aid | None:
    try:
        return aid(raw, where)
    except Refused as refusal:
        problems.append(Problem(where or str(raw.get("slug")), refusal.text))
        return None


def _programmes(house: House, problems: list[Problem]) -> list[Aid]:
    """Those that were loaded: rows of the open export, then programmes, which tell more."""
    if not house.reader.name:
        return []
    found, names = [], place_names(house)
    for table, read in ((EXPORTS, _exported), (TABLE, _programme)):
        if not house.reader.has(table):
            continue
        loaded = date.fromisoformat(house.reader.release.tables[table].version.created_at[:10])
        for slug, payload in house.reader.rows(_PAYLOADS[table]):
            try:
                found.append(read(json.loads(payload), names, loaded, slug))
            except Refused as refusal:
                problems.append(Problem(f"programme {slug}", refusal.text))
    return found


def _programme(raw: Any, names: Mapping[str, str], loaded: date, _slug: str) -> Aid:
    return programme(raw, names, loaded)


def _exported(raw: Any, names: Mapping[str, str], loaded: date, slug: str) -> Aid:
    return exported(raw, names, loaded, slug)


def place_names(house: House) -> dict[str, str]:
    """Keys of régions and départements by their folded names, a région first."""
    scales = house.territory.gazetteer().by_scale
    return {
        folded(place.name): place.key
        for scale in (Scale.DEPARTEMENT, Scale.REGION)
        for place in scales[scale]
    }


def twins(aids: Sequence[Aid]) -> list[tuple[Aid, Aid]]:
    """Pairs that may be the same aid: the same title, or the same address and half of the words."""
    return [pair for pair in combinations(aids, 2) if _alike(*pair)]


def _alike(one: Aid, other: Aid) -> bool:
    first, second = folded(one.title.fr), folded(other.title.fr)
    if first == second:
        return True
    if not one.url or one.url.rstrip("/") != other.url.rstrip("/"):
        return False
    words, others = set(first.split()), set(second.split())
    return 2 * len(words & others) >= len(words | others)
