"""Documents of authorities that bassin knows: lists, stated figures, commitments. Data only."""

from pathlib import Path


def folder(code: str) -> Path | None:
    """The documents packaged for the authority of that code, if there are any."""
    found = Path(__file__).parent / code
    return found if found.is_dir() else None
