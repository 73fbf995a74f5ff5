"""The claims of an authority, as its `claims.toml` declares them: what is stated, where, and how
each is to be judged. Everything here is data; the rules are in `judge.py`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.observe.observatory.claims.arithmetic import Interval, evaluate, interval, written
from bassin.types import Text

FILE = "claims.toml"
KINDS = ("indicator", "count", "places", "statement", "other_measure", "none")
READS = ("value", "share", "gap", "rank", "change")
_TEXTS = ("label", "unit", "one", "perimeter", "to_load", "why", "source")
_PLAIN = (
    "id", "stated", "approximate", "period", "since", "place", "of", "quote", "measure",
    "indicator", "reads", "kind", "factor", "counts", "published",
)  # fmt: skip
_LISTS = ("documents", "nearest", "checks", "remarks", "also")
_NEEDED = ("id", "label", "stated", "unit", "documents", "quote")


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence with numbers computed from claims; `compute` maps its names to expressions."""

    says: Text
    compute: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Check:
    """What other claims imply for this one; when no rounding explains the gap, it is said."""

    expression: str
    says: Text
    compute: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Also:
    """The same figure stated elsewhere: in one of the documents, or in `where`.

    A `draft` is an earlier version of the document: it is said, and contradicts nothing.
    """

    stated: str
    document: str
    where: Text | None
    note: Text
    draft: bool


@dataclass(frozen=True, slots=True)
class Implied:
    """What a claim implies of a figure nobody states, with the bounds that rounding leaves."""

    expression: str
    what: Text
    decimals: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One stated figure. See docs/claims.md for each field.

    `stated` keeps the digits as written, with a decimal point. `measure` is the indicator whose
    row of the framing table shows it; `indicator` the one that judges it (the same by default).
    """

    id: str
    label: Text
    stated: str
    unit: Text
    documents: tuple[str, ...]
    quote: str
    approximate: bool = False
    period: str = ""
    since: str = ""
    place: str = ""
    of: str = ""
    one: Text | None = None  # the unit in the singular
    perimeter: Text | None = None
    measure: str = ""
    indicator: str = ""
    reads: str = "value"
    kind: str = "indicator"
    factor: float = 1.0
    counts: str = ""
    published: str = ""
    source: Text | None = None
    to_load: Text | None = None
    why: Text | None = None
    nearest: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    remarks: tuple[Remark, ...] = ()
    also: tuple[Also, ...] = ()
    implies: Implied | None = None

    @property
    def amount(self) -> float:
        """The stated figure as a number."""
        return float(self.stated)

    @property
    def interval(self) -> Interval:
        """What it may stand for, given its last digit."""
        return interval(self.stated, approximate=self.approximate)


@dataclass(frozen=True, slots=True)
class Book:
    """All claims of an authority, its documents by id, and lists transcribed from them."""

    claims: tuple[Claim, ...]
    documents: Mapping[str, Text]
    transcripts: Mapping[str, tuple[str, ...]]
    intervals: Mapping[str, Interval] = field(default_factory=dict)

    def document(self, claim: Claim) -> Text:
        """The documents that state a claim."""
        titles = [self.documents[each] for each in claim.documents]
        return Text(" ; ".join(t.fr for t in titles), "; ".join(t.say("en") for t in titles))


def path_of(var: Path) -> Path:
    """Where an authority puts its claims."""
    return var / "authority" / FILE


def read(var: Path) -> Book | None:
    """The claims of an installation; None when the authority wrote no file.

    Raises:
        Refused: the file is damaged; the sentence says which claim and what to correct.
    """
    path = path_of(var)
    return _read(path, path.stat().st_mtime_ns) if path.exists() else None


@lru_cache(maxsize=8)
def _read(path: Path, _written_at: int) -> Book:
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
        claims = tuple(_claim(one) for one in facts["claims"])
        book = Book(
            claims,
            {one["id"]: Text.of(one["title"]) for one in facts["documents"]},
            {one["id"]: tuple(one["items"]) for one in facts.get("transcripts", ())},
            {claim.id: claim.interval for claim in claims},
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise Refused(
            f"{path} cannot be read ({error}). Compare it with docs/claims.md."
        ) from error
    _check(path, book)
    return book


def _claim(facts: dict[str, Any]) -> Claim:
    name = facts.get("id", "a claim without id")
    unknown = set(facts) - {*_TEXTS, *_PLAIN, *_LISTS, "implies"}
    missing = [key for key in _NEEDED if key not in facts]
    if unknown or missing:
        said = f"has no {missing[0]}" if missing else f"has an unknown key “{min(unknown)}”"
        raise Refused(f"{name} {said}. Correct it in {FILE}; see docs/claims.md.")
    given: dict[str, Any] = {key: Text.of(facts[key]) for key in _TEXTS if key in facts}
    given |= {key: facts[key] for key in _PLAIN if key in facts}
    given.setdefault("indicator", facts.get("measure", ""))
    written(facts["stated"])
    checks = tuple(
        Check(c["expression"], Text.of(c["says"]), c.get("compute", {}))
        for c in facts.get("checks", ())
    )
    remarks = tuple(
        Remark(Text.of(r["says"]), r.get("compute", {})) for r in facts.get("remarks", ())
    )
    return Claim(
        **given, documents=tuple(facts["documents"]),
        nearest=tuple(facts.get("nearest", ())), checks=checks, remarks=remarks,
        also=tuple(_also(one) for one in facts.get("also", ())),
        implies=_implied(facts.get("implies")),
    )  # fmt: skip


def _also(facts: dict[str, Any]) -> Also:
    where = Text.of(facts["where"]) if "where" in facts else None
    note = Text.of(facts["note"])
    return Also(facts["stated"], facts.get("document", ""), where, note, facts.get("draft", False))


def _implied(facts: dict[str, Any] | None) -> Implied | None:
    if facts is None:
        return None
    return Implied(facts["expression"], Text.of(facts["what"]), facts.get("decimals", 0))


def _check(path: Path, book: Book) -> None:
    """Refuse what would only fail on a page: unknown names, wrong kinds, damaged expressions."""
    seen: set[str] = set()
    for claim in book.claims:
        try:
            _check_claim(claim, book)
        except Refused as error:
            raise Refused(f"{path}: {claim.id}: {error} See docs/claims.md.") from error
        if claim.id in seen:
            raise Refused(f"{path}: {claim.id} stands there twice. Rename one of them.")
        seen.add(claim.id)


def _check_claim(claim: Claim, book: Book) -> None:
    if claim.kind not in KINDS or claim.reads not in READS:
        raise Refused(f"kind “{claim.kind}” or reads “{claim.reads}” is not known.")
    named = [*claim.documents, *(each.document for each in claim.also if each.document)]
    for document in named:
        if document not in book.documents:
            raise Refused(f"document “{document}” is not among [[documents]].")
    if claim.kind == "other_measure" and claim.why is None:
        raise Refused("a figure that compares with nothing needs its `why`.")
    if claim.kind == "statement" and not (claim.published and claim.source):
        raise Refused("a published statement needs `published` and `source`.")
    if claim.kind == "indicator" and not claim.indicator:
        raise Refused("name the indicator that judges it, or set its kind.")
    for each in claim.also:
        written(each.stated)
    expressions = [check.expression for check in claim.checks]
    expressions += [claim.implies.expression] if claim.implies else []
    computed = [check.compute for check in claim.checks]
    computed += [remark.compute for remark in claim.remarks]
    for compute in computed:
        expressions += compute.values()
    for expression in expressions:
        evaluate(expression, book.intervals)
