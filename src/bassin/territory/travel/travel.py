"""Travel times between communes, as the floors above use them."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from hashlib import blake2s
from pathlib import Path

import numpy as np

from bassin.errors import Refused
from bassin.territory.place import Place
from bassin.territory.territory import Territory
from bassin.territory.travel import lines as rails
from bassin.territory.travel import ways
from bassin.territory.travel.ground import Ground, Plane, ground
from bassin.territory.travel.hypotheses import Hypotheses, hypotheses
from bassin.territory.travel.kept import Shelf
from bassin.territory.travel.lines import Line, lines
from bassin.territory.travel.service import HORIZON, USUAL, At, Day, in_peak
from bassin.territory.travel.transit import transit
from bassin.territory.travel.ways import UNKNOWN, Minutes
from bassin.types import Text


class Mode(StrEnum):
    """How people travel."""

    WALK = "walk"
    BICYCLE = "bicycle"
    TRANSIT = "transit"
    CAR = "car"

    @property
    def label(self) -> Text:
        """The words that people read."""
        return {
            Mode.WALK: Text("à pied", "on foot"),
            Mode.BICYCLE: Text("à vélo", "by bicycle"),
            Mode.TRANSIT: Text("en transports en commun", "by public transport"),
            Mode.CAR: Text("en voiture", "by car"),
        }[self]


SYMMETRIC = frozenset((Mode.WALK, Mode.BICYCLE, Mode.TRANSIT))
"""Modes of which both directions take the same time; a car is parked on arrival only."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A commune that can be reached, and in how many minutes."""

    code: str
    minutes: int


class Travel:
    """Minutes between communes for the release being read. Safe to share between threads."""

    def __init__(
        self,
        territory: Territory,
        home: Place,
        said: Hypotheses | None = None,
        *,
        folder: Path | None = None,
    ) -> None:
        self.territory = territory
        self.home = home
        self.said = said or hypotheses()
        root = folder or territory.reader.store.root / "travel"
        self.shelf = Shelf(root, territory.reader, home.key, self.said)
        self._lock = threading.RLock()
        self._open: dict[str, Minutes] = {}
        self._mixed: tuple[object, Minutes] | None = None

    @cached_property
    def ground(self) -> Ground:
        """The communes, in the order of every matrix."""
        return ground(self.territory.reader, self.territory.gazetteer(), self.home, self.said)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of public transport that are loaded."""
        plane = Plane.under(self.ground.codes)
        return lines(self.territory.reader, plane, self.said)

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each commune code."""
        return {code: row for row, code in enumerate(self.ground.codes)}

    @property
    def codes(self) -> tuple[str, ...]:
        """The commune codes of the rows and columns: communes, and arrondissements of cities."""
        return self.ground.codes

    def minutes(self, mode: Mode | str, at: At | None = None) -> tuple[tuple[str, ...], Minutes]:
        """The codes, and the minutes from each (row) to each (column); -1 is unknown.

        Args:
            at: when one must have arrived; nine o'clock on a weekday by default.
        """
        parts = self._parts(Mode(mode), at or USUAL)
        if len(parts) == 1 and parts[0][0] >= HORIZON:
            return self.codes, parts[0][1]
        key = tuple((limit, id(matrix)) for limit, matrix in parts)
        with self._lock:
            if self._mixed is None or self._mixed[0] != key:
                self._mixed = (key, _least(parts))
            return self.codes, self._mixed[1]

    def row(self, commune_code: str, mode: Mode | str, at: At | None = None) -> Minutes:
        """The minutes from one commune to each; no more than a row of the files is read."""
        row = self.row_of(commune_code)
        parts = self._parts(Mode(mode), at or USUAL)
        return _least([(limit, np.asarray(matrix[row])) for limit, matrix in parts])

    def _parts(self, mode: Mode, at: At) -> list[tuple[int, Minutes]]:
        """Matrices, each with the longest trip it may tell; the least of them is the answer."""
        with self._lock:
            if mode == Mode.TRANSIT:
                return self._transit(at)
            peak = mode == Mode.CAR and in_peak(at, self.said["peak"].values)
            name = {True: "car-peak", False: "car-free"}[peak] if mode == Mode.CAR else mode.value
            return [(HORIZON, self._map(name, partial(self._own, mode, peak=peak)))]

    def _map(self, name: str, make: Callable[[], Minutes]) -> Minutes:
        """A matrix of the shelf, opened once."""
        if name not in self._open:
            self._open[name] = self.shelf.get(name, lambda: of_cities(make(), self.ground))
        return self._open[name]

    def _own(self, mode: Mode, *, peak: bool) -> Minutes:
        if mode == Mode.CAR:
            return ways.car(self.ground, self.said, peak=peak)
        return (ways.walk if mode == Mode.WALK else ways.bicycle)(self.ground, self.said)

    def _transit(self, at: At) -> list[tuple[int, Minutes]]:
        """By lines that run for the whole trip.

        Lines are put in order of how long they have run when one must arrive: the fewer run, the
        longer a trip they allow. With two openings in the early morning this is two matrices.
        """
        running = rails.open_for(self.lines, at)
        bus = rails.usual_hours("BUS", self.said).running_for(at) if running else -1
        limits = sorted({*running.values(), bus} - {-1}, reverse=True)
        found = []
        for limit in limits:
            chosen = tuple(line for line in self.lines if running.get(line, -1) >= limit)
            if chosen:
                found.append((limit, self._variant(chosen, buses=bus >= limit)))
        return found or [(HORIZON, self._variant((), buses=False))]

    def _variant(self, chosen: tuple[Line, ...], *, buses: bool) -> Minutes:
        words = "|".join([str(buses), *(line.key for line in chosen)])
        name = f"transit-{blake2s(words.encode(), digest_size=6).hexdigest()}"
        return self._map(name, partial(transit, self.ground, chosen, self.said, buses=buses))

    def row_of(self, commune_code: str) -> int:
        """The row of a commune, also by a code of before its merger.

        Raises:
            Refused: it is not among the communes around the territory.
        """
        code = commune_code
        if code not in self.rows:
            code = self.territory.gazetteer().successors.get(code, code)
        if code not in self.rows:
            raise Refused(
                Text(
                    f"Aucun temps de trajet n'est connu depuis {commune_code} : ce n'est ni dans "
                    f"la région de {self.home.name} ni près d'elle. Choisissez une commune autour.",
                    f"No travel time is known from {commune_code}: it is neither in the région of "
                    f"{self.home.name} nor near it. Choose a commune around there.",
                )
            )
        return self.rows[code]

    def reachable(
        self, commune_code: str, mode: Mode | str, most: int, at: At | None = None
    ) -> list[Reached]:
        """The communes within `most` minutes, the nearest first; its own is among them."""
        codes, row = self.codes, self.row(commune_code, mode, at)
        within = np.flatnonzero((row != UNKNOWN) & (row <= most))
        nearest = within[np.argsort(row[within], kind="stable")]
        return [Reached(codes[i], int(row[i])) for i in nearest.tolist()]

    def between(self, start: str, end: str, mode: Mode | str, at: At | None = None) -> int | None:
        """The minutes from one commune to another; None when they are unknown (see `why`)."""
        found = int(self.row(start, mode, at)[self.row_of(end)])
        return None if found == UNKNOWN else found

    def why(self, start: str, end: str, mode: Mode | str, at: At | None = None) -> Text:
        """Why the minutes from one commune to another are unknown, and what to do."""
        one, other = self.row_of(start), self.row_of(end)
        known = self.ground.known
        if not (known[one] and known[other]):
            return WHY["place"]
        if self.ground.land[one] != self.ground.land[other]:
            return WHY["island"]
        if Mode(mode) != Mode.TRANSIT:
            return WHY["place"]
        if not self.lines:
            return WHY["network"]
        usual = self.row(start, mode)[other]
        return WHY["far"] if usual == UNKNOWN else WHY["hour"]

    def prepare(self) -> None:
        """Compute what most pages ask for, so that no visitor waits for it."""
        for mode in Mode:
            self.minutes(mode)
        self.minutes(Mode.CAR, At(13 * 60))
        for day in Day:
            for hour in range(24):
                self.minutes(Mode.TRANSIT, At(hour * 60, day))


WHY: Mapping[str, Text] = {
    "place": Text(
        "Aucun contour n'est connu pour cette commune : demandez à l'employeur.",
        "No outline is known for this commune: ask the employer.",
    ),
    "island": Text(
        "Il faut prendre le bateau : regardez ses horaires.",
        "One must take the boat: look at its timetable.",
    ),
    "network": Text(
        "Aucune ligne de transport n'est chargée ici : regardez les horaires de votre réseau.",
        "No line of transport is loaded here: look at your network's timetable.",
    ),
    "hour": Text(
        "À cette heure, aucune ligne chargée ne fait tout le trajet : demandez à l'employeur s'il "
        "existe un bus de nuit, une navette ou un covoiturage.",
        "At that hour no loaded line covers the whole trip: ask the employer whether there is a "
        "night bus, a shuttle or a car pool.",
    ),
    "far": Text(
        "Aucune ligne chargée ne joint ces deux communes : regardez s'il existe un bus.",
        "No loaded line joins these two communes: see whether there is a bus.",
    ),
}
"""Why minutes are unknown, with the next step."""


def _least(parts: Sequence[tuple[int, Minutes]]) -> Minutes:
    """The least of several matrices, each good up to so many minutes unless always good."""
    best = np.full(parts[0][1].shape, UNKNOWN, np.int16)
    for limit, minutes in parts:
        known = (minutes != UNKNOWN) & ((minutes <= limit) | (limit >= HORIZON))
        better = known & ((best == UNKNOWN) | (minutes < best))
        best[better] = minutes[better]
    return best


def of_cities(minutes: Minutes, ground: Ground) -> Minutes:
    """Give a city with arrondissements their mean, weighted by inhabitants; unknown stay out."""
    for city in sorted({int(row) for row in ground.city if row >= 0}):
        parts = np.flatnonzero(ground.city == city)
        weight = np.maximum(ground.people[parts], 1.0)
        made = minutes.copy()
        made[city] = _mean(minutes[parts], weight)
        made[:, city] = _mean(minutes[:, parts].T, weight)
        made[city, city] = _mean(_mean(minutes[np.ix_(parts, parts)], weight)[:, None], weight)[0]
        minutes = made
    return minutes


def _mean(rows: Minutes, weight: np.ndarray) -> Minutes:
    """The mean of the known rows, column by column."""
    known = rows != UNKNOWN
    total = (known * weight[:, None]).sum(axis=0)
    summed = np.where(known, rows, 0).astype(np.float64) * weight[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        return ways.whole(np.where(total > 0, summed.sum(axis=0) / total, np.nan))
