"""From answers to the declaration: the same facts that a person would write by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bassin.observe.opendata.declaring.answers import (
    MEAN,
    MEDIAN,
    RATIO,
    ROWS,
    SUM,
    VALUE,
    Answers,
    Part,
)
from bassin.observe.opendata.declaring.conditions import Condition, where
from bassin.observe.opendata.declaring.offered import PLACE, Offered
from bassin.types import Text

STEWARD = "observatoire-economique"
_LEVELS = ["commune", "ept", "epci", "departement", "metropole", "region", "france"]
_CODES = {
    "%": "PERCENT", "€": "EUR", "€/hab.": "EUR_PER_INHABITANT", "€/m²": "EUR_PER_M2",
    "km²": "KM2", "": "RATIO",
}  # fmt: skip

Facts = dict[str, Any]


def facts(
    answers: Answers,
    offered: Offered,
    *,
    author: str,
    version: int = 1,
    status: str = "published",
    history: Sequence[Mapping[str, Any]] = (),
) -> Facts:
    """The declaration that the answers give.

    Args:
        author: the authority, whose computation is quoted.
        history: of each version, its number, its day and its reason.

    Raises:
        Refused: a condition cannot be understood.
    """
    made: Facts = {
        "id": answers.name, "version": version, "status": status, **_words(answers),
        "kind": _kind(answers), "polarity": answers.polarity, "unit": _unit(answers),
        "sources": [_source(offered, author)], "time": _time(answers, offered),
        "geography": _geography(answers, offered),
        "comparators": _COMPARATORS,
        "quality": _quality(answers, offered), "secrecy": _secrecy(answers),
        "comparability": {"not_with": []},
        "access": {"visibility": answers.visibility, "steward": STEWARD, "review_every": "P1Y"},
        "presentation": {**_SHOWN, "chapter": answers.chapter, "to_load": _both(offered.title)},
        "checks": _checks(answers), "measure": measure(answers, offered),
        "aggregation": {"rule": answers.rule, "note": _NOTES[answers.rule]},
    }  # fmt: skip
    return {**made, "history": [dict(each) for each in history]} if history else made


_SHOWN = {"order": 90, "card": False, "charts": ["strip", "line", "map"]}
_COMPARATORS = {
    "containers": ["metropole", "region", "france"], "peers": "default",
    "rank": {"within": "default", "order": "desc", "min_units": 5},
}  # fmt: skip


def _words(answers: Answers) -> Facts:
    """How it is called, and what it is."""
    made = {
        "label": _text(answers.label_fr, answers.label_en),
        "definition": _text(answers.definition_fr, answers.definition_en),
        "universe": _text(answers.universe_fr, answers.universe_en),
        "topics": [f"{answers.chapter}.{answers.name}"],
    }
    noun = answers.noun_fr
    return {**made, "noun": _text(noun, answers.noun_en)} if noun else made


def changed(version: int, on: date, why_fr: str, why_en: str = "") -> Facts:
    """One line of the history of a declaration."""
    return {"version": version, "on": on.isoformat(), "why": _text(why_fr, why_en)}


_NOTES: Mapping[str, Facts] = {
    "sum": {"fr": "Somme des communes.", "en": "Sum of the communes."},
    "recompute_from_parts": {
        "fr": "Somme des numérateurs sur somme des dénominateurs ; jamais la moyenne des communes.",
        "en": "Sum of numerators over sum of denominators; never the mean of the communes.",
    },
    "published_only": {
        "fr": "Valeur publiée pour chaque commune : ni additionnée, ni moyennée.",
        "en": "Value published for each commune: neither added nor averaged.",
    },
}


def measure(answers: Answers, offered: Offered) -> Facts:
    """How it is computed."""
    first = _term(answers.part, offered, _AGG[answers.what])
    made: Facts = {"numerator": first}
    if answers.what == RATIO:
        whole = answers.whole
        made["denominator"] = _term(whole, offered, "sum" if whole.column else "count")
        if answers.part.column == "":
            first["agg"] = "count"
        if answers.unit == "%":
            made["scale"] = 100
    if answers.what == MEAN:
        # Rows where nothing is written are in neither term: they would pull the mean down.
        filled = Condition(answers.part.column, "filled")
        known = _and(first.get("where", ""), where([filled], offered.columns))
        made["denominator"] = {**first, "column": PLACE, "agg": "count", "where": known}
    if answers.regime != "already_protected":
        made["units"] = _units(answers, offered, first)
    return made


_AGG = {ROWS: "count", SUM: "sum", RATIO: "sum", MEAN: "sum", VALUE: "value", MEDIAN: "median"}


def _term(part: Part, offered: Offered, agg: str) -> Facts:
    column = PLACE if agg == "count" else part.column or PLACE
    term = {"dataset": part.table or offered.key, "column": column, "agg": agg}
    condition = where(part.conditions, offered.columns, part.join)
    return {**term, "where": condition} if condition else term


def _units(answers: Answers, offered: Offered, first: Facts) -> Facts:
    """Who stands behind the figure: the rows that it is made of, or a column that counts them."""
    made = {"dataset": offered.key, "column": answers.units or PLACE,
            "agg": "sum" if answers.units else "count"}  # fmt: skip
    condition = first.get("where", "")
    if not answers.units and first["agg"] != "count":
        filled = Condition(first["column"], "filled")
        condition = _and(condition, where([filled], offered.columns))
    return {**made, "where": condition} if condition else made


def _and(one: str, other: str) -> str:
    if not one:
        return other
    return f"({one}) and {other}" if " or " in one else f"{one} and {other}"


def _kind(answers: Answers) -> str:
    if answers.what == VALUE:
        # A published rate has no parts here: its value is read as it is.
        return "index" if answers.unit in ("%", "") else "mean"
    kinds = {ROWS: "count", SUM: "sum", RATIO: "ratio", MEAN: "mean", MEDIAN: "median"}
    return kinds[answers.what]


def _unit(answers: Answers) -> Facts:
    code = _CODES.get(answers.unit, "COUNT")
    return {"code": code, "symbol": answers.unit, "decimals": answers.decimals,
            "difference": answers.difference}  # fmt: skip


def _source(offered: Offered, author: str) -> Facts:
    title = _both(offered.title)
    quoted = {
        "fr": f"{offered.publisher}, {offered.title.fr} {{vintage}} ; calcul : {author}",
        "en": f"{offered.publisher}, {offered.title.say('en')} {{vintage}}; computed by {author}",
    }
    made = {"producer": offered.publisher, "title": title["fr"], "licence": offered.licence,
            "citation": quoted, "processing": "minor"}  # fmt: skip
    return {**made, "url": offered.page} if offered.page else made


def _time(answers: Answers, offered: Offered) -> Facts:
    made: Facts = {"frequency": "P1Y", "vintage": "latest", "min_gap_for_change": "P1Y"}
    if offered.like is not None:
        known = offered.like.raw["time"]
        made |= {k: known[k] for k in ("frequency", "window", "min_gap_for_change") if k in known}
    if answers.break_at:
        why = _text(answers.break_fr, answers.break_en)
        made["breaks"] = [{"at": answers.break_at, "why": why}]
    return made


def _geography(answers: Answers, offered: Offered) -> Facts:
    published = answers.rule == "published_only"
    cog = offered.like.raw["geography"]["cog"] if offered.like else 2026
    made = {"native": "commune", "levels": ["commune"] if published else _LEVELS, "cog": cog,
            "crosswalk": "none"}  # fmt: skip
    return {**made, "absent": "zero"} if answers.absent == "zero" and not published else made


def _quality(answers: Answers, offered: Offered) -> Facts:
    """Its limits: those of the table, where another figure tells them."""
    like = offered.like
    made: Facts = {"sampling": answers.sampled}
    if like is not None and like.sampled:
        made = {k: v for k, v in like.raw["quality"].items() if k != "caveat"}
        made["caveat"] = like.raw["quality"]["caveat"]
    elif answers.sampled:
        made["fragile_below"] = answers.fragile_below
    if answers.caveat_fr:
        made["caveat"] = _text(answers.caveat_fr, answers.caveat_en)
    return made


def _secrecy(answers: Answers) -> Facts:
    made: Facts = {"regime": answers.regime}
    if answers.waiver_fr and answers.regime != "already_protected":
        made["waiver"] = _text(answers.waiver_fr, answers.waiver_en)
    return made


def _checks(answers: Answers) -> list[Facts]:
    """What would be wrong, by what is measured."""
    severity = "block" if answers.what == ROWS else "warn"
    found = [{"name": "positive", "assert": "value >= 0", "severity": severity}]
    if answers.rule == "sum":
        found.append(
            {"name": "parts_to_whole", "assert": "abs(sum(communes) - value) <= 0.5",
             "severity": "block"}
        )  # fmt: skip
    if answers.unit == "%":
        found.append({"name": "bounds", "assert": "0 <= value <= 100", "severity": "warn"})
    return found


def _text(fr: str, en: str) -> Facts:
    return {"fr": fr, "en": en} if en else {"fr": fr}


def _both(text: Text) -> Facts:
    return _text(text.fr, text.en)
