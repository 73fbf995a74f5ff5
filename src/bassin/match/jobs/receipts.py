"""Numbers that a person keeps instead of an account: short, and read over the telephone."""

import secrets

from django.utils.crypto import salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read for another
LENGTH = 8


def new() -> str:
    """A number nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def typed(words: str) -> str:
    """A number as it is kept, however it was typed."""
    return "".join(words.upper().split()).replace("-", "")


def pseudonym(words: str) -> str:
    """What stands for a telephone or for a partner's number: the same each time, not read back.

    A telephone written with its country's prefix is the same telephone.
    """
    kept = "".join(sign for sign in words.upper() if sign.isalnum())
    if kept.startswith("0033"):
        kept = kept[2:]
    if kept.startswith("33") and len(kept) == len("33612345678"):
        kept = "0" + kept[2:]
    return salted_hmac("bassin.jobs.person", kept, algorithm="sha256").hexdigest()[:40]
