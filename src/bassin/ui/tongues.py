"""Languages in which public pages may be read beside French and English.

A system that says so (`System.multilingual`) is read, on the pages that need no sign-in, in every
language for which its folder holds a catalogue, `locale/<code>/LC_MESSAGES/django.po`: dropping
one there adds the language. One catalogue holds all of these pages: the words of the shell, those
of the system, and the sentences of reasons, keyed by their English. `reviews.toml` beside the
catalogues says who has read each translation, and when.
"""

import gettext
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.urls import ResolverMatch
from django.utils.translation import get_language_info

from bassin import types
from bassin.systems import systems

WITHIN = Path("LC_MESSAGES", "django.po")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language by its code, its name in itself, its direction; who read the translation."""

    code: str
    name: str
    dir: str
    reviewer: str = ""
    reviewed_on: date | None = None

    @classmethod
    def of(cls, code: str, review: dict[str, object] | None = None) -> "Tongue":
        """A language that Django knows by its code."""
        info = get_language_info(code)
        said = review or {}
        day = said.get("on")
        return cls(
            code, info["name_local"].capitalize(), "rtl" if info["bidi"] else "ltr",
            str(said.get("reviewer", "")), day if isinstance(day, date) else None,
        )  # fmt: skip


@cache
def catalogues() -> dict[str, dict[str, Path]]:
    """The catalogues of multilingual systems: by slug, then by language."""
    site = dict(settings.LANGUAGES)
    return {
        each.slug: {
            folder.name: folder / WITHIN
            for folder in sorted(_locale(each.package).glob("*"))
            if folder.name not in site and (folder / WITHIN).is_file()
        }
        for each in systems()
        if each.multilingual
    }


def _locale(package: str) -> Path:
    return Path(str(files(package))) / "locale"


@cache
def tongues(slug: str) -> dict[str, Tongue]:
    """The further languages of a system's public pages; none for most systems."""
    found = catalogues().get(slug, {})
    reviews = next(iter(found.values())).parents[2] / "reviews.toml" if found else None
    said = tomllib.loads(reviews.read_text("utf-8")) if reviews and reviews.is_file() else {}
    return {code: Tongue.of(code, said.get(code)) for code in found}


def anywhere() -> set[str]:
    """The further languages that some public page speaks."""
    return {code for each in catalogues().values() for code in each}


def of(match: ResolverMatch | None) -> dict[str, Tongue]:
    """The further languages of a page: those of its system, if everybody may read the page."""
    if match is None or getattr(match.func, "login_required", True):
        return {}
    return tongues(match.app_names[0]) if match.app_names else {}


def wished(request: HttpRequest) -> str:
    """The further language that somebody asked for, whether or not this page speaks it."""
    known = anywhere()
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    asked = request.GET.get("lang", "")
    if asked in dict(settings.LANGUAGES):
        return ""
    return next((code for code in (asked, kept) if code in known), "")


def learn() -> None:
    """Let texts (titles, reasons) be said in the languages of the catalogues."""
    for code in sorted(anywhere()):
        types.learn(code, partial(_said, code))


def _said(code: str, english: str) -> str:
    return next((words for each in _compiled(code) if (words := _words(each, english))), "")


def _words(catalogue: gettext.NullTranslations, english: str) -> str:
    words = catalogue.gettext(english)
    return "" if words == english else words


@cache
def _compiled(code: str) -> tuple[gettext.NullTranslations, ...]:
    """The compiled catalogues of a language; one that `bassin build` has not made says nothing."""
    found = (each[code].with_suffix(".mo") for each in catalogues().values() if code in each)
    made = []
    for path in found:
        if path.is_file():
            with path.open("rb") as file:
                made.append(gettext.GNUTranslations(file))
    return tuple(made)
