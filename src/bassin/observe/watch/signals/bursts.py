"""Bursts: many failures, or closures, at once in an activity or a commune, against its own past.

Four ISO weeks are counted, and set against the same weeks of the three years before. A burst that
goes on is one signal, known by the week in which it began.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bassin.observe.watch.signals.robust import YEARS, Judged, judge, rises
from bassin.observe.watch.signals.signal import (
    Evidence,
    Kind,
    Look,
    Reliability,
    Sight,
    Signal,
    blind,
    news,
)

_ABOUT = {
    Kind.BURST: ("bursts", "failures"), Kind.CLOSURES: ("closures", "establishments_shown"),
}  # fmt: skip
"""The look of each kind, and the table behind it."""

WEEKS = 4
LOOKED_AT = 26
"""Weeks looked back: a burst that lasts longer begins again."""

FEWEST = 5
"""Failures below which nothing is told: by chance three may come together."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week, by its number: 2026-W44."""

    year: int
    week: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week of a day."""
        year, week, _day = day.isocalendar()
        return cls(year, week)

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.week, 1)

    def years_before(self, count: int) -> "Week":
        """The same week of an earlier year; a 53rd one is the last of a year that has none."""
        year = self.year - count
        last = date(year, 12, 28).isocalendar().week
        return Week(year, min(self.week, last))

    def __str__(self) -> str:
        return f"{self.year}-W{self.week:02d}"


def last_whole(until: date) -> Week:
    """The last week that is over on a day, that day included."""
    return Week.of(until - timedelta(days=6))


def _before(week: Week, count: int) -> Week:
    return Week.of(week.monday - count * _WEEK)


def counted(weeks: Mapping[Week, int], end: Week) -> Judged:
    """The four weeks that end with one, and the same of the years before."""
    values = [
        sum(weeks.get(_before(last, each), 0) for each in range(WEEKS))
        for last in (end.years_before(count) for count in range(YEARS + 1))
    ]
    return judge(values[0], values[1:])


def look(
    events: Mapping[tuple[str, str], Sequence[date]] | None,
    since: date | None,
    until: date | None,
    fewest: int = FEWEST,
    *,
    kind: Kind = Kind.BURST,
) -> Look:
    """The bursts of some groups ("activity", "62" or "commune", its code).

    Args:
        events: the day of each failure (or closure) of each group; None when none is loaded.
        since: the first day of the notices: before it there is no past to compare with.
        fewest: raised to what secrecy asks, if that is more.
        kind: of what they are bursts.
    """
    of, source = _ABOUT[kind]
    if events is None or since is None or until is None:
        return blind(of, source)
    end = last_whole(until)
    first = _before(_before(end, LOOKED_AT).years_before(YEARS), WEEKS)
    if first.monday < since:
        return Look(of, Sight.SHORT, (), since, until, source)
    found = [
        signal
        for (subject, key), days in sorted(events.items())
        for signal in _bursts(kind, subject, key, days, end, fewest)
    ]
    return news(of, source, found, until)


def _bursts(
    kind: Kind, subject: str, key: str, days: Sequence[date], end: Week, fewest: int
) -> Iterator[Signal]:
    weeks = Counter(Week.of(day) for day in days)
    ends = [_before(end, back) for back in range(LOOKED_AT, -1, -1)]
    judged = [(week, counted(weeks, week)) for week in ends]
    hot = [index for index, (_week, one) in enumerate(judged) if rises(one, fewest)]
    for run in _runs(hot):
        begins = judged[run[0]][0]
        last, worst = judged[run[-1]][0], max((judged[each][1] for each in run), key=_most)
        facts = {
            "first": str(begins), "last": str(last), "weeks": WEEKS, "count": worst.value,
            "baseline": list(worst.baseline), "middle": worst.middle, "z": round(worst.z, 1),
        }  # fmt: skip
        over = last.monday + timedelta(days=6)
        yield Signal(
            kind, subject, key, str(begins), over, _ABOUT[kind][1], Reliability.COMPUTED,
            evidence=(Evidence("count", over, facts),),
            communes=(key,) if subject == "commune" else (),
            naf_code=key if subject == "activity" else "",
        )  # fmt: skip


def _most(one: Judged) -> float:
    return one.z


def _runs(found: Sequence[int]) -> list[list[int]]:
    """Numbers that follow each other, together."""
    runs = [[found[0]]] if found else []
    for before, each in pairwise(found):
        if each == before + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs
