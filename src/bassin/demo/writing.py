"""Writing the sample's text files, and making numbers differ a little from place to place."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from bassin.demo import facts
from bassin.demo.draws import Draws, Ints


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> None:
    """One delimited file, the same to the byte everywhere."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def around(draws: Draws, base: Sequence[int] | Ints, percent: int) -> Ints:
    """Whole numbers that differ from their base by up to that many per cent."""
    values = np.asarray(base, dtype=np.int64)
    return values * (100 - percent + draws.below(2 * percent + 1, len(values))) // 100


def levels(power: int = 1) -> Ints:
    """How well off each commune is, around 100; a negative power for what poverty raises."""
    given = np.array([commune.level for commune in facts.communes()], dtype=np.int64)
    once = given if power > 0 else 10_000 // given
    made = once
    for _ in range(abs(power) - 1):
        made = made * once // 100
    return made


def populations(year: int) -> Ints:
    """Published populations of the communes in 2012 or 2018."""
    return np.array(
        [getattr(commune, f"population_{year}") for commune in facts.communes()], dtype=np.int64
    )


def decimal(value: int, places: int, mark: str = ".") -> str:
    """A whole number of tenths, hundredths… as text: 137, 1 gives 13.7."""
    digits = str(abs(value)).rjust(places + 1, "0")
    return ("-" if value < 0 else "") + digits[:-places] + mark + digits[-places:]
