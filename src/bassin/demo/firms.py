"""Whose the sample's establishments are: a person, a firm here, or a firm from elsewhere."""

from dataclasses import dataclass

import numpy as np

from bassin.demo import facts
from bassin.demo.draws import Draws, Flags, Ints
from bassin.demo.lives import OPEN, Lives, day_number

PERSON, COMPANY, ASSOCIATION, PUBLIC = range(4)

# 000 and five digits before the key leave 100,000 numbers. The one real SIREN known to begin so is
# never given: it opens the national file.
_SIRENS = [number for number in range(1, 100_000) if number != 325_17]
_ASSOCIATIONS = ("88.10", "88.99", "90.01", "93.11", "93.12", "94.")
_PUBLIC = ("84.", "85.10", "85.20", "85.31", "85.32", "85.42", "86.10", "91.01", "93.11", "36.00")
_RETURN_AFTER = 20
_SIZES = ("01", "02", "03", "11", "12", "21", "22", "31", "32", "41", "42", "51")


@dataclass(slots=True)
class Firms:
    """One entry per establishment: its `unit` (a rank), its kind, size and place in the firm.

    `first` is the first number of the unit's establishments here: 2 when its head office is
    elsewhere, else 1.
    """

    unit: Ints
    nic: Ints
    kind: Ints
    band: np.ndarray
    head: Flags
    units: int
    outside: Flags  # per unit: its head office is not in the territory

    def sirens(self) -> np.ndarray:
        """The SIREN of each unit, with its right key."""
        if self.units > len(_SIRENS):
            raise ValueError(f"{self.units} units, {len(_SIRENS)} numbers that begin with 000")
        return np.array([_keyed(f"000{number:05}") for number in _SIRENS[: self.units]])

    def sirets(self) -> np.ndarray:
        """The SIRET of each establishment, with its right key."""
        sirens = self.sirens()[self.unit]
        return np.array([_keyed(f"{s}{n:04}") for s, n in zip(sirens, self.nic, strict=True)])


def _keyed(digits: str) -> str:
    """The digits and their Luhn key."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"


def firms(lives: Lives) -> Firms:
    """Link all establishments to legal units."""
    draws = Draws("firms")
    kind = _kinds(draws, lives)
    band = _bands(draws, lives, kind)
    chains = np.array([each.chains for each in facts.activities()], dtype=np.int64)
    second = draws.chance(chains[lives.activity], len(lives)) & (kind != PERSON)
    unit, units = _successions(draws, lives, kind, ~second)
    head = _last_of_each(unit, ~second)
    local = second & (kind == COMPANY) & draws.chance(45, len(lives))
    unit[local] = _heads_for(draws, lives, kind, band, head, local, unit)
    elsewhere = second & (unit < 0)
    unit[elsewhere], outside_units = _outside(draws, lives, elsewhere, units)
    outside = np.arange(units + outside_units) >= units
    return Firms(unit, _nics(unit, outside), kind, band, head, units + outside_units, outside)


def _starting(code: str, prefixes: tuple[str, ...]) -> bool:
    return code.startswith(prefixes)


def _kinds(draws: Draws, lives: Lives) -> Ints:
    activities = facts.activities()
    count = len(lives)
    persons = np.array([each.persons for each in activities], dtype=np.int64)
    public = np.array([_starting(each.naf_code, _PUBLIC) for each in activities])
    social = np.array([_starting(each.naf_code, _ASSOCIATIONS) for each in activities])
    care = np.array([_starting(each.naf_code, ("86.", "87.", "88.")) for each in activities])
    kind = np.where(draws.chance(persons[lives.activity], count), PERSON, COMPANY)
    rest = kind == COMPANY
    some = draws.below(100, count)
    kind[rest & social[lives.activity] & (some < 94)] = ASSOCIATION
    kind[rest & care[lives.activity] & (some < 30)] = ASSOCIATION
    kind[rest & public[lives.activity] & (some >= 12)] = PUBLIC
    return kind


def _bands(draws: Draws, lives: Lives, kind: Ints) -> np.ndarray:
    """Staff bands: the totals of the calibration among the active, none among the closed."""
    count = len(lives)
    band = np.full(count, "NN", dtype="<U2")
    some = draws.below(100, count)
    band[some < 6] = "00"
    staff = np.array([each.staff for each in facts.activities()], dtype=np.int64)[lives.activity]
    places = facts.communes()
    employers = [1000 * each.employers_2014 // each.establishments_2014 for each in places]
    factor = np.array(employers, dtype=np.int64)[lives.commune] ** 2 // 1000
    youth = np.where(lives.created > day_number(facts.stock_day()) - 550, 1, 3)
    likely = staff * factor * youth // np.where(kind == PERSON, 12, 1)
    there = np.flatnonzero(lives.active)
    order = there[np.argsort(draws.keys(likely[there]), kind="stable")]
    start = 0
    for size, wanted in reversed(facts.calibration()["bands"].items()):
        # The largest go to those likeliest to be large, whatever their luck for a first employee.
        order[start:] = order[start:][np.argsort(_luck(draws, staff, kind, order[start:], size))]
        band[order[start : start + wanted]] = size
        start += wanted
    band[(~lives.active) & (some >= 96)] = "01"
    return band


def _luck(draws: Draws, staff: Ints, kind: Ints, who: Ints, size: str) -> Ints:
    """Who gets a band: for large ones, size matters more than chance; no person has twenty."""
    weights = staff[who] ** (2 if size >= "12" else 1)
    if size >= "12":
        weights = np.where(kind[who] == PERSON, 0, weights)
    keys = draws.keys(weights)
    # The half least likely to employ at all waits behind.
    return keys + np.where(np.arange(len(who)) < 32_000, 0, 1 << 41)


def _successions(draws: Draws, lives: Lives, kind: Ints, primary: Flags) -> tuple[Ints, int]:
    """Firms that move, and people who begin again, keep their SIREN under another NIC.

    Returns the unit of each primary establishment (-1 for the others) and how many units.
    """
    unit = np.full(len(lives), -1, dtype=np.int64)
    returns = draws.chance(np.where(kind == PERSON, 78, 44), len(lives))
    units = 0
    for each in (PERSON, COMPANY, ASSOCIATION, PUBLIC):
        mine = np.flatnonzero(primary & (kind == each))
        ends = mine[lives.closed[mine] != OPEN]
        ends = ends[np.argsort(lives.closed[ends], kind="stable")]
        free: list[int] = []
        next_end = 0
        for born in mine.tolist():
            while (
                next_end < len(ends)
                and lives.closed[ends[next_end]] + _RETURN_AFTER <= lives.created[born]
            ):
                free.append(int(unit[ends[next_end]]))
                next_end += 1
            if returns[born] and free:
                unit[born] = free.pop()
            else:
                unit[born], units = units, units + 1
    return unit, units


def _last_of_each(unit: Ints, primary: Flags) -> Flags:
    """The head office of a unit is the last of its successive addresses."""
    head = np.zeros(len(unit), dtype=bool)
    mine = np.flatnonzero(primary)
    _, last = np.unique(unit[mine][::-1], return_index=True)
    head[mine[::-1][last]] = True
    return head


def _heads_for(
    draws: Draws, lives: Lives, kind: Ints, band: np.ndarray, head: Flags, local: Flags, unit: Ints
) -> Ints:
    """A firm with staff here, older than the branch; none for the earliest branches."""
    owners = np.flatnonzero(head & lives.active & (kind == COMPANY) & np.isin(band, _SIZES[1:]))
    older = np.searchsorted(lives.created[owners], lives.created[local])
    chosen = unit[owners[draws.below(np.maximum(older, 1))]]
    return np.where(older > 0, chosen, -1)


def _outside(draws: Draws, lives: Lives, elsewhere: Flags, units: int) -> tuple[Ints, int]:
    """Branches of the same activity share firms that have their head office elsewhere."""
    given = np.full(len(lives), -1, dtype=np.int64)
    made = 0
    for activity in np.unique(lives.activity[elsewhere]):
        mine = np.flatnonzero(elsewhere & (lives.activity == activity))
        owners = max(len(mine) // 5, 1)
        given[mine] = units + made + draws.below(owners, len(mine))
        made += owners
    # Ranks are packed so that no unit is without an establishment.
    there, packed = np.unique(given[elsewhere], return_inverse=True)
    return units + packed, len(there)


def _nics(unit: Ints, outside: Flags) -> Ints:
    """Number the establishments of a unit in order of creation."""
    order = np.argsort(unit, kind="stable")
    starts = np.searchsorted(unit[order], np.arange(len(outside)))
    nic = np.empty(len(unit), dtype=np.int64)
    nic[order] = np.arange(len(unit)) - starts[unit[order]] + 1
    return nic + outside[unit]
