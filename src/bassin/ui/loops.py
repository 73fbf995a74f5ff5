"""The card of an eco-development loop: three dimensions, six conditions with evidence, one score.

The score is geometric, so that nothing makes up for a condition at zero (domain, S30):
4 × (product of level / 4) to the power 1/6. A level without evidence is no level.

    {"name": {"fr": "…"}, "origin": "invented",
     "dimensions": {"production": {"fr": "…"}, "ecology": {…}, "skills": {…}},
     "conditions": {"C1": {"level": 2, "evidence": {"fr": "…"}, "next": {"fr": "…"}}, …}}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.types import Origin, Text

TOP = 4
DIMENSIONS = {
    "production": Text("Production locale", "Local production"),
    "ecology": Text("Enjeu écologique", "Ecological stake"),
    "skills": Text("Compétences nouvelles", "New skills"),
}
CONDITIONS = {
    "C1": Text("Des ressources locales existent", "Local resources exist"),
    "C2": Text("Des capacités locales existent", "Local capacities exist"),
    "C3": Text(
        "La boucle répond à un enjeu plus large, avec d'autres niveaux",
        "The loop serves a wider stake, with other levels of government",
    ),
    "C4": Text(
        "Habitants et acteurs locaux en bénéficient", "Residents and local actors benefit from it"
    ),
    "C5": Text("La commande publique la stimule", "Public procurement drives it"),
    "C6": Text(
        "Les actions de plusieurs compétences sont coordonnées",
        "Actions under several competences are coordinated",
    ),
}
LEVELS = (
    Text("rien", "nothing"),
    Text("une intention", "an intention"),
    Text("un acteur agit", "one actor acts"),
    Text("plusieurs acteurs et un nombre", "several actors and a number"),
    Text("un résultat mesuré sur un an", "a result measured over a year"),
)
IDEA = Text("idée", "idea")
EMERGING = Text("émergente", "emerging")
MATURE = Text("mûre", "mature")
_MATURE_MEAN = 3
_MATURE_LEAST = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its level with its evidence; None when nobody said with evidence."""

    code: str
    name: Text
    level: int | None
    evidence: Text
    step: Text  # what would raise it

    @property
    def told(self) -> Text:
        """The level in words."""
        unknown = Text("non renseignée", "not said")
        return unknown if self.level is None else LEVELS[self.level]

    @property
    def marks(self) -> tuple[bool, ...]:
        """Four squares, filled up to the level."""
        return tuple(position < (self.level or 0) for position in range(TOP))


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop as its card shows it; `score` is None while something is not said."""

    name: Text
    dimensions: tuple[tuple[Text, Text], ...]
    conditions: tuple[Condition, ...]
    score: float | None
    maturity: Text
    weakest: tuple[Condition, ...]
    missing: tuple[Text, ...]
    origin: Origin = Origin.REAL


def score(levels: Mapping[str, int]) -> float:
    """The geometric score of six levels, from 0 to 4."""
    return TOP * prod(level / TOP for level in levels.values()) ** (1 / len(CONDITIONS))


def maturity(levels: Mapping[str, int]) -> Text:
    """Idea, emerging or mature."""
    least, mean = min(levels.values()), sum(levels.values()) / len(levels)
    if least >= _MATURE_LEAST and mean >= _MATURE_MEAN:
        return MATURE
    return EMERGING if least >= 1 else IDEA


def loop(facts: Mapping[str, Any]) -> Loop | None:
    """The card of what is kept of a loop; None when nothing is."""
    if not facts:
        return None
    said = facts.get("dimensions", {})
    dimensions = tuple((name, _text(said.get(code))) for code, name in DIMENSIONS.items())
    conditions = tuple(
        _condition(code, facts.get("conditions", {}).get(code) or {}) for code in CONDITIONS
    )
    missing = tuple(
        [name for name, text in dimensions if not text.fr]
        + [each.name for each in conditions if each.level is None]
    )
    levels = {each.code: each.level for each in conditions if each.level is not None}
    least = min(levels.values(), default=TOP)
    return Loop(
        name=_text(facts.get("name")), dimensions=dimensions, conditions=conditions,
        score=None if missing else score(levels),
        maturity=IDEA if missing else maturity(levels),
        weakest=tuple(each for each in conditions if not missing and each.level == least < TOP),
        missing=missing, origin=Origin(facts.get("origin", Origin.REAL.value)),
    )  # fmt: skip


def checked(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What may be kept of a loop.

    Raises:
        Refused: it has no name, a level is not 0 to 4, or one has no evidence.
    """
    if facts and not _text(facts.get("name")).fr:
        raise Refused(_("A loop has a name. Write it in French at least."))
    for code, given in facts.get("conditions", {}).items():
        level = given.get("level")
        if code not in CONDITIONS or (level is not None and level not in range(TOP + 1)):
            raise Refused(_("A level goes from 0 to 4, for one of the six conditions."))
        if level and not _text(given.get("evidence")).fr:
            raise Refused(_("A level rests on evidence. Write what shows it, for each condition."))
    return dict(facts)


def _condition(code: str, given: Mapping[str, Any]) -> Condition:
    evidence, level = _text(given.get("evidence")), given.get("level")
    known = level in range(TOP + 1) and (level == 0 or bool(evidence.fr))
    return Condition(
        code, CONDITIONS[code], level if known else None, evidence, _text(given.get("next"))
    )


def _text(value: Any) -> Text:
    return Text.of(value) if value else Text("")
