"""Small grammar: elision, plurals, lists, and the noun of what is counted."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from bassin.indicators.numbers import FIXED, NARROW

# Common nouns of economic labels whose h forbids elision. Others (habitant, heure, hôtel) elide.
_ASPIRATED = re.compile(r"(hall|hameau|handicap|hangar|hasard|haus|haut|hiérarch|hors|hub|huit)")
# Letters that sound like a vowel but take no elision.
_NO_ELISION = re.compile(r"(onz|oui|ya|ye|yo|yu)")
_PREPOSITIONS = {
    *("à", "au", "aux", "avec", "chez", "contre", "dans", "de", "des", "du", "en", "et", "hors"),
    *("ou", "par", "pour", "sans", "sous", "sur", "vers"),
    *("at", "by", "for", "from", "in", "of", "on", "out", "to", "under", "with", "without"),
}
_HANGING = f",;: {FIXED}{NARROW}"
_FR_AL_S = {"bal", "carnaval", "cérémonial", "chacal", "festival", "récital", "régal", "naval"}
_EN_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children"}


def plain(letter: str) -> str:
    """Return a lower-case letter without its accent (« É » gives « e », « Œ » gives « o »)."""
    return unicodedata.normalize("NFD", letter.lower()).replace("œ", "o").replace("æ", "a")[:1]


def starts_with_vowel_sound(text: str) -> bool:
    """Whether a common noun or a sentence part takes « d' » and « qu' » before it."""
    first = plain(text)
    if not first or _NO_ELISION.match(text.lower()):
        return False
    return first in "aeiouy" or (first == "h" and not _ASPIRATED.match(text.lower()))


def elide(particle: str, text: str, *, elides: bool | None = None) -> str:
    """Put « de », « que », « le »… before a text, elided where French wants it.

    `elides` settles what spelling cannot: the h of a place's name.
    """
    if elides is None:
        elides = starts_with_vowel_sound(text)
    return f"{particle[:-1]}'{text}" if elides else f"{particle} {text}"


def fixed_spaces(text: str) -> str:
    """Write the spaces of French typography so that no line begins on « : » or ends on « « »."""
    text = re.sub(r" (?=[:»])|(?<=«) ", FIXED, text)
    return re.sub(r" (?=[;?!])", NARROW, text)


def listing(items: list[str], language: str = "fr") -> str:
    """Write « A, B et C », "A, B and C"."""
    if len(items) < 2:
        return "".join(items)
    link = "and" if language == "en" else "et"
    return f"{', '.join(items[:-1])} {link} {items[-1]}"


def lower_first(text: str) -> str:
    """Lower the first letter, unless the text opens on an acronym or a code (QPV, PIB)."""
    word = text.split(" ")[0]
    if len(word) > 1 and not word[1:2].islower() and word[1:2] not in "'’":
        return text
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Raise the first letter and leave the rest."""
    return text[:1].upper() + text[1:]


def finish(text: str) -> str:
    """End a sentence with one period, and leave no doubled or hanging space in it."""
    text = re.sub(r" {2,}", " ", text.replace("\n", " ")).strip(f" {FIXED}")
    return text if text.endswith((".", "!", "?", "…")) else f"{text.rstrip(_HANGING)}."


def _plural_fr(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith(("au", "eu")):
        return f"{word}x"
    if word.endswith("al") and word not in _FR_AL_S:
        return f"{word[:-2]}aux"
    return f"{word}s"


def _plural_en(word: str) -> str:
    if word in _EN_IRREGULAR:
        return _EN_IRREGULAR[word]
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def plural(phrase: str, language: str = "fr") -> str:
    """Return the plural of a noun and its adjectives: « locaux vacants », "job seekers".

    What follows a preposition stays (« demandeurs d'emploi »).
    """
    words = phrase.split(" ")
    head = next(
        (i for i, w in enumerate(words) if i and (w in _PREPOSITIONS or w.startswith("d'"))),
        len(words),
    )
    if language == "en":
        return " ".join([*words[: head - 1], _plural_en(words[head - 1]), *words[head:]])
    return " ".join([*map(_plural_fr, words[:head]), *words[head:]])


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, singular and plural, with its gender (French)."""

    one: str
    many: str
    feminine: bool = False

    @classmethod
    def parse(cls, text: str, language: str = "fr") -> Self:
        """Read « une entreprise », « un local|locaux », "a person|people"; the article may lack."""
        one, _, many = text.strip().partition("|")
        article, _, rest = one.partition(" ")
        if rest and article in ("un", "une", "a", "an"):
            one = rest
        return cls(one, many or plural(one, language), feminine=article == "une")
