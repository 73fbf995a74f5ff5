"""French titles cut into words that stand for both genders, one and many."""

import re
from functools import lru_cache

from bassin.letters import bare

_WORD = re.compile(r"[a-z0-9]{1,30}(?![a-z0-9])(?:\+\+|#)?")
EMPTY = frozenset(
    {
        *("d", "l", "s", "n", "c", "m", "qu", "x", "e", "h", "f", "hf", "fh"),
        *("de", "du", "des", "le", "la", "les", "un", "une", "et", "ou", "a", "au", "aux"),
        *("en", "dans", "par", "pour", "sur", "avec", "sans", "chez"),
    }
)
"""Words that are in every title."""


def folded(text: str) -> str:
    """Lower case, without accents nor ligatures."""
    return bare(text).encode("ascii", "ignore").decode()


def words(text: str) -> list[str]:
    return [word for word in _WORD.findall(folded(text)) if word not in EMPTY]


_SAME = {
    "commis": "commis", "commise": "commis", "femme": "homm", "fille": "garcon", "dame": "monsieur",
    "hotesse": "hote", "manageuse": "manager", "designeuse": "designer", "bookeuse": "booker",
    "rewriteuse": "rewriter", "dispatcheuse": "dispatcheur", "dispatcher": "dispatcheur",
    "reportrice": "reporter",
    "ambassadrice": "ambassadeur", "barmaid": "barman", "privee": "priv", "prive": "priv",
    "public": "publiqu", "pizzaiola": "pizzaiolo", "torera": "torero", "banderilla": "banderillo",
    "copine": "copain", "maitresse": "maitr", "sage": "sage", "cuve": "cuv", "rive": "riv",
}  # fmt: skip
"""Words whose two genders no rule brings together."""
_FEMININE = (
    ("trice", "teur"), ("euse", "eur"), ("eresse", "eur"), ("iere", "ier"), ("ere", "er"),
    ("ienne", "ien"), ("enne", "en"), ("onne", "on"), ("elle", "el"), ("ette", "et"),
    ("ive", "if"), ("hote", "hote"), ("euve", "euf"), ("anne", "an"), ("ine", "in"),
    ("esse", ""),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """One form for a word's genders and numbers: « vendeuses » and « vendeur » give « vendeur »."""
    if len(word) < 4 or word.isdigit():
        return word
    one = word.removesuffix("s")
    if one in _SAME or word in _SAME:
        return _SAME.get(one) or _SAME[word]
    if word.endswith("woman"):
        return word[:-5] + "man"
    if word.endswith("aux") and len(word) > 5:
        word = word[:-3] + "al"
    elif word[-1] in "sx" and not word.endswith("ss"):
        word = word[:-1]
    for feminine, masculine in _FEMININE:
        if word.endswith(feminine) and len(word) > len(feminine) + 1:
            word = word[: len(word) - len(feminine)] + masculine
            break
    return word.rstrip("e") if len(word) > 4 else word


_FAMILY = re.compile(
    r"(?:isation|isateur|ification|ificateur|ateur|ation|iteur|ition|teur|tion|eur|ement|ment|age|"
    r"isme|iste|erie|ier|er|ir|ant|ance|ence|ent|iqu|if|el|al|aire|ien|i|ag|r)$"
)


@lru_cache(maxsize=50_000)
def family(word: str) -> str:
    """What « nettoyer », « nettoyage » and « nettoyeur » have in common."""
    short = stem(word)
    cut = _FAMILY.sub("", short)
    return cut if len(cut) >= 4 else short


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]
