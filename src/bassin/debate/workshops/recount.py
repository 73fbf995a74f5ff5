"""Counts a published file again, from its ballots, and names every figure that differs. Pure.

The file (format `FORMAT`) is what `publishing.ballot_file` writes:

    {"format", "workshop": {"code", "title", "closed_on", "secrecy", "min_group", "origin"},
     "rounds": [{"step", "title", "number", "asked", "ballots": [{"receipt", "answer"}] | null,
                 "sha256", "closed_sha256", "withheld", "decisions", "results", "movement"}]}

Ballots are sorted by receipt, a random number; a sealed workshop has none, and its ballots are
sorted by answer. Where too few people took a stand, no ballot is published, only how many answered.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bassin.debate.workshops import tally_groups
from bassin.debate.workshops.canonical import digest
from bassin.debate.workshops.movement import movement
from bassin.debate.workshops.tally import tally
from bassin.errors import Refused

FORMAT = "bassin-workshop-ballots/1"


@dataclass(slots=True)
class Recounted:
    """One round counted again.

    Attributes:
        made: each figure made again from the ballots: where it stands, and its value.
        by_group: figures of tables by group. No ballot says its group: their shares and their
            totals are made again, how a group answered is not.
        quoted: figures of sources, in the key of a quiz, which no ballot gives.
        differs: what is not the same, in words.
    """

    title: str
    number: int
    ballots: int | None
    made: list[tuple[str, float]] = field(default_factory=list)
    by_group: int = 0
    quoted: int = 0
    differs: list[str] = field(default_factory=list)

    @property
    def figures(self) -> int:
        """How many figures were made again from the ballots."""
        return len(self.made)


_LABELS = ("level",)
"""Numbers that say which line it is, rather than count anything."""


def read(text: str) -> dict[str, Any]:
    """A published file.

    Raises:
        Refused: it is something else, or damaged.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Refused(f"This file is not JSON ({error}). Download it again.") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Refused(f"This file is not of the format {FORMAT}. Choose a file of ballots.")
    return found


def recount(published: Mapping[str, Any]) -> list[Recounted]:
    """Each round of a file, counted again.

    Raises:
        Refused: something that every file holds is missing, or there is nothing to count again.
    """
    try:
        least = published["workshop"]["min_group"]
        counted: list[Recounted] = []
        before: dict[int, Mapping[str, Any]] = {}
        for each in published["rounds"]:
            counted.append(_round(each, least, before.get(each["step"])))
            before[each["step"]] = each["results"]
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise Refused(
            f"This file is damaged or was changed ({error}). Download it again."
        ) from error
    if not any(each.figures or each.differs for each in counted):
        raise Refused(
            "This file holds no figure made from ballots: there is nothing to count again."
        )
    return counted


def _round(each: Mapping[str, Any], least: int, before: Mapping[str, Any] | None) -> Recounted:
    cast, stated = each["ballots"], each["results"]
    found = Recounted(_title(each), each["number"], None if cast is None else len(cast))
    if cast is None:
        if stated.get("shown", True) or set(stated) != {"kind", "n", "shown"}:
            found.differs.append("results: figures without the ballots they come from")
        return found
    found.differs += _ballots(each)
    again = tally(each["asked"], cast, decisions=each["decisions"], min_group=least)
    groups = stated.get("groups")
    if "groups" in again:
        found.by_group = _numbers(groups)
        stated, again = _without_groups(stated), _without_groups(again)
    _compare("results", stated, again, found)
    if groups and not tally_groups.counts_match(each["asked"], groups, cast, least):
        found.differs.append("results.groups: do not add up to the ballots")
    moved = movement(dict(before), again) if before else None
    _compare("movement", each["movement"], moved, found)
    return found


def _without_groups(result: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name != "groups"}


def _numbers(value: Any) -> int:
    """How many numbers a value holds."""
    if isinstance(value, Mapping):
        return sum(map(_numbers, value.values()))
    if isinstance(value, list):
        return sum(map(_numbers, value))
    return _is_number(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _title(each: Mapping[str, Any]) -> str:
    texts = each["title"]
    return str(texts.get("fr") or next(iter(texts.values()), ""))


def _ballots(each: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the ballots themselves."""
    cast: Sequence[Mapping[str, Any]] = each["ballots"]
    if digest(cast) != each["sha256"]:
        yield "sha256: is not that of these ballots"
    if not each["withheld"] and each["closed_sha256"] != each["sha256"]:
        yield "closed_sha256: these are not the ballots that were closed"
    receipts = [ballot["receipt"] for ballot in cast if "receipt" in ballot]
    if len(set(receipts)) != len(receipts):
        yield "ballots: a receipt appears twice"


def _compare(path: str, stated: Any, again: Any, found: Recounted) -> None:
    """Walk both, count the figures, note what differs."""
    if isinstance(stated, Mapping) and isinstance(again, Mapping):
        for key in dict.fromkeys([*stated, *again]):
            _compare(f"{path}.{key}", stated.get(key), again.get(key), found)
    elif isinstance(stated, list) and isinstance(again, list) and len(stated) == len(again):
        for at, (one, other) in enumerate(zip(stated, again, strict=True)):
            _compare(f"{path}[{at}]", one, other, found)
    else:
        if _is_number(again) and ".judged." in path:
            found.quoted += 1
        elif _is_number(again) and not path.endswith(_LABELS):
            found.made.append((path, again))
        if stated != again:
            found.differs.append(f"{path}: the file says {stated!r}, the ballots give {again!r}")
