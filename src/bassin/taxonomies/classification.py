"""One nomenclature of activities held in memory: labels, parents, children, sets of sub-classes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bassin.errors import Refused
from bassin.taxonomies.codes import (
    Level,
    Nomenclature,
    level_of,
    nomenclature_of,
    normalise,
    shorter,
)
from bassin.types import Text

NOT_LOADED = Text(
    "à charger : libellés de l'INSEE (nomenclatures/naf-2025.csv)",
    "to load: INSEE's labels (nomenclatures/naf-2025.csv)",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One post of the nomenclature. `parent` is "" for a section; `division` too."""

    code: str
    level: Level
    label: Text
    parent: str
    section: str
    division: str
    nomenclature: Nomenclature


@dataclass(frozen=True, slots=True)
class Classification:
    """A nomenclature: every post by its canonical code, in publication order.

    `complete` is False when only sections and divisions are known (NAF 2025 before INSEE's file is
    loaded): a lower code is then recognised by its division, with a label that says what to load.
    """

    nomenclature: Nomenclature
    source: str
    entries: Mapping[str, Entry]
    complete: bool
    _children: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __contains__(self, code: str) -> bool:
        return code in self.entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def entry(self, text: str) -> Entry:
        """The post of a code, written in any accepted way.

        Raises:
            Refused: the code is malformed or is not in this nomenclature.
        """
        code = normalise(text)
        if found := self.entries.get(code):
            return found
        division = self.entries.get(code[:2])
        foreign = nomenclature_of(code) not in (None, self.nomenclature)
        if division is None or self.complete or foreign:
            raise Refused(self._unknown(code, division))
        return Entry(
            code=code,
            level=level_of(code),
            label=NOT_LOADED,
            parent=shorter(code),
            section=division.section,
            division=division.code,
            nomenclature=self.nomenclature,
        )

    def _unknown(self, code: str, division: Entry | None) -> str:
        name = self.nomenclature.label.en
        if division is None or not self.complete:
            return f"{code} is not in {name}. Check the code, and which nomenclature it is from."
        near = shorter(code)
        while near not in self.entries:
            near = shorter(near)
        return f"{code} is not in {name}. Under {near} there are {', '.join(self.children(near))}."

    def label(self, code: str, language: str = "fr") -> str:
        """The label of a code; English falls back on French where no English label was loaded.

        Raises:
            Refused: the code is not in this nomenclature.
        """
        return self.entry(code).label.say(language)

    def codes(self, level: Level) -> tuple[str, ...]:
        """Every code of one level, in publication order."""
        return tuple(e.code for e in self if e.level is level)

    def children(self, code: str) -> tuple[str, ...]:
        """The codes one level below, in publication order; none for a sub-class.

        Raises:
            Refused: the code is not in this nomenclature.
        """
        if not self._children:
            below: dict[str, list[str]] = {}
            for entry in self:
                below.setdefault(entry.parent, []).append(entry.code)
            self._children.update({parent: tuple(codes) for parent, codes in below.items()})
        return self._children.get(self.entry(code).code, ())

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes above, nearest first: ("01.11", "01.1", "01", "A") for "01.11Z".

        Raises:
            Refused: the code is not in this nomenclature.
        """
        entry = self.entry(code)
        above: list[str] = []
        parent = entry.parent
        while parent:
            above.append(parent)
            parent = self.entry(parent).parent
        return tuple(above)

    def subclasses(self, prefixes: Iterable[str], excluded: Iterable[str] = ()) -> tuple[str, ...]:
        """The sub-classes under any of `prefixes` and under none of `excluded`, sorted.

        Args:
            prefixes: codes of any level ("C", "33.1", "45.20A").
            excluded: codes of any level taken away.

        Raises:
            Refused: a prefix is not in this nomenclature, or its sub-classes are not loaded.
        """
        if not self.complete:
            raise Refused(
                f"The sub-classes of {self.nomenclature.label.en} are not loaded. Load "
                "INSEE's file (nomenclatures/naf-2025.csv), then ask again."
            )
        kept = self._under(prefixes) - self._under(excluded)
        return tuple(sorted(kept))

    def _under(self, prefixes: Iterable[str]) -> set[str]:
        roots = {self.entry(prefix).code for prefix in prefixes}
        return {
            e.code
            for e in self
            if e.level is Level.SUBCLASS
            and (e.code in roots or e.section in roots or any(e.code.startswith(r) for r in roots))
        }

    def relabelled(self, labels: Mapping[str, Text]) -> "Classification":
        """The same nomenclature with other labels; French that differs only by its capitals, and
        English that is missing, leave the label that was there.

        Raises:
            Refused: a label is for a code that this nomenclature does not have.
        """
        renamed = dict(self.entries)
        for code, label in labels.items():
            old = self.entry(code)
            same = label.fr.casefold() == old.label.fr.casefold()
            text = Text(
                old.label.fr if same else label.fr or old.label.fr, label.en or old.label.en
            )
            renamed[old.code] = Entry(
                old.code, old.level, text, old.parent, old.section, old.division, old.nomenclature
            )
        return Classification(self.nomenclature, self.source, renamed, self.complete)


def classification(
    nomenclature: Nomenclature,
    source: str,
    sections: Mapping[str, str],
    labels: Mapping[str, Text],
    *,
    complete: bool,
) -> Classification:
    """Build a nomenclature from its labels.

    Args:
        sections: division to section letter.
        labels: every canonical code to its label, sections included.

    Raises:
        Refused: a code belongs to a division that has no section.
    """
    entries = {}
    for code in sorted(labels, key=lambda c: (sections.get(c[:2], c), len(c) > 1, c)):
        level = level_of(code)
        if level is Level.SECTION:
            parent, section, division = "", code, ""
        elif code[:2] not in sections:
            raise Refused(f"{code} belongs to no section of {nomenclature.label.en}.")
        else:
            section, division = sections[code[:2]], code[:2]
            parent = section if level is Level.DIVISION else shorter(code)
        entries[code] = Entry(code, level, labels[code], parent, section, division, nomenclature)
    return Classification(nomenclature, source, entries, complete)
