"""What the review page shows of an import: each entry with its source, repairs and fate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.steer.programmes import words
from bassin.steer.programmes.imports.entries import REASON, Entry, Findings, Level, Origin
from bassin.steer.programmes.imports.planning import Fate, Plan, Step
from bassin.steer.programmes.imports.repair import Kind, Repair
from bassin.steer.programmes.models import Action
from bassin.steer.programmes.rules import KNOWN_TO

LEVELS: dict[Level, Promise] = {
    Level.HEADING: gettext_lazy("group of axes"),
    Level.AXIS: gettext_lazy("axis"),
    Level.PRIORITY: gettext_lazy("priority"),
    Level.ACTION: gettext_lazy("action"),
    Level.NONE: gettext_lazy("not taken"),
}
REPAIRS: dict[Kind, Promise] = {
    Kind.BULLET: gettext_lazy("bullet taken off"),
    Kind.WRAP: gettext_lazy("lines joined"),
    Kind.HYPHEN: gettext_lazy("word cut at the end of a line"),
    Kind.CAPITALS: gettext_lazy("broken capitals"),
    Kind.TWICE: gettext_lazy("heading printed twice"),
    Kind.SPACES: gettext_lazy("spaces"),
    Kind.ENDING: gettext_lazy("comma at the end"),
}
FATES: dict[Fate, Promise] = {
    Fate.NEW: gettext_lazy("new"),
    Fate.SAME: gettext_lazy("already there"),
    Fate.CHANGED: gettext_lazy("changes"),
    Fate.PLACED: gettext_lazy("in another framework already: it will stand here too"),
    Fate.FROZEN: gettext_lazy("left as it is: the text was adopted"),
}
_PLACE = "place"


@dataclass(frozen=True, slots=True)
class Told:
    """A field in words: its name, its value, and where it stands in the file."""

    label: str
    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Moved:
    """A field that would change, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the page."""

    entry: Entry
    where: str
    words: str
    holder: str
    fate: str
    fate_kind: str
    moved: tuple[Moved, ...]
    repairs: tuple[tuple[str, Repair], ...]
    told: tuple[Told, ...]

    @property
    def rows(self) -> int:
        """Height of the field, in lines."""
        return max(1, min(6, len(self.entry.title) // 60 + 1))


def items(entries: Sequence[Entry], findings: Findings, plan: Plan) -> list[Item]:
    """The entries as the page shows them."""
    steps = {each.entry.key: each for each in plan.steps}
    return [_item(each, findings, steps.get(each.key)) for each in entries]


def _item(entry: Entry, findings: Findings, step: Step | None) -> Item:
    holder = findings.holder(entry)
    return Item(
        entry,
        where(entry.origins),
        " ".join(each.words for each in entry.origins),
        holder.title if holder else "",
        str(FATES[step.fate]) if step else "",
        step.fate.value if step else "",
        tuple(_moved(each.field, each.before, each.after) for each in step.changes) if step else (),
        tuple((str(REPAIRS[each.kind]), each) for each in entry.repairs),
        tuple(
            Told(_label(name), _said(name, entry), each.origin)
            for name, each in entry.fields.items()
            if name not in (*KNOWN_TO.values(), REASON)
        ),
    )


def where(origins: Sequence[Origin]) -> str:
    """Lines or cells in words: "line 12", "lines 12 to 14", "cell C2"."""
    first, last = origins[0].where, origins[-1].where
    if not first.isdigit():
        return _("cell {address}").format(address=first)
    if first == last:
        return _("line {number}").format(number=first)
    return _("lines {first} to {last}").format(first=first, last=last)


def _said(name: str, entry: Entry) -> str:
    """A field of an entry in words; a day as precisely as its source gives it."""
    value = entry.fields[name].value
    if name not in KNOWN_TO:
        return _value(name, value)
    known = entry.fields[KNOWN_TO[name]].value
    if known == "day":
        return words.day(date.fromisoformat(value))
    form = _("{period} (kept as {day}: its first day)") if name == "starts_on" else _(
        "{period} (kept as {day}: its last day)"
    )  # fmt: skip
    day = date.fromisoformat(value)
    return form.format(period=words.dated(day, known), day=words.day(day))


def _label(name: str) -> str:
    if name == _PLACE:
        return _("axis")
    return str(getattr(Action._meta.get_field(name), "verbose_name", name))


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return _("not reported")
    choices: Mapping[str, Any] = {
        "kind": dict(Action.Kind.choices), "lifecycle": dict(Action.Lifecycle.choices),
        **{known: dict(Action.Precision.choices) for known in KNOWN_TO.values()},
    }.get(name, {})  # fmt: skip
    if isinstance(value, list):
        named = words.communes()
        return ", ".join(str(named.get(each, each)) for each in value)
    if isinstance(value, date):
        return words.day(value)
    return str(choices.get(value, value))


def _moved(name: str, before: Any, after: Any) -> Moved:
    return Moved(_label(name), _value(name, before), _value(name, after))
