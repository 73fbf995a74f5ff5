"""What was read of a file or a feed: records, and the lines that could not be read."""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any

from bassin.commons.brought import Problem
from bassin.match.jobs.models import Offer

__all__ = ["CONTACT", "Problem", "Reading", "Record"]

CONTACT = ("contact_name", "contact_telephone", "contact_email")
"""What is about a person: kept on the offer alone, which forgets it, never beside it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One offer of a source. `fields` are those of an offer; what is absent was not said."""

    external_id: str
    fields: dict[str, Any]
    url: str = ""
    line: int = 0
    published_on: date | None = None
    expires_on: date | None = None

    @property
    def digest(self) -> str:
        """The same while the source says the same."""
        said = dumps([self.as_json()["fields"], self.url, str(self.expires_on)], sort_keys=True)
        return sha256(said.encode()).hexdigest()

    @property
    def said(self) -> dict[str, Any]:
        """What is kept of it beside the offer: all but the contact person."""
        fields = self.as_json()["fields"]
        return {name: value for name, value in fields.items() if name not in CONTACT}

    def as_json(self) -> dict[str, Any]:
        """As a draft of an import keeps it."""
        plain = {
            name: value.isoformat()
            if isinstance(value, date | time)
            else str(value)
            if isinstance(value, Decimal)
            else value
            for name, value in self.fields.items()
        }
        return {
            "external_id": self.external_id, "fields": plain, "url": self.url, "line": self.line,
            "published_on": self.published_on and self.published_on.isoformat(),
            "expires_on": self.expires_on and self.expires_on.isoformat(),
        }  # fmt: skip


@dataclass(slots=True)
class Reading:
    """A file or a feed, read. `complete` when all the offers of the source are in it."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # columns whose name is not known
    complete: bool = True

    def as_json(self) -> dict[str, Any]:
        """As a draft of an import keeps it."""
        return {
            "records": [record.as_json() for record in self.records],
            "problems": [[each.line, each.column, each.words, each.whole]
                         for each in self.problems],
            "left": self.left,
            "complete": self.complete,
        }  # fmt: skip

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Reading":
        """What was kept."""
        return cls(
            [_record(each) for each in kept.get("records", [])],
            [Problem(*each) for each in kept.get("problems", [])],
            list(kept.get("left", [])),
            bool(kept.get("complete", True)),
        )


_FIELDS = {each.name: each for each in Offer._meta.concrete_fields}


def _record(kept: dict[str, Any]) -> Record:
    fields = {
        name: value if value is None else _FIELDS[name].to_python(value)
        for name, value in kept["fields"].items()
    }
    return Record(
        kept["external_id"], fields, kept["url"], kept["line"], _day(kept["published_on"]),
        _day(kept["expires_on"]),
    )  # fmt: skip


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
