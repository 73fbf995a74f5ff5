"""Openings of proceedings: one signal for each failure, in the two definitions published in France.

`opening`: safeguard, receivership or direct liquidation, once per firm within twelve months.
`bdf`: as the Banque de France counts, without safeguards, by the day of the judgment. Conversions,
plans and closures are no failures; a notice that was corrected or cancelled no longer counts.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bassin.observe.watch.signals.signal import (
    Evidence,
    Kind,
    Look,
    Reliability,
    Signal,
    blind,
    news,
)

SOURCE = "failures"
YEAR = timedelta(days=365)
DEFINITIONS = ("opening", "bdf")


@dataclass(frozen=True, slots=True)
class Notice:
    """One firm of one notice, as the table of notices has it."""

    notice_id: str
    firm_number: int
    siren: str | None
    company_name: str | None
    published_on: date
    judged_on: date | None
    kind: str
    nature: str | None
    is_opening: bool
    is_correction: bool
    is_cancellation: bool
    previous_id: str | None
    court: str | None = None
    postal_code: str | None = None
    city: str | None = None

    @property
    def on(self) -> date:
        """The day of the judgment, else that of the notice."""
        return self.judged_on or self.published_on

    @property
    def firm(self) -> str:
        """Whose notices go together."""
        return self.siren or self.notice_id


@dataclass(frozen=True, slots=True)
class Opening:
    """A failure: the notice that opens it, the first notice behind it, and what came after."""

    notice: Notice
    root: str
    definitions: tuple[str, ...]
    later: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Firm:
    """What is known here of a firm: its places, whether its identity is hidden, its head office.

    `seat` is the commune of the head office when it is here, by which failures are counted.
    """

    sites: tuple[str, ...]
    communes: tuple[str, ...]
    naf_code: str
    name: str
    is_hidden: bool
    seat: str = ""


def in_force(notices: Iterable[Notice]) -> list[Notice]:
    """Those that no later notice corrects or cancels, in order."""
    every = list(notices)
    replaced = {
        each.previous_id for each in every
        if each.previous_id and (each.is_correction or each.is_cancellation)
    }  # fmt: skip
    kept = [
        each for each in every if each.notice_id not in replaced and not each.is_cancellation
    ]  # fmt: skip
    return sorted(kept, key=lambda each: (each.on, each.notice_id, each.firm_number))


def openings(notices: Iterable[Notice]) -> list[Opening]:
    """The failures that notices tell, oldest first: those that count in one definition at least."""
    every = list(notices)
    known = {each.notice_id: each for each in every}
    standing = in_force(every)
    after = _after(standing)
    last: dict[str, date] = {}
    last_alike: dict[tuple[str, bool], date] = {}
    found: list[Opening] = []
    for each in standing:
        if not each.is_opening:
            continue
        safeguard = each.kind == "safeguard"
        before, alike = last.get(each.firm), last_alike.get((each.firm, safeguard))
        counted = [
            *(["opening"] if before is None or each.on - before > YEAR else []),
            *(["bdf"] if not safeguard and each.judged_on is not None
              and (alike is None or each.on - alike > YEAR) else []),
        ]  # fmt: skip
        last[each.firm] = last_alike[each.firm, safeguard] = each.on
        if counted:
            later = tuple(one for one in after.get(each.siren or "", ()) if one.on >= each.on)
            found.append(Opening(each, _root(each, known), tuple(counted), later))
    return found


def _after(standing: Iterable[Notice]) -> dict[str, list[Notice]]:
    """What was judged of each firm that a number tells, without what opens a proceeding."""
    found: dict[str, list[Notice]] = {}
    for each in standing:
        if each.siren and not each.is_opening:
            found.setdefault(each.siren, []).append(each)
    return found


def _root(notice: Notice, known: Mapping[str, Notice]) -> str:
    """The first notice behind one that corrects it: a correction makes no second signal."""
    seen = {notice.notice_id}
    root = notice.notice_id
    before = notice.previous_id if notice.is_correction else None
    while before and before not in seen:
        seen.add(before)
        root = before
        older = known.get(before)
        before = older.previous_id if older is not None and older.is_correction else None
    return root


def look(
    notices: Collection[Notice] | None,
    firms: Mapping[str, Firm],
    placed: Mapping[tuple[str, int], str],
    until: date | None,
) -> Look:
    """The openings of firms that have a place here.

    Args:
        notices: None when no notice is loaded.
        firms: by SIREN, those with a local establishment.
        placed: the commune of firms that the register does not know, by notice and rank, from
            the address in the notice.
        until: the day of the last notice.
    """
    if notices is None:
        return blind("openings", SOURCE)
    found = [
        signal for each in openings(notices) if (signal := _signal(each, firms, placed)) is not None
    ]
    return news("openings", SOURCE, found, until)


def _signal(
    opening: Opening, firms: Mapping[str, Firm], placed: Mapping[tuple[str, int], str]
) -> Signal | None:
    notice = opening.notice
    firm = firms.get(notice.siren or "")
    commune = placed.get((notice.notice_id, notice.firm_number), "")
    if firm is None and not commune:
        return None
    # Only a firm that the register shows, or that the notice calls a company, is known by a number.
    shown = not firm.is_hidden if firm else bool(notice.company_name)
    siren = notice.siren or "" if shown else ""
    return Signal(
        Kind.OPENING,
        "firm" if siren else "notice",
        siren or f"{opening.root}-{notice.firm_number}",
        opening.root,
        notice.on,
        SOURCE,
        Reliability.ACT,
        evidence=tuple(_evidence(each) for each in (notice, *opening.later)),
        siren=siren,
        name=((firm.name if firm else "") or notice.company_name or "") if shown else "",
        sites=firm.sites if firm else (),
        communes=firm.communes if firm else (commune,),
        naf_code=firm.naf_code if firm else "",
        definitions=opening.definitions,
    )


def _evidence(notice: Notice) -> Evidence:
    facts = {
        "notice": notice.notice_id, "kind": notice.kind, "nature": notice.nature or "",
        "court": notice.court or "", "published": notice.published_on.isoformat(),
        "corrects": bool(notice.is_correction),
    }  # fmt: skip
    return Evidence("notice", notice.on, facts)
