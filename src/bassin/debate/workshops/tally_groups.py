"""Answers by group, only where they tell nothing about few people.

Groups whose every cell holds at least `min_group` people stand on their own line; the others are
added up in one line, « the others », which must hold as many: a line is never the difference
between the whole and what is shown. Where two lines cannot stand, a coarser cut is tried, then
nothing is shown at all.

    {"cells": ["agree", "mixed", "disagree"], "rows": [{"group": "Vitry", "counts": [12, 8, 9],
     "n": 29, "pcts": […]}, {"group": None, …the others}], "coarse": true}

Quiz and several choices: one such table an option, {"by_option": {"a": {…} | None}}.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bassin.debate.workshops.tally_shares import Ballot, Result, pct

Cut = tuple[list[str], Callable[[Mapping[str, Any]], str | None]]


def by_group(asked: Mapping[str, Any], ballots: Sequence[Ballot], min_group: int) -> Result | None:
    """The table by group of a question, or None where there is none to show."""
    if not any(each.get("group") for each in ballots):
        return None
    kind = asked["kind"]
    if kind == "quiz" or (kind == "choice" and (asked.get("most") or 1) > 1):
        codes = [option["code"] for option in asked["options"]]
        found = {code: _table(ballots, [_picking(code)], min_group) for code in codes}
        return {"by_option": found} if any(found.values()) else None
    return _table(ballots, _cuts(asked), min_group)


def counts_match(
    asked: Mapping[str, Any], found: Result, ballots: Sequence[Ballot], min_group: int
) -> bool:
    """Whether a table by group adds up to ballots that do not say their group, with no small cell.

    Published ballots never say a group beside an answer: the table is checked by its totals.
    """
    if "by_option" in found:
        tables = found["by_option"].items()
        return all(
            _adds_up(table, [_picking(code)], ballots, min_group) for code, table in tables if table
        )
    return _adds_up(found, _cuts(asked), ballots, min_group)


def _adds_up(table: Result, cuts: Sequence[Cut], ballots: Sequence[Ballot], min_group: int) -> bool:
    cell = next((cell for cells, cell in cuts if cells == table["cells"]), None)
    if cell is None:
        return False
    whole = Counter(cell(each["answer"]) for each in ballots)
    rows, cells = table["rows"], table["cells"]
    sums = [sum(row["counts"][at] for row in rows) for at in range(len(cells))]
    written = [_row(row["group"], Counter(dict(zip(cells, row["counts"], strict=True))), cells)
               for row in rows]  # fmt: skip
    large = all(count >= min_group for row in rows for count in row["counts"])
    return large and sums == [whole[each] for each in cells] and written == list(rows)


def _cuts(asked: Mapping[str, Any]) -> list[Cut]:
    """Ways to sort the ballots of a question into cells, the finest first."""
    if asked["kind"] == "likert":
        three = ["agree", "mixed", "disagree"]
        return [
            ([*three, "cannot_say"], lambda answer: _stance(answer) or "cannot_say"),
            (three, _stance),
            (["agree", "not_agree"], _agreeing),
        ]
    codes = [option["code"] for option in asked["options"]]
    if asked["kind"] == "choice":
        return [(codes, lambda answer: answer.get("picks", [None])[0])]
    if asked["kind"] == "ranking":
        return [(codes, lambda answer: answer.get("order", [None])[0])]
    return []


def _stance(answer: Mapping[str, Any]) -> str | None:
    level = answer.get("level")
    if level is None:
        return None
    return "agree" if level >= 4 else "mixed" if level == 3 else "disagree"


def _agreeing(answer: Mapping[str, Any]) -> str | None:
    stance = _stance(answer)
    return stance if stance in (None, "agree") else "not_agree"


def _picking(code: str) -> Cut:
    def cell(answer: Mapping[str, Any]) -> str | None:
        picks = answer.get("picks")
        return None if picks is None else "picked" if code in picks else "left"

    return ["picked", "left"], cell


def _table(ballots: Sequence[Ballot], cuts: Sequence[Cut], min_group: int) -> Result | None:
    for number, (cells, cell) in enumerate(cuts):
        counts: dict[str, Counter[str]] = {}
        for ballot in ballots:
            found = cell(ballot["answer"])
            if found is not None:
                counts.setdefault(ballot.get("group") or "", Counter())[found] += 1
        rows = _standing(counts, cells, min_group)
        if len(rows) >= 2:
            return {"cells": cells, "rows": rows, "coarse": number > 0}
    return None


def _standing(
    counts: Mapping[str, Counter[str]], cells: Sequence[str], min_group: int
) -> list[Result]:
    """Lines that may be shown: groups, then the others together; one line is no table."""

    def stands(row: Counter[str]) -> bool:
        return all(row[cell] >= min_group for cell in cells)

    apart = sorted(
        (group for group in counts if group and stands(counts[group])),
        key=lambda group: (-counts[group].total(), group),
    )
    others: Counter[str] = sum((counts[each] for each in counts if each not in apart), Counter())
    while apart and others and not stands(others):
        others += counts[apart.pop()]
    named = [_row(group, counts[group], cells) for group in sorted(apart)]
    return [*named, _row(None, others, cells)] if others else named


def _row(group: str | None, row: Counter[str], cells: Sequence[str]) -> Result:
    total = row.total()
    return {
        "group": group,
        "n": total,
        "counts": [row[cell] for cell in cells],
        "pcts": [pct(row[cell], total) for cell in cells],
    }
