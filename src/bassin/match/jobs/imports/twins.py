"""Whether two records are one and the same offer, and why. Pure: it reads no database.

Two offers are the same when the employer, the trade, the place and the days agree and the titles
are close. What is not known neither agrees nor disagrees; without a known employer on both sides,
the title and the text must be nearly the same.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bassin.match.jobs.wording import folded
from bassin.types import Text

TITLES = 0.6
"""How alike two titles must be, from 0 to 1: the share of their shingles that they share."""

NEARLY = 0.85
"""The same for two titles and two texts, when an employer is not known."""

WINDOW = 45
"""Days between the two publications at most."""

_FORMS = re.compile(
    r"\b[hfmx]\s*/\s*[hfmx](\s*/\s*[hfmx])?\b|\((e|se|ne|trice|euse|iere)\)|[·.]e\b"
)
_FIRM = re.compile(r"\b(sas|sasu|sarl|sa|eurl|sci|scop|snc|groupe|societe|ets|etablissements)\b")


@dataclass(frozen=True, slots=True)
class Described:
    """What two records are compared by."""

    title: str
    text: str = ""
    employer: str = ""
    siret: str = ""
    rome_code: str = ""
    commune_code: str = ""
    contract: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer, the reasons that led to it, and how alike the titles are."""

    same: bool
    reasons: tuple[Text, ...]
    likeness: float

    def as_json(self) -> dict[str, object]:
        """As it is kept beside a record."""
        return {
            "likeness": round(self.likeness, 3),
            "reasons": [{"fr": each.fr, "en": each.en} for each in self.reasons],
        }


@lru_cache(maxsize=20_000)
def shingles(text: str) -> frozenset[str]:
    """The pieces of three letters of a text, without forms (H/F), accents, or capitals."""
    flat = " ".join(re.findall(r"[a-z0-9]+", _FORMS.sub(" ", folded(text))))
    padded = f" {flat} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2)) if flat else frozenset()


def likeness(one: str, other: str) -> float:
    """The share of their shingles that two texts share, from 0 to 1."""
    first, second = shingles(one), shingles(other)
    return len(first & second) / len(first | second) if first | second else 0.0


def firm(name: str) -> str:
    """A firm's name without its legal form, accents or capitals."""
    return " ".join(re.findall(r"[a-z0-9]+", _FIRM.sub(" ", folded(name))))


def judge(one: Described, other: Described) -> Judgement:
    """Whether they are the same offer. The order of the two changes nothing."""
    alike = likeness(one.title, other.title)
    reasons: list[Text] = []
    for verdict, text in (_places(one, other), _trades(one, other), _days(one, other)):
        if verdict is False:
            return Judgement(False, (text,), alike)
        if verdict:
            reasons.append(text)
    if one.contract and other.contract and one.contract != other.contract:
        return Judgement(False, (Text("deux contrats différents", "two contracts"),), alike)
    employers, text = _employers(one, other)
    if employers is False:
        return Judgement(False, (text,), alike)
    reasons.append(text)
    wanted = TITLES if employers else NEARLY
    texts = likeness(one.text, other.text) if not employers else 1.0
    same = alike >= wanted and texts >= (0.0 if employers else NEARLY)
    percent = round(100 * alike)
    reasons.append(Text(f"intitulés semblables à {percent} %", f"titles alike at {percent} %"))
    return Judgement(same, tuple(reasons), alike)


def _places(one: Described, other: Described) -> tuple[bool | None, Text]:
    if not one.commune_code or not other.commune_code:
        known = bool(one.siret and one.siret == other.siret)
        return (None if known else False), Text("lieu inconnu", "place not known")
    same = one.commune_code == other.commune_code
    return same, Text("même commune", "same commune") if same else Text(
        "deux communes différentes", "two communes"
    )


def _trades(one: Described, other: Described) -> tuple[bool | None, Text]:
    if not one.rome_code or not other.rome_code:
        return None, Text("métier inconnu", "trade not known")
    same = one.rome_code == other.rome_code
    return same, Text(f"même métier ({one.rome_code})", f"same trade ({one.rome_code})") if (
        same
    ) else Text("deux métiers différents", "two trades")


def _days(one: Described, other: Described) -> tuple[bool | None, Text]:
    if one.on is None or other.on is None:
        return None, Text("date inconnue", "day not known")
    apart = abs((one.on - other.on).days)
    said = Text(f"publiées à {apart} jours d'écart", f"published {apart} days apart")
    return apart <= WINDOW, said


def _employers(one: Described, other: Described) -> tuple[bool | None, Text]:
    if one.siret and other.siret:
        same = one.siret == other.siret
        return same, Text("même SIRET", "same SIRET") if same else Text(
            "deux SIRET différents", "two SIRET"
        )
    if one.employer and other.employer:
        same = firm(one.employer) == firm(other.employer)
        return same, Text(
            f"même employeur ({one.employer})", f"same employer ({one.employer})"
        ) if same else Text("deux employeurs différents", "two employers")
    return None, Text("employeur inconnu d'un côté", "employer not known on one side")
