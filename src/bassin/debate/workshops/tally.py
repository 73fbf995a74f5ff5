"""What a vote gives. Pure: a question as asked, the ballots, what was decided about the texts.

`tally` returns what can be kept as JSON, shown as a table, and counted again by anybody:

    every kind    {"kind", "n": ballots, "spoke": n without "cannot say", "cannot_say", "shown"}
                  "shown": false → fewer than `min_group` spoke; then nothing else but "n".
    lines         [{"code", "text": {"fr": …}, "count", "pct"}], "pct" of those who spoke
    quiz          lines + "outcome" (right, wrong, depends, unknown) and "judged", as `truth.judged`
                  gave them (option["judged"], from the reveal on); "exact": {"count", "pct"} of
                  those who ticked all that is right and nothing wrong, or None before
    choice        lines; "leading": codes in front (several if level)
    likert        "levels": [{"level": 1..5, "count", "pct"}], "median": 1..5 by halves,
                  "agree": {"count", "pct"}, "mixed", "disagree", "net": points,
                  "consensus": 0..100, "gap": degrees between two people drawn at random
    ranking       lines (in Borda's order) + "borda", "rank", "first", "first_pct"; "pairs":
                  {a: {b: how many put a before b}}, "winners": {"borda", "first", "pairs"},
                  "condorcet": code | None, "order": the order closest to all (Kemeny) | None,
                  "unique": it is the only one, "agree": the methods put the same first
    points        lines (most first) + "points", "givers"; "pct" of all points
    sorting       lines + "left", "right", "unplaced", "left_pct"; "side": 0 | 1 | None if level
    words,        "items": [{"key", "label", "count", "theme", "variants"}], "waiting": texts said
    contributions once and not read yet, "hidden": not shown, "distinct", "said"
    by group      "groups": see `tally_groups`; None when it would tell what few people answered

"Cannot say" enters no denominator. A mean of degrees is never given.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bassin.debate.workshops import tally_groups, tally_ranking, tally_texts
from bassin.debate.workshops.tally_shares import Ballot, Result, lines, pct

SMALLEST = 5
RIGHT, WRONG = "right", "wrong"


def tally(
    asked: Mapping[str, Any],
    ballots: Sequence[Ballot],
    *,
    decisions: Sequence[Mapping[str, Any]] = (),
    min_group: int = SMALLEST,
) -> Result:
    """The result of one round; a ballot is {"answer": {…}, "group": "…"}, in any order.

    `decisions` are those on texts: {"key", "label", "state", "merged_into": key, "theme"}.
    """
    kind = asked["kind"]
    answers = [each["answer"] for each in ballots if not each["answer"].get("cannot_say")]
    result: Result = {"kind": kind, "n": len(ballots), "shown": len(answers) >= min_group}
    if not result["shown"]:
        return result
    result |= {"spoke": len(answers), "cannot_say": len(ballots) - len(answers)}
    if kind in tally_texts.KINDS:
        return result | tally_texts.texts_of(kind, answers, decisions)
    result |= _KINDS[kind](asked, answers)
    return result | {"groups": tally_groups.by_group(asked, ballots, min_group)}


def _picked(asked: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> list[Result]:
    counts = Counter(code for answer in answers for code in answer["picks"])
    return lines(asked, counts, len(answers))


def _quiz(asked: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Result:
    shown = _picked(asked, answers)
    for line, option in zip(shown, asked["options"], strict=True):
        line["judged"] = option.get("judged") or {}
        line["outcome"] = line["judged"].get("outcome", "unknown")
    right = {line["code"] for line in shown if line["outcome"] == RIGHT}
    judged = right | {line["code"] for line in shown if line["outcome"] == WRONG}
    exact = sum(set(answer["picks"]) & judged == right for answer in answers)
    whole = {"count": exact, "pct": pct(exact, len(answers))} if judged else None
    return {"lines": shown, "exact": whole}


def _choice(asked: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Result:
    shown = _picked(asked, answers)
    top = max((line["count"] for line in shown), default=0)
    return {
        "lines": shown,
        "leading": [line["code"] for line in shown if line["count"] == top > 0],
    }


def _likert(asked: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Result:
    given = sorted(answer["level"] for answer in answers)
    counts, n = Counter(given), len(given)

    def share(*levels: int) -> Result:
        count = sum(counts[level] for level in levels)
        return {"count": count, "pct": pct(count, n)}

    pairs = [(a, b) for a in counts for b in counts]
    gap = sum(abs(a - b) * counts[a] * counts[b] for a, b in pairs)
    agree, disagree = share(4, 5), share(1, 2)
    return {
        "levels": [{"level": level, **share(level)} for level in range(1, 6)],
        "median": (given[(n - 1) // 2] + given[n // 2]) / 2,
        "agree": agree,
        "mixed": share(3),
        "disagree": disagree,
        "net": pct(agree["count"] - disagree["count"], n),
        "gap": round(gap / n**2, 2),
        # Two halves at both ends stand 2 degrees apart on average: there is no further.
        "consensus": pct(2 * n**2 - gap, 2 * n**2),
    }


def _points(asked: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Result:
    given: Counter[str] = Counter()
    givers: Counter[str] = Counter()
    for answer in answers:
        given.update(answer["points"])
        givers.update(answer["points"].keys())
    total = sum(given.values())
    shown = [
        line | {"points": given[line["code"]], "pct": pct(given[line["code"]], total),
                "givers": line["count"]}
        for line in lines(asked, givers, len(answers))
    ]  # fmt: skip
    return {"lines": sorted(shown, key=lambda line: -line["points"]), "total": total}


def _sorting(asked: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Result:
    sides = Counter((code, side) for each in answers for code, side in each["places"].items())
    placed = Counter(code for answer in answers for code in answer["places"])
    shown = []
    for line in lines(asked, placed, len(answers)):
        left, right = sides[line["code"], 0], sides[line["code"], 1]
        side = None if left == right else int(right > left)
        shown.append(
            line
            | {"left": left, "right": right, "side": side, "left_pct": pct(left, left + right)}
            | {"unplaced": len(answers) - left - right}
        )
    return {"lines": shown, "columns": asked.get("columns", [])}


_KINDS: dict[str, Callable[[Mapping[str, Any], Sequence[Mapping[str, Any]]], Result]] = {
    "quiz": _quiz,
    "choice": _choice,
    "likert": _likert,
    "ranking": tally_ranking.ranking,
    "points": _points,
    "sorting": _sorting,
}
