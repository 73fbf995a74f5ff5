"""ROME, the directory of occupations of France Travail, as one holder of tables and look-ups.

It comes from a release (`loaded`: real, or invented in the sample) or from a folder of the
publisher's files (`read`), through the same readers. Codes are those of ROME 3: fiches of ROME 4
only bring the labels that version 3 lacks, and the tags of the ecological transition.
"""

import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bassin.errors import Refused
from bassin.sources.contract import Raw, Source
from bassin.sources.occupation_hirings.matrix import OccupationHirings
from bassin.sources.rome.fiches import RomeOccupations, RomeTexts
from bassin.sources.rome.fourth import Rome4Occupations
from bassin.sources.rome.skills import RomeItems, RomeSkills
from bassin.sources.rome.words import RomeAppellations, RomeMobilities
from bassin.sources.staging import stage
from bassin.store.reader import Reader
from bassin.types import Origin

_DESCRIBING = ("skills", "texts", "appellations")
_THIRD = "v3"
ITEM_KINDS = ("skill", "activity", "environment")
_KEPT = 2


@dataclass(frozen=True)
class _Part:
    """One table of the holder: where its rows come from, and which columns it keeps."""

    source: type[Source]
    columns: dict[str, str]  # ours -> the source's

    @property
    def schema(self) -> pa.Schema:
        """Of the columns kept, under the source's names: what an absent table looks like."""
        types = {"VARCHAR": pa.string(), "BOOLEAN": pa.bool_(), "INTEGER": pa.int32()}
        types["SMALLINT"] = pa.int16()
        kinds = self.source.columns
        return pa.schema([(name, types[kinds[name].type]) for name in self.columns.values()])


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_PARTS = {
    "occupations": _Part(RomeOccupations, _same("rome_code", "label")),
    "appellations": _Part(
        RomeAppellations, {"code": "appellation_code", **_same("rome_code", "label", "short_label")}
    ),
    "items": _Part(RomeItems, _same("item_code", "kind", "label")),
    "skills": _Part(RomeSkills, _same("rome_code", "item_code", "kind", "is_core")),
    "texts": _Part(RomeTexts, _same("rome_code", "kind", "position", "text")),
    "mobilities": _Part(RomeMobilities, _same("rome_code", "target_rome_code", "kind", "position")),
    "hirings": _Part(OccupationHirings, _same("rome_code", "naf_code", "hirings")),
    "tags": _Part(
        Rome4Occupations,
        _same(
            "rome_code",
            "rome4_code",
            "label",
            "ecological_tag",
            "is_green",
            "is_greening",
            "is_brown",
        ),
    ),
}


@dataclass(frozen=True)
class Rome:
    """The tables of ROME; one that was not loaded is empty.

    `skills` holds the links of an occupation to its skills, activities and environments, and
    `is_core` is empty for environments. `version` is that of ROME 3 ("v347"), of the table that
    gives it first; `origin` says whether the release's is real or invented.
    """

    occupations: pa.Table
    appellations: pa.Table
    items: pa.Table
    skills: pa.Table
    texts: pa.Table
    mobilities: pa.Table
    hirings: pa.Table
    tags: pa.Table
    version: str = ""
    origin: Origin = Origin.REAL
    identity: str = field(default="", compare=False)  # same text, same content: for what is kept

    @classmethod
    def loaded(cls, reader: Reader) -> Self:
        """What the release in service holds; every table is empty when nothing was loaded."""
        found = {name: _served(reader, part) for name, part in _PARTS.items()}
        keys = [part.source.key for part in _PARTS.values() if reader.has(part.source.key)]
        versions = [reader.release.tables[key].version for key in keys]
        return cls._of(
            found,
            Origin.together(each.origin for each in versions),
            "-".join(each.version for each in versions),
        )

    @classmethod
    def read(cls, folder: Path) -> Self:
        """What the files of a folder hold (a data pack, or some of its files).

        Raises:
            Refused: no such folder, or no file of ROME in it; the sentence names them.
            SourceError: a file is not what its name says.
        """
        shares = _shares(folder)
        found = {name: _staged(part, shares) for name, part in _PARTS.items()}
        return cls._of(found, Origin.REAL, "")

    @classmethod
    def _of(cls, found: dict[str, pa.Table], origin: Origin, identity: str) -> Self:
        versions = (_version(found[name]) for name in ("skills", "occupations", *_DESCRIBING))
        version = next((name for name in versions if name.startswith(_THIRD)), "")
        kept = {name: _kept(found[name], part) for name, part in _PARTS.items()}
        kept["skills"] = kept["skills"].filter(
            pc.is_in(kept["skills"]["kind"], pa.array(ITEM_KINDS))
        )
        return cls(**kept, version=version, origin=origin, identity=identity)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every occupation that a table names, in order: 532 for version 3.

        The table of codes lacks L1510, which the others use.
        """
        tables = (self.occupations, self.appellations, self.skills, self.texts, self.tags)
        return tuple(sorted({code for each in tables for code in each["rome_code"].to_pylist()}))

    @cached_property
    def labels(self) -> dict[str, str]:
        """Labels; where version 3 gives none, that of ROME 4, else a job title, else the code."""
        fourth = dict(_pairs(self.tags, "rome4_code", "label"))
        titles = dict(_pairs(self.appellations, "rome_code", "label")[::-1])
        own = dict(_pairs(self.occupations, "rome_code", "label"))
        return {
            code: own.get(code) or fourth.get(code) or titles.get(code, code) for code in self.codes
        }

    def label(self, code: str) -> str:
        """The label of an occupation.

        Raises:
            Refused: ROME has no such code.
        """
        self.known(code)
        return self.labels[code]

    def known(self, code: str) -> None:
        """Refuse a code that ROME does not have.

        Raises:
            Refused: the sentence says what was asked for.
        """
        if code not in self.labels:
            raise Refused(f"“{code}” is not an occupation of ROME {self.version or 'loaded here'}.")

    @cached_property
    def _items(self) -> dict[str, tuple[str, ...]]:
        gathered: dict[str, list[str]] = {}
        for code, item in _pairs(self.skills, "rome_code", "item_code"):
            gathered.setdefault(code, []).append(item)
        return {code: tuple(found) for code, found in gathered.items()}

    def items_of(self, code: str) -> tuple[str, ...]:
        """The codes of the skills, activities and environments of an occupation.

        Raises:
            Refused: ROME has no such code.
        """
        self.known(code)
        return self._items.get(code, ())

    @cached_property
    def core(self) -> frozenset[tuple[str, str]]:
        """The (occupation, item) pairs of what every holder of the occupation does or knows."""
        core = self.skills.filter(pc.fill_null(self.skills["is_core"], False))
        return frozenset(_pairs(core, "rome_code", "item_code"))

    @cached_property
    def item_kinds(self) -> dict[str, str]:
        """Item code -> "skill", "activity" or "environment"."""
        return dict(_pairs(self.skills, "item_code", "kind")) | dict(
            _pairs(self.items, "item_code", "kind")
        )

    @cached_property
    def _item_labels(self) -> dict[str, str]:
        return dict(_pairs(self.items, "item_code", "label"))

    def item_label(self, code: str) -> str:
        """The label of an item, or its code where the publisher gives none (one of 11,969)."""
        return self._item_labels.get(code, code)


def loaded(reader: Reader) -> Rome:
    """`Rome.loaded`, kept for the release in service: asked for once per process."""
    with _LOCK:
        found = _ROMES.get(reader.key)
        if found is None:
            found = _ROMES[reader.key] = Rome.loaded(reader)
        _ROMES.move_to_end(reader.key)
        while len(_ROMES) > _KEPT:
            _ROMES.popitem(last=False)
    return found


_LOCK = threading.Lock()
_ROMES: "OrderedDict[tuple[str, str], Rome]" = OrderedDict()


def _pairs(table: pa.Table, left: str, right: str) -> list[tuple[str, str]]:
    return list(zip(table[left].to_pylist(), table[right].to_pylist(), strict=True))


def _served(reader: Reader, part: _Part) -> pa.Table:
    if not reader.has(part.source.key):
        return part.schema.empty_table()
    return reader.table("FROM " + part.source.key)


def _shares(folder: Path) -> dict[str, list[Raw]]:
    """The files of each source, by their name alone: any folder below will do.

    Raises:
        Refused: no such folder, or none of the files without which nothing can be said.
    """
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}. Give the path of a folder of ROME's files.")
    files = {path.name: path for path in sorted(folder.rglob("*"), reverse=True) if path.is_file()}
    shares = {}
    for part in _PARTS.values():
        globs = [glob.rpartition("/")[2] for glob in part.source.files]
        mine = [name for name in sorted(files) if any(fnmatchcase(name, glob) for glob in globs)]
        if mine:
            shares[part.source.key] = [Raw(files[name], name) for name in mine]
    needed = [_PARTS[name].source for name in _DESCRIBING]
    if not any(source.key in shares for source in needed):
        names = ", ".join(glob.rpartition("/")[2] for each in needed for glob in each.files)
        raise Refused(
            f"{folder} holds no file that describes occupations. Put at least one of these there, "
            f"named as published: {names}."
        )
    return shares


def _staged(part: _Part, shares: dict[str, list[Raw]]) -> pa.Table:
    """What the load of a release would publish of these files."""
    source = part.source()
    if source.key not in shares:
        return part.schema.empty_table()
    with tempfile.TemporaryDirectory() as scratch:
        staged = stage(source, shares[source.key], Path(scratch), date.max)
        return pq.read_table(staged.folder / "data.parquet")


def _version(table: pa.Table) -> str:
    """The version of ROME 3 in a table, of ROME 4 when that is all there is."""
    if "version" not in table.column_names or not table.num_rows:
        return ""
    found = table["version"].unique().to_pylist()
    return max((name for name in found if name.startswith(_THIRD)), default=max(found))


def _kept(table: pa.Table, part: _Part) -> pa.Table:
    """Our columns of the latest version; items are one table made of several."""
    if part.source is not RomeItems and (version := _version(table)):
        table = table.filter(pc.equal(table["version"], version))
    return table.select(list(part.columns.values())).rename_columns(list(part.columns))
