"""The whole form of a sheet, from its file and back to it, row by row."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from bassin.indicators.house import House
from bassin.match.aids.editing.fields import (
    FREE,
    AmountForm,
    ConditionForm,
    LineForm,
    Quiet,
    SheetForm,
)
from bassin.match.aids.editing.values import shown
from bassin.match.aids.rules.aid import aid
from bassin.match.aids.rules.unread import raw as again

LINES = ("documents", "steps", "legal", "notes")
MOST = {"conditions": 60, "amounts": 30, "when": 6, **dict.fromkeys(LINES, 30)}
CHECKED = ("verified_on", "verified_by")
ADD = "add"
"""Name of the button that adds a row; its value is which rows."""


@dataclass(slots=True)
class AmountRow:
    """An amount, and the conditions of a firm that gets it."""

    form: AmountForm
    when: list[ConditionForm]


@dataclass(slots=True)
class Editor:
    """Every form of a sheet. `sent` is what came back, None when it is opened."""

    house: House
    before: Mapping[str, Any]
    known: set[str]
    sent: QueryDict | None = None
    fixed: str = ""
    main: SheetForm = field(init=False)
    conditions: list[ConditionForm] = field(init=False)
    amounts: list[AmountRow] = field(init=False)
    lines: dict[str, list[LineForm]] = field(init=False)

    def __post_init__(self) -> None:
        known = self.known - {self.fixed}
        self.main = SheetForm(self.sent, initial=_main(self.before), quiet=self.adds, known=known,
                              fixed=self.fixed)  # fmt: skip
        rows = [row for each in self.before.get("conditions", ()) for row in _clauses(each)]
        self.conditions = self._conditions("conditions", rows)
        listed = self.before.get("amounts", ())
        self.amounts = [
            AmountRow(
                self._form(AmountForm, f"amounts-{at}", _amount(listed, at)),
                self._conditions(f"amounts-{at}-when", _when(listed, at), "when"),
            )
            for at in range(self._count("amounts", len(listed)))
        ]
        self.lines = {
            name: [self._form(LineForm, f"{name}-{at}", _line(self.before.get(name, ()), at))
                   for at in range(self._count(name, len(self.before.get(name, ()))))]
            for name in LINES
        }  # fmt: skip

    @property
    def adds(self) -> str:
        """Which rows one more is asked for; "" when the sheet is to be kept."""
        return "" if self.sent is None else str(self.sent.get(ADD, ""))

    def _count(self, name: str, held: int, family: str = "") -> int:
        """How many rows are shown: those that are held, and an empty one."""
        most = MOST[family or name]
        if self.sent is None:
            return min(held + 1, most)
        typed = str(self.sent.get(f"{name}-rows", ""))
        count = int(typed) if re.fullmatch(r"\d{1,3}", typed) else 0
        return min(count + (self.adds == name), most)

    def _form(self, kind: Any, prefix: str, initial: Mapping[str, Any], **more: Any) -> Any:
        return kind(self.sent, prefix=prefix, initial=initial, quiet=bool(self.adds), **more)

    def _conditions(
        self, name: str, rows: Sequence[Mapping[str, Any]], family: str = ""
    ) -> list[ConditionForm]:
        count = self._count(name, len(rows), family)
        return [
            self._form(ConditionForm, f"{name}-{at}", rows[at] if at < len(rows) else {},
                       house=self.house)
            for at in range(count)
        ]  # fmt: skip

    def forms(self) -> Iterator[Quiet]:
        """Every form of the page."""
        yield self.main
        yield from self.conditions
        for each in self.amounts:
            yield each.form
            yield from each.when
        for listed in self.lines.values():
            yield from listed

    def is_valid(self) -> bool:
        """Whether each of them is; all are judged, so that every mistake is told at once."""
        return all({id(each): each.is_valid() for each in self.forms()}.values())

    @property
    def errors(self) -> int:
        """How many mistakes there are."""
        return sum(len(listed) for each in self.forms() for listed in each.errors.values())

    def said(self) -> dict[str, Any]:
        """The sheet as its file will write it.

        A day of check stays on what was not changed, and leaves what was.

        Raises:
            Refused: the sheet cannot say this.
        """
        made = {**_told(self.main, self.before), **self._rows()}
        made["slug"] = self.fixed or self.main.said("slug") or named(self.main.said("title_fr"))
        for key in ("owner", "origin", "funded"):
            if self.before.get(key):
                made[key] = self.before[key]
        return checked_again(again(aid(made)), self.before)

    def _rows(self) -> dict[str, Any]:
        kept = [each for each in self.amounts if not each.form.empty]
        amounts = []
        for each in kept:
            when = clauses(each.when)
            amounts.append({**each.form.raw(), **({"when": when} if when else {})})
        lines = {
            name: [each.raw() for each in listed if not each.blank]
            for name, listed in self.lines.items()
        }
        return {"conditions": clauses(self.conditions), "amounts": amounts, **lines}


def clauses(rows: Sequence[ConditionForm]) -> list[dict[str, Any]]:
    """The rows as clauses: one that says « or else » joins the one above."""
    found: list[list[dict[str, Any]]] = []
    for each in rows:
        if each.empty:
            continue
        if each.cleaned_data.get("either") and found:
            found[-1].append(each.raw())
        else:
            found.append([each.raw()])
    return [group[0] if len(group) == 1 else {"any": group} for group in found]


def checked_again(made: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """A sheet with the days of check of what is still the same; nothing else carries one."""
    old = {_plain(one): one for each in before.get("conditions", ()) for one in _flat(each)}
    for each in made.get("conditions", ()):
        for one in _flat(each):
            held = old.get(_plain(one), {})
            one.update({key: held[key] for key in CHECKED if key in held})
    if _sheet(made) == _sheet(before):
        made.update({key: before[key] for key in CHECKED if key in before})
    return made


def _flat(clause: dict[str, Any]) -> list[dict[str, Any]]:
    return list(clause["any"]) if "any" in clause else [clause]


def _plain(condition: Mapping[str, Any]) -> str:
    return repr(sorted((key, value) for key, value in condition.items() if key not in CHECKED))


def _sheet(raw: Mapping[str, Any]) -> str:
    """What of a sheet a check of it is about: all but who keeps it and when it is read again."""
    left = {*CHECKED, "owner", "review_on", "conditions"}
    told = [_plain(one) for each in raw.get("conditions", ()) for one in _flat(each)]
    return repr((sorted((k, repr(v)) for k, v in raw.items() if k not in left), told))


def named(title: str) -> str:
    """A name for files, made from a title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:80].strip("-")


_TEXTS = ("title", "promise", "source", "about", "closing")


def _main(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What the first form is filled with."""
    found: dict[str, Any] = {}
    for name in _TEXTS:
        found |= _pair(name, raw.get(name, ""))
    budget, stacking = raw.get("budget", {}), raw.get("stacking", {})
    found |= _pair("budget_said", budget.get("said", ""))
    found |= _pair("stacking_said", stacking.get("said", ""))
    contact = raw.get("contact", {})
    found |= {f"contact_{key}": contact.get(key, "") for key in ("name", "phone", "email", "url")}
    names = ("slug", "holder", "natures", "scale", "url", "opens_on", "closes_on", "review_on")
    return found | {name: raw.get(name) for name in names} | {
        "others": "\n".join(raw.get("others", ())), "budget": budget.get("state", "unknown"),
        "de_minimis": stacking.get("de_minimis", False),
        "excludes": "; ".join(stacking.get("excludes", ())),
    }  # fmt: skip


def _told(form: SheetForm, before: Mapping[str, Any]) -> dict[str, Any]:
    """What the first form says, by the keys of the file."""
    said = form.said
    return {
        **{name: form.both(name) for name in _TEXTS},
        "holder": said("holder"),
        "others": [each.strip() for each in (said("others") or "").split("\n") if each.strip()],
        "natures": said("natures"), "scale": said("scale"), "url": said("url"),
        "opens_on": said("opens_on"), "closes_on": said("closes_on"),
        "review_on": said("review_on"),
        "budget": {"state": said("budget"), "said": form.both("budget_said")},
        "contact": {key: said(f"contact_{key}") or "" for key in ("name", "phone", "email", "url")},
        "stacking": {"de_minimis": said("de_minimis"), "excludes": said("excludes"),
                     "said": form.both("stacking_said")},
    }  # fmt: skip


def _pair(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {f"{name}_fr": value["fr"], f"{name}_en": value.get("en", "")}
    return {f"{name}_fr": value, f"{name}_en": ""}


def _clauses(clause: dict[str, Any]) -> list[dict[str, Any]]:
    return [_condition(one, either=at > 0) for at, one in enumerate(_flat(clause))]


def _condition(raw: Mapping[str, Any], *, either: bool) -> dict[str, Any]:
    fact = str(raw["fact"])
    own = fact.startswith("said:")
    found: dict[str, Any] = {
        "either": either, "fact": FREE if own else fact, "op": raw["op"],
        "name": fact.removeprefix("said:") if own else "", "value": shown(raw["value"]),
        "quote": raw.get("quote", ""), "since": raw.get("from"), "until": raw.get("until"),
    }  # fmt: skip
    for name in ("source", "question", "why", "said"):
        found |= _pair(name, raw.get(name, ""))
    return found


def _amount(listed: Sequence[Mapping[str, Any]], at: int) -> dict[str, Any]:
    if at >= len(listed):
        return {}
    names = ("rate_pct", "floor_eur", "ceiling_eur", "each_eur")
    return _pair("said", listed[at]["said"]) | {name: listed[at].get(name) for name in names}


def _when(listed: Sequence[Mapping[str, Any]], at: int) -> list[dict[str, Any]]:
    if at >= len(listed):
        return []
    return [row for each in listed[at].get("when", ()) for row in _clauses(each)]


def _line(listed: Sequence[Any], at: int) -> dict[str, str]:
    if at >= len(listed):
        return {}
    pair = _pair("", listed[at])
    return {"fr": pair["_fr"], "en": pair["_en"]}


__all__ = ["ADD", "Editor", "clauses", "forms", "named"]
