"""Size in the European sense (recommendation 2003/361/EC), as far as it is known.

Staff, and turnover or balance sheet, are those of the firm with its linked and partner firms. What
is not known leaves several sizes possible; it never rules one out. A size is lost or won after two
consecutive years only (annex, article 4): until somebody says which size was held, figures of one
year settle none.
"""

from bassin.pairing.conditions import Interval, OneOf

CLASSES = ("micro", "small", "medium", "large")
_STAFF = {"micro": 10, "small": 50, "medium": 250}
_TURNOVER = {"micro": 2e6, "small": 10e6, "medium": 50e6}
_BALANCE = {"micro": 2e6, "small": 10e6, "medium": 43e6}
_INSEE = {"PME": ("micro", "small", "medium"), "ETI": ("large",), "GE": ("large",)}
"""INSEE's category of the enterprise, group included, tells SMEs from others with the same ends."""

NOT_KNOWN = Interval(0)
SAME = "same"
"""That the year before gave the same size, or that there was none."""


def size(
    staff: Interval | None, turnover: Interval | None, balance: Interval | None, category: str = ""
) -> OneOf | None:
    """The sizes that are possible; None when nothing is known."""
    if staff is None and turnover is None and balance is None and category not in _INSEE:
        return None
    possible = _possible(staff or NOT_KNOWN, turnover or NOT_KNOWN, balance or NOT_KNOWN)
    told = possible.intersection(_INSEE.get(category, CLASSES))
    return OneOf(frozenset(told or possible))


def _possible(staff: Interval, turnover: Interval, balance: Interval) -> set[str]:
    found = set()
    for name in CLASSES[:3]:
        limits = (_TURNOVER[name], _BALANCE[name])
        may = staff.low < _STAFF[name] and (turnover.low <= limits[0] or balance.low <= limits[1])
        surely = staff.high < _STAFF[name] and (
            turnover.high <= limits[0] or balance.high <= limits[1]
        )
        if may:
            found.add(name)
        if surely:
            return found
    return found | {"large"}


def retained(found: OneOf | None, held: str, category: str = "") -> OneOf | None:
    """The size that counts, from that of the last year and the one that was held until then.

    Args:
        held: `SAME`, one of `CLASSES`, or "" when nobody said.
    """
    if found is None or held == SAME:
        return found
    possible = frozenset([held]) if held in CLASSES else frozenset(CLASSES)
    told = possible.intersection(_INSEE.get(category, CLASSES))
    return OneOf(told or possible)
