"""Where the look reads its libraries and writes what it makes. No Django: the batch uses it too."""

import os
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@cache
def node_modules() -> Path:
    """Folder of the front-end libraries: the nearest `node_modules` above the package or here."""
    for folder in (*PACKAGE.parents, Path.cwd()):
        if (folder / "node_modules" / "lucide-static").is_dir():
            return folder / "node_modules"
    raise FileNotFoundError(
        f"No node_modules folder with lucide-static above {PACKAGE} or in {Path.cwd()}. "
        "Run `npm ci` at the root of the project."
    )


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
