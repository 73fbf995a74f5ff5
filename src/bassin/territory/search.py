"""Finding a place by what a person types: accents, hyphens, articles and one slip forgiven."""

import difflib
import re
import unicodedata
from functools import lru_cache

from bassin.store import Reader
from bassin.territory.gazetteer import Gazetteer
from bassin.territory.place import Place
from bassin.types import Scale

# A name shared by a region and a hamlet most likely means the larger.
_WEIGHT = {
    Scale.EPT: 4, Scale.METROPOLE: 4, Scale.REGION: 4, Scale.DEPARTEMENT: 3,
    Scale.COMMUNE: 2, Scale.EPCI: 1, Scale.FRANCE: 1, Scale.EMPLOYMENT_AREA: 0,
}  # fmt: skip


def folded(text: str) -> str:
    """Lower case without accents or punctuation: "L'Haÿ-les-Roses" is "l hay les roses"."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    words = re.sub(r"[^a-z0-9]+", " ", bare).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


@lru_cache(maxsize=4)
def _index(release: str, cog: int, names: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(folded(name), key) for key, name in names]


def _postal(reader: Reader, code: str) -> list[str]:
    rows = reader.rows(
        "SELECT DISTINCT commune_code FROM communes WHERE kind = 'commune' AND cog = "
        "(SELECT max(cog) FROM communes) AND list_contains(string_split(postal_codes, ' '), $1)",
        [code],
    )
    return [f"commune:{row[0]}" for row in rows]


def search(reader: Reader, gazetteer: Gazetteer, text: str, limit: int) -> list[Place]:
    """Exact names first, then beginnings, then words inside, then close spellings."""
    wanted = folded(text)
    if not wanted:
        return []
    keys: list[str] = []
    if re.fullmatch(r"\d[\dab]\d{3}", wanted):
        keys += [f"commune:{wanted.upper()}", *_postal(reader, wanted)]
    if re.fullmatch(r"\d{9}", wanted):
        keys += [f"{scale}:{wanted}" for scale in (Scale.EPT, Scale.EPCI, Scale.METROPOLE)]
    names = tuple((key, place.name) for key, place in gazetteer.places.items())
    index = _index(reader.name, gazetteer.cog, names)
    keys += _by_name(index, gazetteer, wanted, limit) or _close(index, wanted, limit)
    found = [gazetteer.places[key] for key in dict.fromkeys(keys) if key in gazetteer.places]
    return found[:limit]


def _by_name(
    index: list[tuple[str, str]], gazetteer: Gazetteer, wanted: str, limit: int
) -> list[str]:
    scored = []
    for name, key in index:
        if wanted not in name:
            continue
        place = gazetteer.places[key]
        bare = re.sub(r"^(l|le|la|les) ", "", name)
        exact = wanted in (name, bare)
        starts = name.startswith(wanted) or bare.startswith(wanted)
        word = f" {wanted}" in f" {name}"
        rank = 0 if exact else 1 if starts else 2 if word else 3
        scored.append((rank, -_WEIGHT.get(place.scale, 0), -(place.population or 0), key))
    return [key for *_, key in sorted(scored)[:limit]]


def _close(index: list[tuple[str, str]], wanted: str, limit: int) -> list[str]:
    """One slip forgiven; only names that begin alike are looked at, so that it stays quick."""
    near = [(name, key) for name, key in index if abs(len(name) - len(wanted)) <= 2]
    names = difflib.get_close_matches(wanted, [name for name, _ in near], limit, 0.84)
    return [key for found in dict.fromkeys(names) for name, key in near if name == found]
