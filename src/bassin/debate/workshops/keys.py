"""Tokens, their digests and the keys of ballots (steer-debate, 4)."""

import hashlib
import hmac
import secrets

CODE_DIGITS = 6


def new_code() -> str:
    """A code for the door: six digits, easy to type on a telephone, none of them first a zero."""
    return str(secrets.randbelow(900_000) + 100_000)


def new_token() -> str:
    """What a device or a printed ticket holds: 128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


def new_secret() -> bytes:
    """The secret of a round, destroyed when it closes."""
    return secrets.token_bytes(32)


def digest(token: str) -> str:
    """What is kept of a token: nobody can make the token again from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def ballot_key(secret: bytes, token_hash: str) -> str:
    """Under which a ticket's answer is kept while the round is open: an HMAC-SHA-256."""
    return hmac.digest(secret, token_hash.encode(), "sha256").hex()


def receipt(secret: bytes, token_hash: str) -> str:
    """What a voter may note, and find beside the answer in the published ballots.

    It comes from the round's secret by another way than the ballot's key, so that the key dies
    with the secret while the receipt is told to the voter alone.
    """
    return hmac.digest(secret, b"receipt:" + token_hash.encode(), "sha256").hex()[:16]
