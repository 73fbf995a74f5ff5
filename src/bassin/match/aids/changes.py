"""What if: the same firm with one thing changed, side by side with what it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from bassin.match.aids.rules.decide import Decided
from bassin.match.aids.rules.profile import Profile
from bassin.pairing.conditions import State

BEFORE = "avant-"
"""Beginning of the names of what a firm is today, in an address that says what it would be."""


@dataclass(frozen=True, slots=True)
class Change:
    """An aid whose answer is another."""

    before: Decided
    after: Decided

    @property
    def better(self) -> bool:
        """Whether it opens, or comes nearer."""
        return self.after.state > self.before.state


def suggested(
    profile: Profile, communes: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Changes that people think of: hire, move, save energy, begin."""
    if profile.hires is None or profile.hires.high < 2:
        yield _("What if I hire two people?"), {"embauches": "2"}
    other = next((code for code in communes if code != profile.commune), "")
    if other and profile.commune:
        yield _("What if I move to another commune?"), {
            "commune": other, "qpv": "", "zone": "", "site": ""
        }  # fmt: skip
    if profile.projects and "energy" not in profile.projects:
        yield _("What if I also use less energy?"), {"projet": "energy"}
    if profile.stage == "project":
        yield _("What if I had begun?"), {"etape": "firm"}


def changed(query: QueryDict, more: Mapping[str, str]) -> QueryDict:
    """An address that says what a firm is and what it would be."""
    found = QueryDict(mutable=True)
    for name in query:
        found.setlist(BEFORE + name, query.getlist(name))
        found.setlist(name, query.getlist(name))
    for name, value in more.items():
        if not value:
            found.pop(name, None)
            continue
        listed = found.getlist(name) if name == "projet" else []
        found.setlist(name, [*dict.fromkeys([*listed, value])])
    return found


def before(query: QueryDict) -> QueryDict:
    """What the firm is today, from such an address."""
    found = QueryDict(mutable=True)
    for name in query:
        if name.startswith(BEFORE):
            found.setlist(name.removeprefix(BEFORE), query.getlist(name))
    return found


def compared(first: list[Decided], second: list[Decided]) -> list[Change]:
    """The aids whose answer is another, those that open first."""
    found = [
        Change(one, other)
        for one, other in zip(first, second, strict=True)
        if one.state is not other.state
    ]
    return sorted(found, key=lambda each: (-each.after.state, each.before.state != State.NO))
