"""The declaration of a shared table: read from TOML, checked, written as TOML."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import duckdb

from bassin.errors import Refused
from bassin.sources.authority.kinds import KINDS
from bassin.types import Text

PREFIX = "shared_"
"""How the key of every shared table begins, so that none ever hides a publisher's table."""
LEVELS = ("public", "partners", "internal")
GEOMETRIES = ("", "point", "line", "polygon")
KEY = re.compile(PREFIX + r"[a-z][a-z0-9_]{1,40}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
MOST_COLUMNS = 80
_OURS = {"line_number", "line", "file", "refusal", "cog", "shape", "superseded"}
_POSITION = {"longitude", "latitude"}


@cache
def _kept() -> frozenset[str]:
    """Words that SQL keeps for itself: an indicator may name a column as it is."""
    asked = "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
    with duckdb.connect(":memory:") as con:
        return frozenset(row[0] for row in con.execute(asked).fetchall())


@dataclass(frozen=True, slots=True)
class Declared:
    """One column: `choices` are the only values allowed, when there are any.

    `header` is what files call it, where that is neither its name nor its label.
    """

    name: str
    kind: str
    label: Text
    unit: Text = Text("")
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    header: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A shared table: what it is, whose, who may read it, and what each column must hold.

    Args:
        level: "public", "partners" or "internal".
        regime: rule of secrecy under which figures are made from it; "" when there is none.
        geometry: what each row draws, for a layer.
        dated_on: the day that its rows tell of, for a table without a period of its own.
        cog: year of the list of communes that its codes follow.
        readers: slugs of the organisations that read it, at the level "partners".
    """

    key: str
    title: Text
    definition: Text
    publisher: str
    level: str
    columns: tuple[Declared, ...]
    unique: tuple[str, ...] = ()
    licence: str = "Licence Ouverte 2.0"
    page: str = ""
    theme: str = "places"
    cadence: Text = field(default_factory=lambda: Text("non dite", "not said"))
    stale_after_days: int = 0
    regime: str = ""
    geometry: str = ""
    dated_on: str = ""
    cog: int = 0
    readers: tuple[str, ...] = ()
    max_refused_pct: float = 5.0

    @property
    def digest(self) -> str:
        """A digest of what its rows must be: another one asks for them to be read again."""
        said = [self.columns, self.unique, self.geometry, self.dated_on, self.cog]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:12]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its own columns."""
        return tuple(each.name for each in self.columns)

    def column(self, name: str) -> Declared | None:
        """A column of its own."""
        return next((each for each in self.columns if each.name == name), None)


def is_free(name: str, *, layer: bool) -> bool:
    """Whether a column may have that name in a table, or in a layer."""
    kept = _OURS | _kept() | (_POSITION if layer else frozenset())
    return bool(NAME.fullmatch(name)) and name not in kept


def check(made: Declaration) -> Declaration:
    """The same declaration.

    Raises:
        Refused: it could not be published; the sentence says what to change.
    """
    said = _wrong(made)
    if said is not None:
        raise Refused(said)
    return made


def _wrong(made: Declaration) -> Text | None:
    if not KEY.fullmatch(made.key):
        return Text(
            f"« {made.key} » n'est pas une clé de table partagée. Écrivez {PREFIX} puis des "
            "lettres minuscules sans accent, des chiffres ou « _ ».",
            f"“{made.key}” is no key of a shared table. Write {PREFIX} then small letters without "
            "accents, digits or “_”.",
        )
    if made.level not in LEVELS or made.geometry not in GEOMETRIES:
        return Text(
            f"Le niveau « {made.level} » ou la géométrie « {made.geometry} » n'existe pas.",
            f"There is no level “{made.level}” or no geometry “{made.geometry}”.",
        )
    if not made.title.fr.strip() or not made.columns:
        return Text(
            "Donnez à la table un titre et au moins une colonne.",
            "Give the table a title and at least one column.",
        )
    if len(made.columns) > MOST_COLUMNS:
        return Text(
            f"Cette table a {len(made.columns)} colonnes ; {MOST_COLUMNS} au plus sont possibles. "
            "Retirez celles que personne ne lira.",
            f"This table has {len(made.columns)} columns; at most {MOST_COLUMNS} may be. Take "
            "out those that nobody will read.",
        )
    for each in made.columns:
        if (wrong := _wrong_column(each, made)) is not None:
            return wrong
    return _wrong_key(made)


def _wrong_column(each: Declared, made: Declaration) -> Text | None:
    if not is_free(each.name, layer=bool(made.geometry)):
        return Text(
            f"La colonne « {each.name} » ne peut pas avoir ce nom : des lettres minuscules sans "
            "accent, des chiffres ou « _ », et aucun des mots que la base garde pour elle. "
            f"Écrivez par exemple « {each.name[:30].lower() or 'colonne'}_1 ».",
            f"The column “{each.name}” cannot have that name: small letters without accents, "
            "digits or “_”, and no word that the database keeps for itself. Write for instance "
            f"“{each.name[:30].lower() or 'column'}_1”.",
        )
    if made.names.count(each.name) > 1:
        return Text(
            f"Deux colonnes s'appellent « {each.name} ». Renommez l'une des deux.",
            f"Two columns are called “{each.name}”. Rename one of them.",
        )
    if each.kind not in KINDS:
        return Text(
            f"« {each.kind} » n'est pas un type de colonne. Les types sont : {', '.join(KINDS)}.",
            f"“{each.kind}” is no type of column. The types are: {', '.join(KINDS)}.",
        )
    wanted = each.name if each.name in ("commune_code", "period") else each.kind
    if wanted != each.kind:
        return Text(
            f"Une colonne nommée « {each.name} » a le type {wanted}. Changez son type ou son nom.",
            f"A column named “{each.name}” has the type {wanted}. Change its type or its name.",
        )
    return None


def _wrong_key(made: Declaration) -> Text | None:
    unknown = [name for name in made.unique if name not in made.names]
    if unknown:
        return Text(
            f"La clé nomme {', '.join(unknown)}, qui n'est pas une colonne de la table.",
            f"The key names {', '.join(unknown)}, which is no column of the table.",
        )
    if not made.unique:
        return Text(
            "Dites quelle colonne, ou quelles colonnes ensemble, distinguent une ligne de toutes "
            "les autres : sans elles, une ligne donnée deux fois compterait deux fois.",
            "Say which column, or which ones together, tell a row from all others: without them, "
            "a row given twice would count twice.",
        )
    return None


def read(text: str, where: str = "declaration") -> Declaration:
    """A declaration from its TOML.

    Raises:
        Refused: it is no TOML, lacks something, or could not be published.
    """
    try:
        facts = tomllib.loads(text)
        return check(_made(facts))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(
            Text(
                f"{where} : cette déclaration de table est illisible ({error!r}).",
                f"{where}: this declaration of a table cannot be read ({error!r}).",
            )
        ) from error


def _made(facts: Mapping[str, Any]) -> Declaration:
    known = {name: facts[name] for name in (
        "key", "publisher", "level", "licence", "page", "theme", "stale_after_days", "regime",
        "geometry", "dated_on", "cog", "max_refused_pct",
    ) if name in facts}  # fmt: skip
    if "cadence" in facts:
        known["cadence"] = Text.of(facts["cadence"])
    return Declaration(
        title=Text.of(facts["title"]), definition=Text.of(facts.get("definition", "")),
        columns=tuple(_column(each) for each in facts.get("columns", ())),
        unique=tuple(facts.get("unique", ())), readers=tuple(facts.get("readers", ())), **known,
    )  # fmt: skip


def _column(facts: Mapping[str, Any]) -> Declared:
    return Declared(
        facts["name"], facts["type"], Text.of(facts["label"]), Text.of(facts.get("unit", "")),
        bool(facts.get("required", False)), tuple(map(str, facts.get("choices", ()))),
        facts.get("minimum"), facts.get("maximum"), facts.get("header", ""),
    )  # fmt: skip


def written(made: Declaration) -> str:
    """The declaration as TOML."""
    lines = [
        "# Declaration of a shared table, written by the pages of open data. See docs/sharing.md.",
        *(f"{name} = {_value(getattr(made, name))}" for name in (
            "key", "title", "definition", "publisher", "level", "licence", "page", "theme",
            "cadence", "stale_after_days", "regime", "geometry", "dated_on", "cog",
            "max_refused_pct", "unique", "readers",
        )),
    ]  # fmt: skip
    for each in made.columns:
        lines += ["", "[[columns]]", f"name = {_value(each.name)}", f"type = {_value(each.kind)}",
                  f"label = {_value(each.label)}"]  # fmt: skip
        more = ("unit", "required", "choices", "minimum", "maximum", "header")
        told = {name: getattr(each, name) for name in more}
        lines += [
            f"{name} = {_value(value)}"
            for name, value in told.items()
            if not (value is None or value is False or value in ((), "", Text("")))
        ]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, Text):
        english = f", en = {_value(value.en)}" if value.en else ""
        return f"{{ fr = {_value(value.fr)}{english} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    # A JSON string is a TOML one, but for the one control character that JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "")
