"""Lists that memory holds: sorted once, cut where a cursor says."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Record = TypeVar("Record")


def following(
    records: Sequence[Record], key: Callable[[Record], list[Any]], after: list[Any] | None,
    limit: int,
) -> tuple[Sequence[Record], list[Any] | None]:  # fmt: skip
    """The records that come after a key in a list sorted by it, and the key of the last one.

    The second is None on the last page.
    """
    start = bisect_right(records, after, key=key) if after else 0
    found = records[start : start + limit]
    goes_on = start + limit < len(records)
    return found, key(found[-1]) if goes_on else None
