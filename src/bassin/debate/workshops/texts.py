"""When two texts say the same thing: a key without case, accents, spaces and dashes. Any script.

« Réemploi », « reemploi » and « RÉ-EMPLOI » have one key; « main-d'œuvre » and « main d'oeuvre »
too. A phrase stays a phrase. Signs that change a word where it is written (the vowels of Hindi or
Thai, the voicing of Japanese, the short и of Russian) stay.
"""

import hashlib
import unicodedata

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_SILENT = {"Pd", "Pi", "Pf", "Pc"}  # dashes, opening and closing quotes, ties
_POINTS = set("'\"`´ʼ.,;:!?…()·")
_SHORT = "\u0306"  # the sign that makes й of и


def folded(text: str) -> str:
    """A text without what two people write differently for the same thing."""
    plain = text.casefold().translate(_LETTERS)
    kept: list[str] = []
    base = ""
    for sign in unicodedata.normalize("NFKD", plain).casefold():
        if unicodedata.combining(sign):
            if not _is_an_accent(sign) or (base == "и" and sign == _SHORT):
                kept.append(sign)
            continue
        base = sign
        if not _is_silent(sign):
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept)) or "".join(text.casefold().split())


def key(text: str) -> str:
    """The digest under which what was decided about a text is kept."""
    return hashlib.sha256(folded(text).encode()).hexdigest()


def _is_an_accent(sign: str) -> bool:
    """Accents of Latin and Greek, and the points of Hebrew and Arabic, by their Unicode class."""
    group = unicodedata.combining(sign)
    return group >= 200 or 10 <= group <= 35


def _is_silent(sign: str) -> bool:
    category = unicodedata.category(sign)
    return sign in _POINTS or category in _SILENT or category[0] in "ZC"
