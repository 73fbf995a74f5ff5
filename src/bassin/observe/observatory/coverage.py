"""Which tool serves each commitment of the authority.

The commitments are the authority's own document (`bassin.territory.commitments`); the tools say
what they serve in their visiting cards (`bassin.systems.System.serves`).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bassin import systems
from bassin.systems import System
from bassin.territory.commitments import Commitment, programmes


@dataclass(frozen=True, slots=True)
class Served:
    """A commitment and the tools that serve it; none means « pas encore outillé »."""

    commitment: Commitment
    tools: tuple[System, ...]


def serve(commitment: Commitment) -> Served:
    """A commitment with its tools."""
    return Served(commitment, tuple(systems.serving(commitment.ref)))


def rows(var: Path, language: str) -> list[dict[str, Any]]:
    """One row per expected commitment, as plain values."""
    found = []
    for programme in programmes(var):
        texts = {item.ref: item.text.say(language) for item in programme.items}
        for item in programme.expected:
            tools = serve(item).tools
            found.append({
                "ref": item.ref,
                "document": programme.document.say(language),
                "programme": programme.title.say(language),
                "under": texts.get(item.under, ""),
                "text": item.text.say(language),
                "tools": [tool.slug for tool in tools],
                "how": {each.slug: each.how[item.ref].say(language)
                        for each in tools if item.ref in each.how},
                "served": bool(tools),
            })  # fmt: skip
    return found
