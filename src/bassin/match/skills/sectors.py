"""The sector that trades suggest, for a course whose body said none (`sectors.toml`)."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("sectors.toml")


@cache
def prefixes() -> dict[str, str]:
    """By the beginning of a ROME code, its sector."""
    return dict(tomllib.loads(_FILE.read_text("utf-8"))["prefixes"])


@cache
def of_trade(code: str) -> str:
    """The sector of a trade, by the longest beginning that fits; "" when none does."""
    known = prefixes()
    return next((known[code[:n]] for n in range(len(code), 0, -1) if code[:n] in known), "")


def suggested(trades: Iterable[str]) -> str:
    """The sector that most of these trades suggest; the first one met between two equals."""
    counted = Counter(found for code in trades if (found := of_trade(code)))
    return counted.most_common(1)[0][0] if counted else ""
