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
from bassin.indicators.secrecy.regimes import Regime, regime
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
    def is_public(self) -> bool:
        """Whether it is given to everyone: no draft, and not kept closer by its declaration."""
        return self.status != "draft" and self.raw.get("access", {}).get("visibility") == "public"

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
    _refuse_aggregation(facts, where)
    validator = jsonschema.Draft202012Validator(schema())
    error = next(iter(sorted(validator.iter_errors(facts), key=lambda e: list(e.path))), None)
    if error is not None:
        place = ".".join(str(part) for part in error.absolute_path) or "the declaration"
        raise Refused(f"{where}: {place}: {error.message}. See docs/indicators.md.")
    _refuse_nonsense(facts, where)
    return _made(facts, _checks(facts, where))


def _refuse_aggregation(facts: dict[str, Any], where: str) -> None:
    """Say in words what the schema would only refuse: adding rates, aggregating medians."""
    kind = facts.get("kind")
    aggregation = facts.get("aggregation")
    rule = aggregation.get("rule") if isinstance(aggregation, dict) else None
    if kind == "ratio" and rule in ("sum", "none"):
        raise Refused(
            f"{where}: rates are not added. Declare a numerator and a denominator, and "
            'aggregation.rule = "recompute_from_parts" (or "published_only").'
        )
    if kind == "median" and rule != "published_only":
        raise Refused(
            f"{where}: a median of several places is neither the sum nor the mean of their "
            'medians. Set aggregation.rule = "published_only".'
        )


def _refuse_nonsense(facts: dict[str, Any], where: str) -> None:
    """Rules that a schema cannot say."""
    measure, unit = facts["measure"], facts["unit"]
    numerator, denominator = measure["numerator"], measure.get("denominator")
    if denominator and denominator["dataset"] != numerator["dataset"]:
        raise Refused(
            f"{where}: the numerator comes from {numerator['dataset']} and the denominator from "
            f"{denominator['dataset']}. A ratio takes both from one dataset and one exploitation; "
            "derive a table that holds both."
        )
    if unit["symbol"] == "%" and unit.get("difference") != "points":
        raise Refused(
            f"{where}: a rate in % differs from another by points, not by %. "
            'Set unit.difference = "points".'
        )
    time, sampled = facts["time"], facts["quality"]["sampling"]
    window, gap = time.get("window", "P1Y"), time.get("min_gap_for_change", "P1Y")
    if sampled and _years(gap) < _years(window):
        raise Refused(
            f"{where}: each value rests on {_years(window)} years of surveys, so that two values "
            f"less than {_years(window)} years apart share answers. "
            f'Set time.min_gap_for_change = "{window}" or more.'
        )
    if rule_of(facts["secrecy"]).protects and "units" not in measure:
        raise Refused(
            f"{where}: the secrecy regime {facts['secrecy']['regime']} counts who stands behind a "
            "figure. Declare measure.units: the column that counts firms, taxpayers, …"
        )
    if facts["kind"] == "mean" and facts["aggregation"]["rule"] == "sum":
        raise Refused(f"{where}: means are not added. Recompute from parts, or publish only.")
    if numerator["agg"] in ("median", "value") and facts["aggregation"]["rule"] == "sum":
        raise Refused(f"{where}: a published value is not summed over places.")


def _checks(facts: dict[str, Any], where: str) -> tuple[Check, ...]:
    """The checks of a declaration, each understood; one without a severity blocks."""
    made: dict[str, Check] = {}
    for declared in facts["checks"]:
        name = declared["name"]
        try:
            understood = assertion(declared["assert"])
            _refuse_over_communes(facts, understood.text, COMMUNES in understood.names)
        except Refused as error:
            raise Refused(f"{where}: the check {name}: {error}") from error
        if name in made:
            raise Refused(f"{where}: two checks are named {name}. Rename one of them.")
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


def rule_of(declared: dict[str, Any]) -> Regime:
    """The secrecy rule of a declaration: the law's, or stricter where the declaration says so.

    Raises:
        Refused: the regime is unknown, or the declaration asks for less than the law.
    """
    rule = regime(declared["regime"]).stricter(
        min_units=declared.get("min_units"), dominance_pct=declared.get("dominance")
    )
    return rule.waive_dominance(Text.of(declared["waiver"])) if "waiver" in declared else rule


def _years(duration: str) -> int:
    return int(duration[1:-1]) if duration.endswith("Y") else 0


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
        min_gap_years=_years(time.get("min_gap_for_change", "P1Y")),
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
