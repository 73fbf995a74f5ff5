"""What is said of one stated figure: five outcomes, each with the sentence that proves it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bassin.observe.observatory.claims.declared import Claim
from bassin.types import Text

_DIGITS = 6


class Outcome(StrEnum):
    """The five verdicts."""

    CONFIRMED = "confirmed"  # published data, or a count, give the stated figure
    DIFFERS = "differs"  # they give another one; `why` says by how much
    NOT_COMPARABLE = "not_comparable"  # the nearest figure measures something else
    NOT_PROVABLE = "not_provable"  # nothing loaded can tell; `why` says what to load
    INCONSISTENT = "inconsistent"  # the documents contradict themselves

    @property
    def label(self) -> Text:
        """The word that people read."""
        return {
            Outcome.CONFIRMED: Text("confirmé", "confirmed"),
            Outcome.DIFFERS: Text("différent", "differs"),
            Outcome.NOT_COMPARABLE: Text("non comparable", "not comparable"),
            Outcome.NOT_PROVABLE: Text("non prouvable", "not provable"),
            Outcome.INCONSISTENT: Text("incohérent", "inconsistent"),
        }[self]

    @property
    def meaning(self) -> Text:
        """The heading of what is judged so."""
        return {
            Outcome.CONFIRMED: Text(
                "Ce que la donnée publiée, ou le compte, confirme",
                "What published data, or a count, confirm",
            ),
            Outcome.DIFFERS: Text(
                "Là où la donnée publiée dit autre chose", "Where published data say otherwise"
            ),
            Outcome.NOT_COMPARABLE: Text(
                "Ce qui ne se compare à rien de publié",
                "What compares with nothing published",
            ),
            Outcome.NOT_PROVABLE: Text(
                "Ce que rien de chargé ici ne peut prouver",
                "What nothing loaded here can prove",
            ),
            Outcome.INCONSISTENT: Text(
                "Ce que les documents contredisent eux-mêmes",
                "What the documents themselves contradict",
            ),
        }[self]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One claim judged. `computed` is in the claim's unit; `why` is one or several sentences."""

    claim: Claim
    outcome: Outcome
    why: Text
    document: Text
    perimeter: Text
    computed: float | None = None
    source: Text | None = None

    def as_dict(self, language: str) -> dict[str, Any]:
        """Plain values: `stated` and `computed` are numbers in `unit`."""
        return {
            "id": self.claim.id,
            "label": self.claim.label.say(language),
            "stated": _plain(self.claim.amount),
            "unit": self.claim.unit.say(language),
            "date": self.claim.period or None,
            "perimeter": self.perimeter.say(language) or None,
            "document": self.document.say(language),
            "computed": None if self.computed is None else _plain(round(self.computed, _DIGITS)),
            "source": self.source.say(language) if self.source else None,
            "verdict": self.outcome.value,
            "why": self.why.say(language),
        }


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value
