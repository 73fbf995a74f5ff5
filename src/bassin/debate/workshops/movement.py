"""The same question asked again: after debate, or years later. What moved, in points.

Rounds hold no link between a person's two answers: the room moves, nobody is followed.

    movement   {"kind", "shown", "n": [before, after], "spoke": […], "lines": [{"key", "text",
               "before", "after", "change"}], "headline": the line to read first | None}
    over_time  {"kind", "points": [{"label", "n", "spoke", "shown", "reworded"}], "lines":
               [{"key", "text", "values": [… one a point, None where there is none]}]}

A line is a share in percent: of those who spoke (quiz, choice, degrees, words), of all points
(points), of the most points it could have had (ranking), of those who placed it (sorting). The
line "agree" sums up a Likert, "exact" a quiz. Changes are differences of the shares as written.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bassin.debate.workshops.tally_shares import Result, pct

Lines = dict[str, tuple[Any, float | None]]
AGREE, EXACT = "agree", "exact"


def movement(before: Result, after: Result) -> Result | None:
    """What moved between two rounds; None when they do not ask the same kind of thing."""
    if before["kind"] != after["kind"]:
        return None
    found: Result = {
        "kind": before["kind"],
        "shown": before["shown"] and after["shown"],
        "n": [before["n"], after["n"]],
    }
    if not found["shown"]:
        return found
    then, now = _lines(before), _lines(after)
    lines = [_moved(key, then.get(key), now.get(key)) for key in {**now, **then}]
    headline = next((line for line in lines if line["key"] in (AGREE, EXACT)), None)
    found["spoke"] = [before["spoke"], after["spoke"]]
    return found | {"lines": lines, "headline": headline}


def _moved(key: str, then: Any, now: Any) -> Result:
    text = (now or then)[0]
    before, after = then[1] if then else None, now[1] if now else None
    return {
        "key": key, "text": text, "before": before, "after": after,
        "change": change(before, after),
    }  # fmt: skip


def change(before: float | None, after: float | None) -> float | None:
    """The difference of two shares, in tenths of a point."""
    if before is None or after is None:
        return None
    return (round(10 * after) - round(10 * before)) / 10


def over_time(asked_again: Sequence[Mapping[str, Any]]) -> Result:
    """A series of one statement: {"label", "asked", "result"} of each time, the oldest first."""
    kind = asked_again[-1]["result"]["kind"]
    same = [each for each in asked_again if each["result"]["kind"] == kind]
    each_time = [_lines(each["result"]) if each["result"]["shown"] else {} for each in same]
    keys = {key: text for lines in each_time for key, (text, _value) in lines.items()}
    points = [
        {
            "label": each["label"],
            "n": each["result"]["n"],
            "spoke": each["result"].get("spoke"),
            "shown": each["result"]["shown"],
            "reworded": before is not None and before["asked"]["text"] != each["asked"]["text"],
        }
        for before, each in zip([None, *same], same, strict=False)
    ]
    lines = [
        {"key": key, "text": text, "values": [each.get(key, (None, None))[1] for each in each_time]}
        for key, text in keys.items()
    ]
    return {"kind": kind, "points": points, "lines": lines}


def _lines(result: Result) -> Lines:
    return _READ[result["kind"]](result)


def _picks(result: Result) -> Lines:
    found: Lines = {line["code"]: (line["text"], line["pct"]) for line in result["lines"]}
    if result.get("exact"):
        found[EXACT] = (None, result["exact"]["pct"])
    return found


def _degrees(result: Result) -> Lines:
    found: Lines = {AGREE: (None, result["agree"]["pct"])}
    return found | {str(each["level"]): (None, each["pct"]) for each in result["levels"]}


def _ranked(result: Result) -> Lines:
    halves = 2 * result["spoke"] * (len(result["lines"]) - 1)
    return {
        line["code"]: (line["text"], pct(round(2 * line["borda"]), halves))
        for line in result["lines"]
    }


def _sorted(result: Result) -> Lines:
    return {line["code"]: (line["text"], line["left_pct"]) for line in result["lines"]}


def _said(result: Result) -> Lines:
    return {
        item["key"]: (item["label"], pct(item["count"], result["spoke"]))
        for item in result["items"]
    }


_READ = {
    "quiz": _picks,
    "choice": _picks,
    "likert": _degrees,
    "ranking": _ranked,
    "points": _picks,
    "sorting": _sorted,
    "words": _said,
    "contributions": _said,
}
