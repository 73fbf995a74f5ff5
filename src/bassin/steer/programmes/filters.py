"""The filters of a table of actions, as they stand in the address of the page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bassin.steer.programmes import words
from bassin.steer.programmes.models import Action, Health
from bassin.steer.programmes.standing import Sought
from bassin.steer.programmes.tree import Tree
from bassin.territory.search import folded

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter as a list of choices: its name in the address, its words, what may be chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


SORTS = ("", "titre", "porteur", "retard", "avancement", "fin", "montant")


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for."""

    choices: tuple[Choice, ...]
    late: bool
    silent: bool
    text: str

    @classmethod
    def read(
        cls, asked: Mapping[str, str], lines: Sequence[Sought], tree: Tree | None = None
    ) -> "Filters":
        """The filters of an address; a value that is not offered asks for nothing."""
        offered = _offered(lines, tree)
        choices = tuple(
            Choice(name, label, options, _among(asked.get(name, ""), options))
            for name, label, options in offered
        )
        return cls(
            choices,
            asked.get("retard") == "1",
            asked.get("muet") == "1",
            asked.get("texte", "").strip()[:LONGEST],
        )

    def chosen(self, name: str) -> str:
        """The value of one filter, "" for all."""
        return next((each.chosen for each in self.choices if each.name == name), "")

    @property
    def count(self) -> int:
        """How many filters were set; the order is none."""
        picked = sum(bool(each.chosen) for each in self.choices if each.name != "tri")
        return picked + self.late + self.silent + bool(self.text)

    @property
    def active(self) -> bool:
        """Whether anything but the order was asked for."""
        return self.count > 0

    def keep(self, lines: Sequence[Sought], tree: Tree | None = None) -> list[Sought]:
        """The actions asked for, in the order asked for."""
        within = None
        if tree is not None and (code := self.chosen("axe")):
            branch = tree.find(code)
            if branch is not None:
                within = {e.pk for b in branch.walk() for e in (*b.lines, *b.secondary)}
        wanted = {name: self.chosen(name) for name in ("commune", "porteur", "etape", "sante")}
        text = folded(self.text)
        found = [
            each
            for each in lines
            if (within is None or each.pk in within)
            and (not wanted["commune"] or wanted["commune"] in each.communes)
            and (not wanted["porteur"] or wanted["porteur"] == str(each.holder_id))
            and (not wanted["etape"] or wanted["etape"] == each.lifecycle)
            and (not wanted["sante"] or wanted["sante"] == (each.health or "none"))
            and (not self.late or each.late is not None)
            and (not self.silent or each.silent)
            and (not text or text in folded(each.title.say(words.language())))
        ]
        return _sorted(found, self.chosen("tri"))


def _among(value: str, options: tuple[tuple[str, str], ...]) -> str:
    return value if any(value == each for each, _label in options) else ""


def _offered(
    lines: Sequence[Sought], tree: Tree | None
) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    language = words.language()
    holders = {str(each.holder_id): each.holder for each in lines if each.holder_id}
    communes = {code for each in lines for code in each.communes}
    named = words.communes()
    everything = ("", _("any"))
    branches = [] if tree is None else [
        (b.node.code, f"{'— ' * b.depth}{b.node.code} {b.title.say(language)}"[:LONGEST])
        for b in tree.walk()
    ]  # fmt: skip
    stages = [(v, str(label)) for v, label in Action.Lifecycle.choices]
    healths = [*((v, str(label)) for v, label in Health.choices), ("none", _("not reported"))]
    orders = (
        _("order of the document"), _("title"), _("holder"), _("most late first"),
        _("least advanced first"), _("first to end"), _("most money first"),
    )  # fmt: skip
    return [
        *([("axe", _("Axis"), (everything, *branches))] if tree is not None else []),
        ("commune", _("Commune"),
         (everything, *sorted(((c, named.get(c, c)) for c in communes), key=lambda o: o[1]))),
        ("porteur", _("Holder"), (everything, *sorted(holders.items(), key=lambda o: o[1]))),
        ("etape", _("Stage"), (everything, *stages)),
        ("sante", _("Health"), (everything, *healths)),
        ("tri", _("Sort by"), tuple(zip(SORTS, orders, strict=True))),
    ]  # fmt: skip


def _sorted(lines: list[Sought], order: str) -> list[Sought]:
    """What is not known comes last, whatever the order."""
    keys: dict[str, Callable[[Sought], Any]] = {
        "titre": lambda e: folded(e.title.fr),
        "porteur": lambda e: (not e.holder, folded(e.holder)),
        "retard": lambda e: -(e.late.days if e.late else 0),
        "avancement": lambda e: (e.progress.value is None, e.progress.value or 0),
        "fin": lambda e: (e.ends_on is None, e.ends_on.toordinal() if e.ends_on else 0),
        "montant": lambda e: -(e.money.planned.total or -1),
    }
    return sorted(lines, key=keys[order]) if order in keys else lines
