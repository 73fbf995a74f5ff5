"""An indicator is one declaration file; this reads it and refuses what would give a wrong number.

Refused by construction: a ratio that is summed, a ratio whose terms come from two datasets, a
median that is aggregated, a percentage without its unit of difference, a sampled figure without
its fragility thresholds, a yearly change of a rolling survey, a source without a licence, a check
that cannot fail or asks for what nobody knows.
"""

import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema

from bassin.errors import Refused
from bassin.indicators.assertions import COMMUNES, Check, assertion
from bassin.indicators.numbers import period as in_words
from bassin.indicators.refusals import Wrong, refuse_aggregation, refuse_nonsense, years
from bassin.types import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class Term:
    """One aggregate of one column of one dataset, over the rows that pass `where`."""

    dataset: str
    column: str
    agg: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A declared figure. `raw` keeps the whole declaration, for the method page and the API.

    `digest` is that of the declaration: what is kept in memory goes by it, since two drafts may
    have the same id and version.
    """

    id: str
    version: int
    status: str
    label: Text
    definition: Text
    universe: Text
    kind: str
    symbol: str
    unit_code: str
    decimals: int
    difference: str
    polarity: str
    numerator: Term
    denominator: Term | None
    upper: Term | None
    units: Term | None
    scale: float
    relative_to: str
    rule: str
    native: str
    absent: str
    min_gap_years: int
    breaks: tuple[tuple[str, Text], ...]
    sampled: bool
    fragile_below: int
    reliable_from: int
    caveat: Text | None
    regime: str
    not_with: tuple[tuple[str, Text], ...]
    citation: Text
    licence: str
    producer: str
    title: Text
    chapter: str
    order: int
    cadrage: int
    to_load: Text | None
    noun: Text | None
    rank_order: str
    min_units: int
    checks: tuple[Check, ...]
    digest: str
    raw: dict[str, Any] = field(hash=False, compare=False, repr=False)

    @property
    def dataset(self) -> str:
        """The table it is computed from."""
        return self.numerator.dataset

    @property
    def additive(self) -> bool:
        """Whether a place's value is the sum of its parts' (so that a share makes sense)."""
        return self.kind in ("count", "sum") and self.rule == "sum"

    @property
    def visibility(self) -> str:
        """Who may read it: "public", "partners" or "internal"."""
        return str(self.raw.get("access", {}).get("visibility", "internal"))

    @property
    def is_open(self) -> bool:
        """Whether its declaration keeps it from nobody, and it was not withdrawn."""
        return self.visibility == "public" and self.status != "withdrawn"

    @property
    def is_public(self) -> bool:
        """Whether it is given to everyone: no draft, and not kept closer by its declaration."""
        return self.status != "draft" and self.is_open

    @property
    def protected(self) -> bool:
        """Whether we must judge it: its publisher has not already done so."""
        return self.regime != "already_protected"

    @property
    def identity(self) -> str:
        """The name under which a value is cited, "unemployment_rate@3"."""
        return f"{self.id}@{self.version}"

    def cited(self, period: str) -> Text:
        """The source as it is cited, its vintage written in words; without one, its name alone."""
        if not period:
            return Text(*(f"{self.producer}, {self.title.say(each)}" for each in LANGUAGES))
        said = (
            self.citation.say(language).replace("{vintage}", in_words(period, language))
            for language in LANGUAGES
        )
        return Text(*said)


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) every declaration must satisfy."""
    text = resources.files("bassin.indicators").joinpath("schema.json").read_text("utf-8")
    return json.loads(text)


def declare(facts: dict[str, Any], where: str = "declaration") -> Indicator:
    """Check one declaration and make an indicator of it.

    Raises:
        Refused: the declaration is incomplete or would allow a wrong number; says which and why.
    """
    refuse_aggregation(facts, where)
    validator = jsonschema.Draft202012Validator(schema())
    error = next(iter(sorted(validator.iter_errors(facts), key=lambda e: list(e.path))), None)
    if error is not None:
        place = ".".join(str(part) for part in error.absolute_path) or "the declaration"
        raise Wrong(where, place, Text(
            f"{place} : {error.message}. Voir docs/indicators.md.",
            f"{place}: {error.message}. See docs/indicators.md.",
        ))  # fmt: skip
    refuse_nonsense(facts, where)
    return _made(facts, _checks(facts, where))


def _checks(facts: dict[str, Any], where: str) -> tuple[Check, ...]:
    """The checks of a declaration, each understood; one without a severity blocks."""
    made: dict[str, Check] = {}
    for declared in facts["checks"]:
        name = declared["name"]
        try:
            understood = assertion(declared["assert"])
            _refuse_over_communes(facts, understood.text, COMMUNES in understood.names)
        except Refused as error:
            raise Wrong(where, f"checks.{name}", Text(
                f"le contrôle {name} : {error.text.fr}", f"the check {name}: {error}"
            )) from error  # fmt: skip
        if name in made:
            raise Wrong(where, f"checks.{name}", Text(
                f"deux contrôles s'appellent {name}. Renommez l'un des deux.",
                f"two checks are named {name}. Rename one of them.",
            ))  # fmt: skip
        made[name] = Check(name, understood, declared.get("severity", "block") == "block")
    return tuple(made.values())


def _refuse_over_communes(facts: dict[str, Any], text: str, asked: bool) -> None:
    """Communes share the value of wider areas, and their rates are not added."""
    native = facts["geography"]["native"]
    if asked and native not in ("commune", "iris"):
        raise Refused(f"“{text}” asks for values of communes; this one is about {native}.")
    if asked and "sum(" in text and facts["aggregation"]["rule"] != "sum":
        raise Refused(
            f"“{text}” adds up communes, and what is measured is not summed over places. "
            "Compare with min(communes) and max(communes)."
        )


def _term(facts: dict[str, Any] | None) -> Term | None:
    return (
        Term(facts["dataset"], facts["column"], facts["agg"], facts.get("where", ""))
        if facts
        else None
    )


def _made(facts: dict[str, Any], checks: tuple[Check, ...]) -> Indicator:
    measure, unit, time = facts["measure"], facts["unit"], facts["time"]
    quality, geography = facts["quality"], facts["geography"]
    shown, rank = facts.get("presentation", {}), facts["comparators"].get("rank", {})
    numerator = _term(measure["numerator"])
    assert numerator is not None
    return Indicator(
        id=facts["id"], version=facts["version"], status=facts["status"],
        label=Text.of(facts["label"]), definition=Text.of(facts["definition"]),
        universe=Text.of(facts["universe"]), kind=facts["kind"],
        symbol=unit["symbol"], unit_code=unit["code"], decimals=unit["decimals"],
        difference=unit.get("difference", "relative"),
        polarity=facts.get("polarity", "neutral"),
        numerator=numerator, denominator=_term(measure.get("denominator")),
        upper=_term(measure.get("upper")),
        units=_term(measure.get("units")), scale=measure.get("scale", 1.0),
        relative_to=measure.get("relative_to", ""), rule=facts["aggregation"]["rule"],
        native=geography["native"], absent=geography.get("absent", "unknown"),
        min_gap_years=years(time.get("min_gap_for_change", "P1Y")),
        breaks=tuple((b["at"], Text.of(b["why"])) for b in time.get("breaks", ())),
        sampled=quality["sampling"], fragile_below=quality.get("fragile_below", 0),
        reliable_from=quality.get("reliable_from", 0),
        caveat=Text.of(quality["caveat"]) if "caveat" in quality else None,
        regime=facts["secrecy"]["regime"],
        not_with=tuple(
            (n["indicator"], Text.of(n["why"])) for n in facts["comparability"]["not_with"]
        ),
        citation=Text.of(facts["sources"][0]["citation"]), licence=facts["sources"][0]["licence"],
        producer=facts["sources"][0]["producer"],
        title=Text.of(facts["sources"][0]["title"]),
        chapter=shown.get("chapter", ""), order=shown.get("order", 100),
        cadrage=shown.get("cadrage", 0),
        to_load=Text.of(shown["to_load"]) if "to_load" in shown else None,
        noun=Text.of(facts["noun"]) if "noun" in facts else None,
        rank_order=rank.get("order", "desc"), min_units=rank.get("min_units", 5),
        checks=checks, digest=_digest(facts), raw=facts,
    )  # fmt: skip


def _digest(facts: dict[str, Any]) -> str:
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2s(text.encode(), digest_size=16).hexdigest()


def read(path: Path) -> Indicator:
    """Read one declaration file (TOML).

    Raises:
        Refused: the file is not TOML, or the declaration is refused.
    """
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path.name} is not a TOML file ({error}). Correct that line.") from error
    made = declare(facts, path.name)
    if made.id != path.stem:
        raise Refused(f"{path.name} declares the id {made.id}. Give the file the same name.")
    return made
