"""Where the look reads its libraries and writes what it makes. No Django: the batch uses it too."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def var() -> Path:
    """Folder of everything made on this machine: BASSIN_VAR, else `var` in the checkout or home.

    The same rule as the setting VAR, for processes that do not start Django.
    """
    chosen = os.environ.get("BASSIN_VAR")
    checkout = PACKAGE.parents[2]
    if chosen:
        return Path(chosen).resolve()
    if (checkout / "pyproject.toml").is_file():
        return checkout / "var"
    return Path.home() / ".local" / "share" / "bassin" / "var"


def static_build() -> Path:
    """Folder of the built static files, one of Django's STATICFILES_DIRS."""
    return var() / "static-build"


def chart_fonts() -> Path:
    """Folder of the TTF files that charts and PDF files are drawn with."""
    return var() / "fonts"
