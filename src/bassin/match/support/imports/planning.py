"""The fate of each row before anything is written: new, joined, doubtful, refused and why. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from bassin.letters import spaced
from bassin.match.support.imports.columns import KEEP, LEAVE
from bassin.taxonomies.siret import digits, is_siren, is_siret

_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})")
_FRENCH = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
LONGEST = {"firm_name": 200, "title": 160, "contact_name": 120, "function": 120,
           "contact_telephone": 30, "task": 200}  # fmt: skip


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    JOINED = "joined"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"
    LEFT = "left"  # a person said so


@dataclass(frozen=True, slots=True)
class Known:
    """A case that is there already, of the organisation that brings the table in."""

    pk: int
    firm_name: str
    siren: str
    title: str


@dataclass(slots=True)
class Row:
    """A row as it is understood: its fields, its fate, why, and the case or row it may join."""

    number: int
    said: dict[str, str]
    days: dict[str, date] = field(default_factory=dict)
    fate: Fate = Fate.NEW
    why: str = ""
    case: int | None = None
    row: int | None = None

    @property
    def siren(self) -> str:
        """The legal unit, when the row says it."""
        return self.said.get("siret", "")[:9] or self.said.get("siren", "")

    @property
    def same(self) -> tuple[str, str]:
        """What makes two rows one need of one firm."""
        return (self.siren or spaced(self.said["firm_name"]), spaced(self.said["title"]))


def day(said: str) -> date | None:
    """A day as spreadsheets write it; None when it is none."""
    found = _ISO.match(said) or _FRENCH.match(said)
    if found is None:
        return None
    parts = [int(each) for each in found.groups()]
    try:
        return date(*(parts if found.re is _ISO else reversed(parts)))
    except ValueError:
        return None


def plan(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    mapping: Mapping[str, str],
    known: Iterable[Known],
    choices: Mapping[str, str],
    oldest: date,
    today: date,
) -> list[Row]:
    """What would become of each row; `choices` are what a person decided, by number of row.

    Args:
        oldest: a last contact before that day is too old to be kept.
    """
    cases = list(known)
    read = [_read(number, headers, row, mapping) for number, row in enumerate(rows, 1)]
    seen: dict[tuple[str, str], int] = {}
    for row in read:
        _judge(row, oldest, today)
        if row.fate == Fate.REFUSED:
            continue
        _compare(row, cases, seen)
        _decide(row, choices.get(str(row.number), ""), cases)
        if row.fate == Fate.NEW:
            seen.setdefault(row.same, row.number)
    return read


def _read(
    number: int, headers: Sequence[str], row: Sequence[str], mapping: Mapping[str, str]
) -> Row:
    said: dict[str, str] = {}
    kept = []
    for place, cell in enumerate(row):
        meaning = mapping.get(str(place), KEEP)
        if not cell.strip() or meaning == LEAVE:
            continue
        if meaning == KEEP:
            title = headers[place] if place < len(headers) else ""
            kept.append(f"{title or place + 1} : {cell.strip()}")
        else:
            said[meaning] = cell.strip()
    for name, longest in LONGEST.items():
        if len(said.get(name, "")) > longest:
            kept.append(said[name])
            said[name] = f"{said[name][: longest - 1]}…"
    made = Row(number, said)
    _days(made, kept)
    said["more"] = "\n".join(kept)
    return made


def _days(row: Row, kept: list[str]) -> None:
    """The days of a row; what is no day is kept in words."""
    for name in ("asked_on", "last_on", "task_on"):
        words = row.said.pop(name, "")
        found = day(words)
        if found is not None:
            row.days[name] = found
        elif words:
            kept.append(words)


def _judge(row: Row, oldest: date, today: date) -> None:
    """Refuse what cannot be a case, in words that say what to change."""
    said = row.said
    said["siret"], said["siren"] = digits(said.get("siret", "")), digits(said.get("siren", ""))
    said["firm_name"] = said.get("firm_name", "") or said["siret"] or said["siren"]
    said["title"] = said.get("title") or _("Followed before this table was brought in")
    last = max((on for name, on in row.days.items() if name != "task_on"), default=today)
    if not said["firm_name"]:
        row.why = _("no name, no SIRET")
    elif said["siret"] and not is_siret(said["siret"]):
        row.why = _("SIRET {number}: a digit is wrong").format(number=said["siret"])
    elif said["siren"] and not is_siren(said["siren"]):
        row.why = _("SIREN {number}: a digit is wrong").format(number=said["siren"])
    elif last < oldest:
        row.why = _("last contact over three years ago: it must not be kept")
    elif any(on > today for name, on in row.days.items() if name != "task_on"):
        row.why = _("a contact on a day still to come")
    if row.why:
        row.fate = Fate.REFUSED


def _compare(row: Row, cases: Sequence[Known], seen: Mapping[tuple[str, str], int]) -> None:
    """Whether it is a case that is there, or a row above, or may be."""
    if row.same in seen:
        row.fate, row.row = Fate.JOINED, seen[row.same]
        row.why = _("the same firm and need as row {number}").format(number=row.row)
        return
    same_name = spaced(row.said["firm_name"])
    for case in cases:
        is_firm = bool(row.siren) and row.siren == case.siren
        if is_firm and spaced(case.title) == spaced(row.said["title"]):
            row.fate, row.case = Fate.JOINED, case.pk
            row.why = _("the same firm and need as case {number}").format(number=case.pk)
            return
        if row.case is None and (is_firm or spaced(case.firm_name) == same_name):
            row.fate, row.case = Fate.DOUBTFUL, case.pk
            row.why = _("case {number} may be the same: {title}").format(
                number=case.pk, title=case.title
            )


def _decide(row: Row, choice: str, cases: Sequence[Known]) -> None:
    """What a person said of this row."""
    if choice == "leave":
        row.fate = Fate.LEFT
    elif row.fate == Fate.DOUBTFUL and choice == "new":
        row.fate, row.case = Fate.NEW, None
    elif row.fate == Fate.DOUBTFUL and choice == "join":
        row.fate = Fate.JOINED
