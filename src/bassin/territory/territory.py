"""The territory floor as others use it: find a place, its members, its containers, its peers."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from bassin.errors import Refused
from bassin.store import Reader
from bassin.territory import similarity
from bassin.territory.gazetteer import Gazetteer, build, snapshots
from bassin.territory.place import Place
from bassin.territory.search import folded
from bassin.territory.search import search as search_names
from bassin.types import Scale, Text

# From the smallest container to the largest; an EPCI never contains an EPT and is skipped for it.
_ORDER = (
    Scale.COMMUNE, Scale.EPT, Scale.EPCI, Scale.METROPOLE, Scale.DEPARTEMENT, Scale.REGION,
    Scale.FRANCE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Places compared with one another, and the words for that group.

    `reasons` says, per place key, why it is there (only for similar places).
    """

    title: Text
    places: tuple[Place, ...]
    reasons: dict[str, Text]


class Territory:
    """Places at a reference date. Membership is that of the snapshot in force at that date.

    Reading a snapshot takes a third of a second, so it is kept until the release changes.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._lock = threading.Lock()
        self._release = ""
        self._gazetteers: dict[int, Gazetteer] = {}
        self._years: list[int] = []

    def gazetteer(self, on: date | None = None) -> Gazetteer:
        """The snapshot in force at a date: the last one before it, else the first we have."""
        if self._release != self.reader.name:
            with self._lock:
                self._gazetteers = {}
                self._years = snapshots(self.reader)
                self._release = self.reader.name
        years = [year for year in self._years if on is None or year <= on.year]
        year = years[-1] if years else self._years[0]
        if year not in self._gazetteers:
            with self._lock:
                if year not in self._gazetteers:
                    self._gazetteers[year] = build(self.reader, year)
        return self._gazetteers[year]

    def place(self, key: str, on: date | None = None) -> Place:
        """A place by key ("commune:94081"), by bare code when only one place has it, or a selection.

        Raises:
            Refused: unknown or ambiguous code; the sentence gives the choices.
        """
        gazetteer = self.gazetteer(on)
        if key in gazetteer.places:
            return gazetteer.places[key]
        scale, _, code = key.rpartition(":")
        if scale == Scale.SELECTION:
            return self.selection(code.split("-"), on)
        if scale:
            raise Refused(f"There is no place {key}. Search for it by name, or check its code.")
        found = [gazetteer.places[k] for s in Scale if (k := f"{s}:{code}") in gazetteer.places]
        if len(found) == 1:
            return found[0]
        if not found:
            raise Refused(
                f"No place of France has the code {key}. Give the code of a commune (94081), "
                "an EPT or EPCI (its SIREN), departement:94, region:11 or metropole:200054781."
            )
        choices = ", ".join(f"{place.key} ({place.name})" for place in found)
        raise Refused(f"The code {key} is that of several places: {choices}. Give one of these.")

    def selection(self, codes: Sequence[str], on: date | None = None) -> Place:
        """A hand-made list of communes.

        Raises:
            Refused: a code is unknown, or the list is empty.
        """
        gazetteer = self.gazetteer(on)
        unknown = [code for code in codes if code not in gazetteer.current]
        if unknown or not codes:
            raise Refused(
                f"{', '.join(unknown) or 'An empty list'} is not a list of communes of France "
                "today. Give Insee codes joined by hyphens, as in selection:94016-94037."
            )
        communes = tuple(sorted(set(codes)))
        names = [gazetteer.current[code].name for code in communes]
        name = ", ".join(names[:3]) + (f" + {len(names) - 3}" if len(names) > 3 else "")
        people = [gazetteer.current[code].population or 0 for code in communes]
        period = gazetteer.current[communes[0]].population_period
        parents = [set(gazetteer.current[code].parents) for code in communes]
        common = set.intersection(*parents)
        first = gazetteer.current[communes[0]].parents
        return Place(
            Scale.SELECTION, "-".join(communes), name, communes, 0, sum(people), period, "",
            tuple(parent for parent in first if parent in common),
        )  # fmt: skip

    def codes(self, place: Place, on: date | None = None) -> frozenset[str]:
        """Every commune code that data of any year may use inside this place."""
        return self.gazetteer(on).codes(place.communes)

    def scope(self, places: Iterable[Place], on: date | None = None) -> pa.Table:
        """The table named `scope` of every indicator: one row per (place, commune_code)."""
        keys: list[str] = []
        communes: list[str] = []
        gazetteer = self.gazetteer(on)
        for place in places:
            codes = gazetteer.codes(place.communes)
            keys.extend([place.key] * len(codes))
            communes.extend(codes)
        return pa.table({"place": pa.array(keys, pa.string()), "commune_code": communes})

    def containers(self, place: Place, on: date | None = None) -> list[Place]:
        """The places that contain it, from the smallest to France."""
        places = self.gazetteer(on).places
        found = [places[key] for key in place.parents if key in places]
        if place.scale != Scale.FRANCE:
            found.append(places["france:FR"])
        if any(each.scale == Scale.METROPOLE for each in found):
            found = [each for each in found if each.scale != Scale.EPCI]
        if place.scale == Scale.METROPOLE:
            found = [each for each in found if each.scale != Scale.EPT]
        known = [each for each in found if each.scale in _ORDER]
        return sorted(known, key=lambda each: _ORDER.index(each.scale))

    def comparators(self, place: Place, on: date | None = None) -> list[Place]:
        """The containers a profile compares with: at most three, the largest ones."""
        return self.containers(place, on)[-3:]

    def communes(self, place: Place, on: date | None = None) -> list[Place]:
        """The communes of a place as places, by name."""
        current = self.gazetteer(on).current
        found = [current[code] for code in place.communes if code in current]
        return sorted(found, key=lambda each: folded(each.name))

    def peers(self, place: Place, on: date | None = None) -> Group:
        """Whom a place is ranked with: the 11 EPTs and Paris for an EPT, else similar places."""
        gazetteer = self.gazetteer(on)
        paris = gazetteer.places.get("commune:75056")
        if place.scale == Scale.EPT and paris is not None:
            epts = [each for each in gazetteer.places.values() if each.scale == Scale.EPT]
            title = Text("les territoires de la Métropole", "the Métropole's territories")
            return Group(title, (*sorted(epts, key=lambda each: each.name), paris), {})
        if place.scale == Scale.QPV:
            return self._quarters_around(place, on)
        return self.similar(place, on)

    def quarters(self, place: Place, on: date | None = None) -> list[Place]:
        """The priority neighbourhoods that touch a place, the latest generation first."""
        keys = {f"commune:{code}" for code in place.communes}
        found = [
            each
            for each in self.gazetteer(on).places.values()
            if each.scale == Scale.QPV and not keys.isdisjoint(each.parents)
        ]
        return sorted(found, key=lambda each: (-int(each.kind), each.name))

    def _quarters_around(self, place: Place, on: date | None) -> Group:
        """A neighbourhood is ranked among those of its generation in its département."""
        around = {parent for parent in place.parents if parent.startswith("departement:")}
        places = tuple(
            each
            for each in self.gazetteer(on).places.values()
            if each.scale == Scale.QPV
            and each.kind == place.kind
            and not around.isdisjoint(each.parents)
        )
        title = Text(
            f"les quartiers prioritaires du département (génération {place.kind})",
            f"the priority neighbourhoods of the département (generation {place.kind})",
        )
        return Group(title, places or (place,), {})

    def similar(self, place: Place, on: date | None = None, count: int = 10) -> Group:
        """The places of the same scale most like it, with the reasons."""
        found = similarity.nearest(self.reader, self.gazetteer(on), place, count)
        title = Text("les lieux qui lui ressemblent le plus", "the places most like it")
        return Group(title, (place, *(each for each, _ in found)), {e.key: why for e, why in found})

    def search(self, text: str, limit: int = 10) -> list[Place]:
        """Places whose name, code or postal code answers a text typed by a person."""
        return search_names(self.reader, self.gazetteer(), text, limit)
