"""The territory floor as others use it: find a place, its members, its containers, its peers."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakValueDictionary

import pyarrow as pa

from bassin.errors import Refused, SourceError
from bassin.store import Content, Reader
from bassin.territory import similarity
from bassin.territory.gazetteer import TABLES, Gazetteer, build, city_of, snapshots
from bassin.territory.place import Place
from bassin.territory.search import folded
from bassin.territory.search import search as search_names
from bassin.types import Scale, Text

# From the smallest container to the largest.
_ORDER = (
    Scale.COMMUNE, Scale.EPT, Scale.EPCI, Scale.DEPARTEMENT, Scale.METROPOLE, Scale.REGION,
    Scale.FRANCE,
)  # fmt: skip

_SHARED: WeakValueDictionary[tuple[Content, int], Gazetteer] = WeakValueDictionary()
"""Snapshots in use in this process, by their tables and year: none is changed once read."""


@dataclass(frozen=True, slots=True)
class Group:
    """Places compared with one another, and the words for that group.

    `reasons` says, per place key, why it is there (only for similar places).
    """

    title: Text
    places: tuple[Place, ...]
    reasons: dict[str, Text]


def several(code: str, found: Sequence[tuple[str, str]]) -> Refused:
    """The refusal of a bare code that several places have; `found` gives their keys and names."""
    choices = ", ".join(f"{key} ({name})" for key, name in found)
    return Refused(f"The code {code} is that of several places: {choices}. Give one of these.")


class Territory:
    """Places at a reference date. Membership is that of the snapshot in force at that date.

    Reading a snapshot takes a third of a second, so it is kept until the release changes.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._lock = threading.Lock()
        self._years: dict[str, list[int]] = {}
        self._gazetteers: dict[tuple[str, int], Gazetteer] = {}
        self._mergers: dict[tuple[str, int], list[set[str]]] = {}

    def gazetteer(self, on: date | None = None) -> Gazetteer:
        """The snapshot in force at a date: the last one before it, else the first we have.

        Raises:
            SourceError: the geography of France is not loaded.
        """
        release = self.reader.name
        known = self._years.get(release) or self._start(release)
        years = [year for year in known if on is None or year <= on.year]
        key = (release, years[-1] if years else known[0])
        found = self._gazetteers.get(key)
        if found is None:
            with self._lock:
                found = self._gazetteers.get(key) or self._shared(key[1])
                self._gazetteers[key] = found
        return found

    def _shared(self, year: int) -> Gazetteer:
        """The one that another house of this process reads, else a new one."""
        key = (self.reader.content(*TABLES), year)
        found = _SHARED.get(key)
        if found is None:
            found = _SHARED[key] = build(self.reader, year)
        return found

    def _start(self, release: str) -> list[int]:
        """Learn the years of a release, and forget all but the one before: a page may be on it."""
        if self.reader.name and not self.reader.has("communes"):
            raise SourceError(
                Text(
                    "La géographie de la France n'est pas chargée. Lancez `bassin init --territory "
                    "CODE`.",
                    "The geography of France is not loaded. Run `bassin init --territory CODE`.",
                )
            )
        years = snapshots(self.reader)
        with self._lock:
            kept = [*self._years, release][-2:]
            self._years = {name: y for name, y in self._years.items() if name in kept}
            self._years[release] = years
            self._gazetteers = {key: g for key, g in self._gazetteers.items() if key[0] in kept}
            self._mergers = {key: m for key, m in self._mergers.items() if key[0] in kept}
        return years

    def place(self, key: str, on: date | None = None) -> Place:
        """A place by key ("commune:94081"), by a bare code that only one place has, or a selection.

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
            raise Refused(
                f"There is no place {key}. "
                + (_moved(gazetteer, code) or "Search for it by name, or check its code.")
            )
        found = [gazetteer.places[k] for s in Scale if (k := f"{s}:{code}") in gazetteer.places]
        if len(found) == 1:
            return found[0]
        if not found:
            raise Refused(
                f"No place of France has the code {key}. "
                + (_moved(gazetteer, code) or "Give the code of a commune (94081), an EPT or EPCI "
                   "(its SIREN), departement:94, region:11 or metropole:200054781.")
            )  # fmt: skip
        raise several(key, [(place.key, place.name) for place in found])

    def selection(self, codes: Sequence[str], on: date | None = None) -> Place:
        """A hand-made list of communes; a city may stand in it as its arrondissements.

        Raises:
            Refused: a code is unknown, the list is empty, or it counts a city twice.
        """
        gazetteer = self.gazetteer(on)
        codes = [code for code in codes if code]
        unknown = [code for code in codes if f"commune:{code}" not in gazetteer.places]
        if unknown or not codes:
            moved = " ".join(filter(None, (_moved(gazetteer, code) for code in unknown)))
            raise Refused(
                (
                    f"No commune of France has the code {', '.join(unknown)} today. "
                    if unknown
                    else "The list of communes is empty. "
                )
                + (moved or "Give Insee codes joined by hyphens, as in selection:94016-94037.")
            )
        communes = tuple(sorted(set(codes)))
        for code in communes:
            if city_of(code) != code and city_of(code) in communes:
                raise Refused(
                    f"{city_of(code)} and its arrondissement {code} would count the same people "
                    "twice. Keep the city, or its arrondissements."
                )
        places = [gazetteer.places[f"commune:{code}"] for code in communes]
        name = ", ".join(place.name for place in places[:3])
        name += f" + {len(places) - 3}" if len(places) > 3 else ""
        return Place(
            Scale.SELECTION, "-".join(communes), name, communes, 0,
            gazetteer.population(communes), places[0].population_period, "",
            gazetteer.shared(communes),
        )  # fmt: skip

    def codes(self, place: Place, on: date | None = None) -> frozenset[str]:
        """Every commune code that data of any year may use inside this place."""
        return self.gazetteer(on).codes(place.communes)

    def outgrown(self, place: Place, on: date | None = None) -> tuple[str, ...]:
        """Names of the communes that a part of the place has become one with since, if any.

        Data of a later geography tell of all of them together, so of more than the place.
        """
        inside = set(place.communes)
        names = [
            self.gazetteer(on).current[code].name
            for group in self._merged_since(on)
            if not inside.isdisjoint(group) and not inside.issuperset(group)
            for code in sorted(group - inside)
        ]
        return tuple(names)

    def _merged_since(self, on: date | None) -> list[set[str]]:
        """Communes of that date, by those that are one commune today."""
        then, now = self.gazetteer(on), self.gazetteer()
        if then is now:
            return []
        key = (self.reader.name, then.cog)
        if key not in self._mergers:
            groups: dict[str, set[str]] = {}
            for code in then.current.keys() - now.current.keys():
                into = now.successors.get(code, code)
                groups.setdefault(into, {into} & then.current.keys()).add(code)
            self._mergers[key] = list(groups.values())
        return self._mergers[key]

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
        if sum(each.scale == Scale.COMMUNE for each in found) > 1:
            # A neighbourhood astride two communes lies in neither.
            found = [each for each in found if each.scale != Scale.COMMUNE]
        known = [e for e in found if e.scale in _ORDER and e.communes != place.communes]
        known = [e for e in known if not _said_elsewhere(e, known)]
        return sorted(known, key=lambda each: _ORDER.index(each.scale))

    def comparators(self, place: Place, on: date | None = None) -> list[Place]:
        """What a profile compares with: at most three containers, the closest and two largest.

        An EPT is compared with the Métropole, the région and France, never with a département.
        """
        found = self.containers(place, on)
        if place.scale == Scale.EPT:
            found = [each for each in found if each.scale != Scale.DEPARTEMENT]
        return found if len(found) <= 3 else [found[0], *found[-2:]]

    def communes(self, place: Place, on: date | None = None) -> list[Place]:
        """The communes of a place as places, by name."""
        places = self.gazetteer(on).places
        found = [places[f"commune:{code}"] for code in place.communes]
        return sorted(found, key=lambda each: folded(each.name))

    def peers(self, place: Place, on: date | None = None) -> Group:
        """Whom a place is ranked with: the 11 EPTs and Paris for an EPT, else similar places."""
        gazetteer = self.gazetteer(on)
        paris = gazetteer.places.get("commune:75056")
        if place.scale == Scale.EPT and paris is not None:
            epts = gazetteer.by_scale[Scale.EPT]
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
            for each in self.gazetteer(on).by_scale[Scale.QPV]
            if not keys.isdisjoint(each.parents)
        ]
        return sorted(found, key=lambda each: (-int(each.kind), each.name))

    def _quarters_around(self, place: Place, on: date | None) -> Group:
        """A neighbourhood is ranked among those of its generation in its département."""
        around = {parent for parent in place.parents if parent.startswith("departement:")}
        places = tuple(
            each
            for each in self.gazetteer(on).by_scale[Scale.QPV]
            if each.kind == place.kind and not around.isdisjoint(each.parents)
        )
        title = Text(
            f"les quartiers prioritaires du département (génération {place.kind})",
            f"the priority neighbourhoods of the département (generation {place.kind})",
        )
        return Group(title, places or (place,), {})

    def similar(self, place: Place, on: date | None = None, count: int = 10) -> Group:
        """The places of the same scale most like it, with the reasons; none for a part."""
        if not place.communes:
            return Group(Text("ce lieu", "this place"), (place,), {})
        found = similarity.nearest(self.reader, self.gazetteer(on), place, count)
        title = Text("les lieux qui lui ressemblent le plus", "the places most like it")
        return Group(title, (place, *(each for each, _ in found)), {e.key: why for e, why in found})

    def search(self, text: str, limit: int = 10) -> list[Place]:
        """Places whose name, code or postal code answers a text typed by a person."""
        return search_names(self.reader, self.gazetteer(), text, limit)


def _said_elsewhere(place: Place, others: list[Place]) -> bool:
    """Whether a département is the same ground as its one commune (Paris) or its région."""
    return place.scale == Scale.DEPARTEMENT and any(
        other.communes == place.communes for other in others if other is not place
    )


def _moved(gazetteer: Gazetteer, code: str) -> str:
    """Where to look for a commune that joined another; "" when it did not."""
    successor = gazetteer.successors.get(code)
    if successor is None:
        return ""
    place = gazetteer.current[successor]
    return f"{code} is now part of {place.name}: give {place.key}."
