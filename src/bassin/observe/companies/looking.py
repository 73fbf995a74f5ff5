"""Looking into a long facet by words: places, activities, legal forms, each with its count."""

from collections.abc import Sequence
from dataclasses import dataclass

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection
from bassin.taxonomies import legal, naf
from bassin.territory.search import folded
from bassin.types import Scale, Text

MOST = 12
_SCALES = (Scale.FRANCE, Scale.IRIS, Scale.QPV, Scale.SELECTION)


@dataclass(frozen=True, slots=True)
class Hit:
    """A value that words find: its code, what it is, and what it would keep with the rest."""

    code: str
    label: Text
    count: int


def look(house: House, selection: Selection, param: str, typed: str) -> list[Hit]:
    """What the words find among the values of a filter, those that keep something first."""
    if not house.reader.has(TABLE):
        return []
    if param == "lieu":
        found = _places(house, selection, typed)
    else:
        column = "naf_code" if param == "naf" else "legal_category"
        counts = _counts(house, selection, param, column)
        known = _activities(typed) if param == "naf" else _forms(typed, counts)
        found = [Hit(code, label, _under(param, code, counts)) for code, label in known]
    return sorted(found, key=lambda hit: (hit.count == 0,))[:MOST]


def _counts(house: House, selection: Selection, param: str, column: str) -> dict[str, int]:
    where, values = selection.where(besides=param)
    sql = (
        f"SELECT {column}, count(*) FROM {TABLE} WHERE {where} AND {column} IS NOT NULL GROUP BY 1"
    )
    return {str(code): int(count) for code, count in house.reader.rows(sql, values)}


def _under(param: str, code: str, counts: dict[str, int]) -> int:
    if param == "naf" and code.isalpha():
        below = naf.rev2().children(code)
        return sum(count for key, count in counts.items() if key[:2] in below)
    return sum(count for key, count in counts.items() if key.startswith(code))


def _answers(typed: str, code: str, label: Text) -> bool:
    words = folded(typed).split()
    text = folded(f"{label.fr} {label.say('en')}").split()
    plain = code.replace(".", "").lower()
    return all(
        any(each.startswith(word) for each in text)
        or plain.startswith(word.replace(".", "").replace(" ", ""))
        for word in words
    ) and bool(words)


def _activities(typed: str) -> list[tuple[str, Text]]:
    found = [each for each in naf.rev2() if _answers(typed, each.code, each.label)]
    # A group and its only class say the same words: the wider one is enough.
    seen: dict[str, Sequence[str]] = {}
    kept = []
    for each in found:
        said = folded(each.label.fr)
        if any(each.code.startswith(code) for code in seen.get(said, ())):
            continue
        seen[said] = [*seen.get(said, ()), each.code]
        kept.append((each.code, _coded(each.code, each.label)))
    return kept


def _forms(typed: str, counts: dict[str, int]) -> list[tuple[str, Text]]:
    """Levels one and two, and those of the third that are met."""
    met = {code: _form(code) for code in sorted(counts)}
    known = legal.labels() | {code: label for code, label in met.items() if label is not None}
    return [
        (code, _coded(code, label)) for code, label in known.items() if _answers(typed, code, label)
    ]


def _form(code: str) -> Text | None:
    try:
        return legal.label(code)
    except Refused:
        return None


def _coded(code: str, label: Text) -> Text:
    return Text(f"{code} {label.fr}", f"{code} {label.say('en')}")


def _places(house: House, selection: Selection, typed: str) -> list[Hit]:
    counts = _counts(house, selection, "lieu", "commune_code")
    found = []
    try:
        places = house.territory.search(typed, MOST)
    except Refused:
        return []
    for each in places:
        if each.scale in _SCALES:
            continue
        inside = house.territory.codes(each)
        count = sum(counts.get(code, 0) for code in inside)
        word = "" if each.scale == Scale.COMMUNE else f" ({each.code})"
        found.append(Hit(each.key, Text(f"{each.name}{word}", f"{each.name}{word}"), count))
    return found
