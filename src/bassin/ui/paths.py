"""Where the look reads its libraries and writes what it makes. No Django: the batch uses it too."""

from pathlib import Path

from bassin.packages import var

__all__ = ["PACKAGE", "chart_fonts", "static_build", "var"]

PACKAGE = Path(__file__).resolve().parent


def static_build() -> Path:
    """Folder of the built static files, one of Django's STATICFILES_DIRS."""
    return var() / "static-build"


def chart_fonts() -> Path:
    """Folder of the TTF files that charts and PDF files are drawn with."""
    return var() / "fonts"
