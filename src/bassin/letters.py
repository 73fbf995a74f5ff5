"""Letters without what is written differently for the same word: capitals, accents, apostrophes."""

import unicodedata

_SAME = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'"})


def bare(text: str) -> str:
    """The text in small letters, without accents, with plain apostrophes and spaces.

    Lines and the number of spaces stay as they are.
    """
    apart = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return kept.casefold().translate(_SAME)


def spaced(text: str) -> str:
    """The same on one line, with one space between words."""
    return " ".join(bare(text).split())
