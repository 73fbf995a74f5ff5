"""What is made once from the sources: translations, the look's files, the compiled kernel.

`prepare` does it when something changed since the last time, which a fingerprint of the sources
tells; on an unchanged installation it takes a few milliseconds.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command

import bassin
from bassin.packages import node_modules
from bassin.pairing import warming
from bassin.ui import build as look
from bassin.ui import paths

PACKAGE = Path(bassin.__file__).parent
SOURCES = ("styles", "scripts", "static", "locale")
"""Folders, wherever they stand in the package, from which something is built."""


def prepare(*, force: bool = False) -> bool:
    """Build what is missing or out of date. Returns whether anything was built."""
    now = fingerprint()
    stamp = Path(settings.VAR) / "build.stamp"
    made = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    if made and not force and stamp.exists() and stamp.read_text() == now:
        return False
    compile_translations()
    look.build(paths.static_build(), paths.chart_fonts())
    warming.warm()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)
    return True


def fingerprint() -> str:
    """A digest that changes when a source of the build changes, or a library is upgraded."""
    digest = hashlib.sha256(bassin.__version__.encode())
    for path in sorted(_source_files()):
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _source_files() -> Iterator[Path]:
    lock = node_modules().parent / "package-lock.json"
    if lock.exists():
        yield lock
    yield Path(look.__file__)
    yield Path(warming.__file__).with_name("kernel.py")
    for name in SOURCES:
        for folder in PACKAGE.rglob(name):
            yield from (
                path for path in folder.rglob("*") if path.is_file() and path.suffix != ".mo"
            )


def compile_translations() -> list[Path]:
    """Write the `.mo` file beside each `.po` file of the package; return those written."""
    return [compile_one(source) for source in sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/*.po"))]


def compile_one(source: Path) -> Path:
    """Compile one catalogue; fuzzy entries are left out, as people would read a guess."""
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name)
    target = source.with_suffix(".mo")
    fresh = target.with_suffix(".mo-new")
    with fresh.open("wb") as binary:
        write_mo(binary, catalogue)
    fresh.replace(target)
    return target
