"""The scenarios, as data: assumptions that anyone may discuss and change, never a forecast.

Each is a TOML file of this folder; an authority adds its own in `var/authority/scenarios/`, and a
file there replaces the one of the same id. See docs/scenarios.md.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.taxonomies import naf
from bassin.types import Text

FOLDER = Path(__file__).parent
SHOWN = 3
"""A page always shows three scenarios: fewer would read as a forecast."""

_WORDS = ("title", "short", "description", "author", "horizon")
_NEEDED = frozenset(("id", "version", "order", *_WORDS, "horizon_months", "shocks"))
_MAY = frozenset(("sources",))
_SHOCK = frozenset(("id", "naf", "label", "why", "low", "high"))


@dataclass(frozen=True, slots=True)
class Shock:
    """What a scenario supposes of some activities: from `low` to `high` percent of jobs are hit.

    `naf` holds codes of NAF rev. 2 of any level. Where two shocks of a scenario name the same
    sub-class, the most precise code wins. `within` holds the sub-classes of a named perimeter, over
    which any code wins.
    """

    id: str
    naf: tuple[str, ...]
    label: Text
    why: Text
    low: float
    high: float
    within: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A set of shocks with who supposes them, and for when. `edited`: a reader changed them.

    `sources` are what their sizes may be compared with, in words.
    """

    id: str
    version: int
    order: int
    title: Text
    short: Text
    description: Text
    author: Text
    horizon: Text
    horizon_months: int
    shocks: tuple[Shock, ...]
    sources: tuple[Text, ...] = ()
    edited: bool = False

    def activities(self) -> dict[str, str]:
        """The shock of each sub-class of NAF rev. 2 that has one."""
        known = naf.rev2()
        pairs = [(code, shock.id) for shock in self.shocks for code in shock.naf]
        found = {code: shock.id for shock in self.shocks for code in sorted(shock.within)}
        for code, shock in sorted(pairs, key=lambda pair: len(known.entry(pair[0]).code)):
            found |= dict.fromkeys(known.subclasses((code,)), shock)
        return found

    def with_shocks(self, asked: Mapping[str, str]) -> "Scenario":
        """The same scenario with the shocks of an address, such as {"aviation-air-bas": "20"}.

        Raises:
            Refused: a shock is not a number from 0 to 100, or its ends are the wrong way round.
        """
        shocks = tuple(_edited(self.id, shock, asked) for shock in self.shocks)
        return replace(self, shocks=shocks, edited=self.edited or shocks != self.shocks)


def field(scenario: str, shock: str, end: str) -> str:
    """The name of an assumption in an address and in a form; `end` is "bas" or "haut"."""
    return f"{scenario}-{shock}-{end}"


def _edited(scenario: str, shock: Shock, asked: Mapping[str, str]) -> Shock:
    low = percent(asked.get(field(scenario, shock.id, "bas"), ""), shock.low)
    high = percent(asked.get(field(scenario, shock.id, "haut"), ""), shock.high)
    if low > high:
        raise Refused(crossed(shock.label, low, high))
    return replace(shock, low=low, high=high)


def crossed(label: Text, low: float, high: float) -> Text:
    """What is said of ends that are the wrong way round."""
    return Text(
        f"« {label.fr} » : l'hypothèse basse ({low:g} %) dépasse l'hypothèse haute ({high:g} %). "
        "Échangez-les, ou changez-en une.",
        f"“{label.say('en')}”: the low assumption ({low:g}%) is above the high one ({high:g}%). "
        "Exchange them, or change one.",
    )


def percent(text: str, declared: float) -> float:
    """A share of jobs as people write it; the declared one when nothing is written.

    Raises:
        Refused: it is not a number from 0 to 100.
    """
    cleaned = text.strip().replace(",", ".").removesuffix("%").strip()
    if not cleaned:
        return declared
    try:
        value = float(cleaned)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:  # nan is refused too
        raise Refused(
            Text(
                f"« {text} » n'est pas une part d'emplois. Donnez un nombre de 0 à 100.",
                f"“{text}” is not a share of jobs. Give a number from 0 to 100.",
            )
        )
    return value


def scenarios(var: Path | None = None) -> list[Scenario]:
    """All scenarios in their order, an authority's own included.

    Raises:
        Refused: a file is not a well-formed scenario; the sentence names it.
    """
    folders = [FOLDER, *([var / "authority" / "scenarios"] if var else [])]
    found: dict[str, Scenario] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            made = _read(path, path.stat().st_mtime_ns)
            found[made.id] = made
    return sorted(found.values(), key=lambda each: (each.order, each.id))


@lru_cache(maxsize=64)
def _read(path: Path, _written_at: int) -> Scenario:
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
        made = _scenario(facts)
        made.activities()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise Refused(
            f"{path.name} is not a scenario: {error}. Compare it with docs/scenarios.md."
        ) from error
    return made


def _scenario(facts: dict[str, Any]) -> Scenario:
    _only(facts, _NEEDED, "it", _MAY)
    for shock in facts["shocks"]:
        _only(shock, _SHOCK, f"the shock “{shock.get('id', '')}”")
        if not 0 <= shock["low"] <= shock["high"] <= 100:
            raise ValueError(f"the shock “{shock['id']}” needs 0 ≤ low ≤ high ≤ 100, in percent")
    names = [shock["id"] for shock in facts["shocks"]]
    if len(set(names)) != len(names) or not names:
        raise ValueError("its shocks need ids, each different")
    shocks = tuple(
        Shock(s["id"], tuple(s["naf"]), Text.of(s["label"]), Text.of(s["why"]), s["low"], s["high"])
        for s in facts["shocks"]
    )
    plain = {key: facts[key] for key in ("id", "version", "order", "horizon_months")}
    words: dict[str, Any] = {key: Text.of(facts[key]) for key in _WORDS}
    sources = tuple(Text.of(each) for each in facts.get("sources", ()))
    return Scenario(**plain, **words, shocks=shocks, sources=sources)


def _only(
    facts: dict[str, Any], wanted: frozenset[str], what: str, may: frozenset[str] = frozenset()
) -> None:
    if missing := wanted - facts.keys():
        raise ValueError(f"{what} lacks {', '.join(sorted(missing))}")
    if unknown := facts.keys() - wanted - may:
        raise ValueError(f"{what} has unknown keys {', '.join(sorted(unknown))}")
