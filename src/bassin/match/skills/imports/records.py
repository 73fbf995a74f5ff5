"""What was read of a catalogue: courses with their body, their site and their sessions."""

import json
import zlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.commons.brought import Problem
from bassin.match.skills.models import Course, Session, Site, TrainingBody

Fields = dict[str, Any]
MODELS: dict[str, type[models.Model]] = {
    "body": TrainingBody, "site": Site, "course": Course, "session": Session,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One course of a catalogue. What is absent of its fields was not said."""

    external_id: str
    body: Fields
    site: Fields
    course: Fields
    sessions: tuple[Fields, ...] = ()
    line: int = 0

    @property
    def digest(self) -> str:
        """The same while the catalogue says the same, wherever the course stands in the file."""
        said = json.dumps(self._said(), sort_keys=True, default=_plain)
        return sha256(said.encode()).hexdigest()

    def _said(self) -> list[Any]:
        return [self.external_id, self.body, self.site, self.course, list(self.sessions)]


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} is no value of a record")


@dataclass(slots=True)
class Reading:
    """A catalogue, read. `complete` when all of its courses are in it."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # columns whose name is not known
    complete: bool = True

    def packed(self) -> bytes:
        """As a draft of an import keeps it: some thirty thousand courses weigh little."""
        kept = {
            "records": [[*each._said(), each.line] for each in self.records],
            "problems": [[each.line, each.column, each.words, each.whole]
                         for each in self.problems],
            "left": self.left,
            "complete": self.complete,
        }  # fmt: skip
        return zlib.compress(json.dumps(kept, default=_plain, ensure_ascii=False).encode(), 6)

    @classmethod
    def unpacked(cls, kept: bytes) -> "Reading":
        """What was kept; nothing of an import that was written or dropped."""
        if not kept:
            return cls()
        found = json.loads(zlib.decompress(kept))
        return cls(
            [_record(each) for each in found["records"]],
            [Problem(*each) for each in found["problems"]],
            found["left"],
            found["complete"],
        )


def _record(kept: list[Any]) -> Record:
    number, body, site, course, sessions, line = kept
    return Record(
        number, _read("body", body), _read("site", site), _read("course", course),
        tuple(_read("session", each) for each in sessions), line,
    )  # fmt: skip


_FIELDS = {
    kind: {each.name: each for each in model._meta.concrete_fields}
    for kind, model in MODELS.items()
}


def _read(kind: str, kept: Fields) -> Fields:
    known = _FIELDS[kind]
    return {
        name: value if value is None else known[name].to_python(value)
        for name, value in kept.items()
    }


def contradiction(kind: str, fields: Fields) -> str:
    """Why these values cannot make such a record; "" when they can."""
    wrong = []
    for name, value in fields.items():
        known = _FIELDS[kind][name]
        if known.blank and value in known.empty_values:
            continue
        try:
            known.clean(value, None)
        except ValidationError as error:
            wrong.append(f"{known.verbose_name} : {_how(name, error)}")
    return " ".join(wrong) or _together(kind, fields)


_SHAPES = {
    "siret": gettext_lazy("14 figures."),
    "formacode": gettext_lazy("Five figures: 31768."),
    "nsf": gettext_lazy("Two or three figures, then a letter if it has one: 311u."),
    "commune_code": gettext_lazy("The INSEE code of a commune: five signs."),
}
"""What to write where only a shape is refused."""


def _how(name: str, error: ValidationError) -> str:
    """What is wrong with a value, and what to write instead."""
    shape = all(each.code == "invalid" for each in error.error_list) and _SHAPES.get(name)
    return str(shape or " ".join(error.messages))


def _together(kind: str, fields: Fields) -> str:
    """What no field can see alone."""
    if fields.get("cost_eur") is not None and not fields.get("cost_per"):
        return _("Say what the price is for: the whole course, an hour or a year.")
    if fields.get("insertion_pct") is not None and not fields.get("insertion_source"):
        return _("Say from where the share in a job after 6 months comes: its source, its year.")
    if kind == "session" and fields.get("ends_on") and fields["ends_on"] < fields["starts_on"]:
        return _("The session ends before it begins: exchange the two days.")
    if kind == "site" and (fields.get("latitude") is None) != (fields.get("longitude") is None):
        return _("A point has a latitude and a longitude: give both, or none.")
    return ""
