"""Finding a place by what a person types: accents, hyphens, articles and one slip forgiven."""

import difflib
import re
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from bassin.letters import bare
from bassin.store import Reader
from bassin.territory.gazetteer import Gazetteer
from bassin.territory.place import Place
from bassin.types import Scale

# Of two names that answer alike, whom a person most likely means.
_WEIGHT = {
    Scale.EPT: 5, Scale.METROPOLE: 5, Scale.REGION: 5, Scale.DEPARTEMENT: 4, Scale.COMMUNE: 3,
    Scale.EPCI: 2, Scale.FRANCE: 2, Scale.EMPLOYMENT_AREA: 1, Scale.QPV: 0,
}  # fmt: skip
# Of two places of that very name: a région before the hamlet, a town before the département.
_WEIGHT_EXACT = {**_WEIGHT, Scale.COMMUNE: 4, Scale.DEPARTEMENT: 3}
_ARTICLE = re.compile(r"^(l|le|la|les) ")
_ASKED = re.compile(r"^(departement|region|commune)s?( (de la|de l|de|du|des|d))? (?=.)")
_CLOSE_ENOUGH = 0.84
_SHORTEST_SLIP = 4
_INSIDE = 5  # how badly a name answers that only holds the text in the middle of a word


def folded(text: str) -> str:
    """Lower case without accents or punctuation: "L'Haÿ-les-Roses" is "l hay les roses"."""
    words = re.sub(r"[^a-z0-9]+", " ", bare(text)).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def _forms(name: str) -> set[str]:
    """How a name may be typed: as written, with its apostrophes forgotten, without its article."""
    written = {folded(name)}
    if "'" in name or "’" in name:
        written.add(folded(re.sub(r"['’]", "", name)))
    return written | {_ARTICLE.sub("", form) for form in written if form[0] == "l"}


class _Index:
    """The names of one snapshot in one text, so that a search reads it at the speed of C."""

    def __init__(self, places: Iterable[Place]) -> None:
        pairs = [
            (form, place.key)
            for place in places
            if place.scale in _WEIGHT
            for form in _forms(place.name)
        ]
        self.forms = [form for form, _ in pairs]
        self.keys = [key for _, key in pairs]
        self.text = "\n" + "\n".join(self.forms) + "\n"
        self.starts = []
        position = 1
        for form in self.forms:
            self.starts.append(position)
            position += len(form) + 1

    def lines(self, part: str) -> Iterator[int]:
        """Numbers of the forms that hold a part; a line break in it is a name's end."""
        position = self.text.find(part)
        while position >= 0:
            yield bisect_right(self.starts, position + part.startswith("\n")) - 1
            position = self.text.find(part, position + 1)


_LOCK = threading.Lock()
_INDEXES: dict[tuple[tuple[str, str], int], _Index] = {}
_KEPT = 2


def _index(release: tuple[str, str], gazetteer: Gazetteer) -> _Index:
    key = (release, gazetteer.cog)
    with _LOCK:
        if key not in _INDEXES:
            while len(_INDEXES) >= _KEPT:
                _INDEXES.pop(next(iter(_INDEXES)))
            _INDEXES[key] = _Index(gazetteer.places.values())
        return _INDEXES[key]


def search(reader: Reader, gazetteer: Gazetteer, text: str, limit: int) -> list[Place]:
    """Codes, then exact names, beginnings, words inside; close spellings when nothing else is.

    "Département de Paris" asks for that scale; without it a town comes before the département.
    """
    wanted = folded(text)
    if not wanted:
        return []
    index = _index(reader.key, gazetteer)
    asked = _ASKED.match(wanted)
    keys = [*_by_code(reader, gazetteer, wanted)]
    if asked:
        named = _ranked(index, gazetteer, wanted[asked.end() :])
        keys += [key for key in named if key.startswith(f"{asked[1]}:")]
    ranks = _ranked(index, gazetteer, text.strip())
    if not keys and min(ranks.values(), default=_INSIDE) == _INSIDE:
        keys = _slipped(index, gazetteer, wanted) if len(wanted) >= _SHORTEST_SLIP else []
    keys += ranks or (_close(index, wanted, limit) if not keys else [])
    found = [gazetteer.places[key] for key in dict.fromkeys(keys) if key in gazetteer.places]
    return found[:limit]


def _by_code(reader: Reader, gazetteer: Gazetteer, wanted: str) -> Iterator[str]:
    """Keys that a code may mean: département, région, commune, postal code, SIREN, QPV, IRIS."""
    code = wanted.upper()
    if re.fullmatch(r"\d[\dab]|\d{3}", wanted):
        yield from (f"departement:{code}", f"region:{code}")
    if re.fullmatch(r"\d[\dab]\d{3}", wanted):
        yield f"commune:{code}"
        yield from _postal(reader, gazetteer, code)
        yield f"commune:{gazetteer.successors.get(code, code)}"
    if re.fullmatch(r"\d[\dab]\d{7}", wanted):
        for scale in (Scale.EPT, Scale.EPCI, Scale.METROPOLE, Scale.IRIS):
            yield f"{scale}:{code}"
    if re.fullmatch(r"q[pn]\w{6}", wanted):
        yield f"{Scale.QPV}:{code}"


def _postal(reader: Reader, gazetteer: Gazetteer, code: str) -> list[str]:
    """Communes of a postal code: those that have few others first, then the most inhabited."""
    rows = reader.rows(
        "SELECT commune_code FROM communes WHERE kind <> 'former' AND cog = $1 "
        "AND list_contains(string_split(postal_codes, ' '), $2) "
        "ORDER BY kind, len(string_split(postal_codes, ' ')) > 1, population DESC",
        [gazetteer.cog, code],
    )
    return [f"commune:{row[0]}" for row in rows]


def _ranked(index: _Index, gazetteer: Gazetteer, text: str) -> dict[str, int]:
    """Keys of the names that hold a text, the best first, each with how well it answers."""
    wanted = folded(text)
    part = wanted if len(wanted) > 2 else f"\n{wanted}"  # two letters are inside half of all names
    ranks: dict[str, int] = {}
    for line in index.lines(part):
        form, key = index.forms[line], index.keys[line]
        name = gazetteer.places[key].name
        rank = (
            0 if name.casefold() == text.casefold()
            else 1 if folded(name) == wanted
            else 2 if form == wanted
            else 3 if form.startswith(wanted)
            else 4 if f" {wanted}" in form
            else _INSIDE
        )  # fmt: skip
        ranks[key] = min(rank, ranks.get(key, rank))
    places = gazetteer.places
    best = sorted(ranks, key=lambda key: (ranks[key], *_likely(places[key], ranks[key])))
    return {key: ranks[key] for key in best}


def _likely(place: Place, rank: int = 3) -> tuple[int, int, str]:
    """What sorts the most likely place first: its scale, then its inhabitants."""
    weight = (_WEIGHT if rank > 2 else _WEIGHT_EXACT)[place.scale]
    return (-weight, -(place.population or 0), place.key)


def _slipped(index: _Index, gazetteer: Gazetteer, wanted: str) -> list[str]:
    """Names that one slip separates from what was typed, else names that begin so.

    A slip leaves one half of the word whole: only names that share a half are looked at.
    """
    half = len(wanted) // 2
    rest = wanted[half + 1 :]
    begin = set(index.lines(f"\n{wanted[:half]}"))
    whole = {
        index.keys[line]
        for line in begin | set(index.lines(f"{rest}\n"))
        if one_slip(index.forms[line], wanted)
    }
    found = whole or {
        index.keys[line]
        for line in begin
        if one_slip(_beginning(index.forms[line], wanted), wanted)
    }
    return sorted(found, key=lambda key: _likely(gazetteer.places[key]))


def _beginning(form: str, wanted: str) -> str:
    """As many words of a name as were typed."""
    return " ".join(form.split(" ")[: wanted.count(" ") + 1])


def one_slip(one: str, other: str) -> bool:
    """Whether one letter added, forgotten, changed or swapped with the next makes them equal."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if len(longer) - len(shorter) > 1:
        return False
    same = 0
    while same < len(shorter) and longer[same] == shorter[same]:
        same += 1
    if len(longer) > len(shorter):
        return longer[same + 1 :] == shorter[same:]
    swapped = shorter[same + 1 : same + 2] + shorter[same : same + 1]
    return longer[same + 1 :] == shorter[same + 1 :] or (
        longer[same : same + 2] == swapped and longer[same + 2 :] == shorter[same + 2 :]
    )


def _close(index: _Index, wanted: str, limit: int) -> list[str]:
    """Names that look alike as a whole, for two slips in a long one."""
    near: dict[str, list[str]] = {}
    for form, key in zip(index.forms, index.keys, strict=True):
        if abs(len(form) - len(wanted)) <= 2:
            near.setdefault(form, []).append(key)
    names = difflib.get_close_matches(wanted, near, limit, _CLOSE_ENOUGH)
    return [key for name in names for key in near[name]]
