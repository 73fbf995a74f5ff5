"""The one text of a value, and its digest: what lets anybody check a published file. Pure."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any


def canonical(value: Any) -> str:
    """The one text of a value: keys in order, no space."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(ballots: Sequence[Any]) -> str:
    """The SHA-256 of ballots, in their order: anybody can make it again from the published file."""
    return hashlib.sha256(canonical(ballots).encode()).hexdigest()
