"""Words that people read: `make messages` brings the French catalogue up to date, `--check` judges.

Extraction is done with Babel, so that nobody needs GNU gettext. A folder `locale/` beside a system
holds its words; those of the house stand in `src/bassin/locale`. French must be complete and
never guessed (fuzzy).
"""

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "bassin"
HOUSE = PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "django.po"
LAZY = ("gettext", "gettext_lazy", "gettext_noop", "_")
KEYWORDS: dict[str, tuple | None] = {
    **dict.fromkeys(LAZY),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def used() -> Iterator[tuple[str, tuple]]:
    """Every message of the package: where it stands, and (msgid,) or (context, msgid) or plural."""
    for path in sorted(PACKAGE.rglob("*")):
        if "tests" in path.parts or path.suffix not in (".py", ".html", ".txt"):
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".py":
            source = text
        elif "templates" in path.parts:
            # The reader of Python minds indentation, a template does not.
            lines = templatize(text, origin=str(path)).splitlines()
            source = "\n".join(line.strip() for line in lines)
        else:
            continue
        found = extract_python(BytesIO(source.encode()), list(KEYWORDS), [], {"encoding": "utf-8"})
        for line, function, messages, _comments in found:
            yield f"{path.relative_to(ROOT)}:{line}", (function, messages)


def catalogue() -> Catalog:
    """A catalogue of all messages of the package, without translations."""
    fresh = Catalog(locale="fr", project="bassin")
    for place, (function, words) in used():
        words = words if isinstance(words, tuple) else (words,)
        words = tuple(word for word in words if isinstance(word, str))
        context = words[0] if "pgettext" in function else None
        words = words[1:] if context else words
        if not words or not words[0]:
            continue
        plural = "ngettext" in function or "npgettext" in function
        name = words[:2] if plural else words[0]
        fresh.add(name, locations=[(place.rpartition(":")[0], 0)], context=context)
    return fresh


def translated() -> dict[Path, Catalog]:
    """The French catalogues, by their files."""
    files = sorted(PACKAGE.rglob("locale/fr/LC_MESSAGES/*.po"))
    return {path: read_po(BytesIO(path.read_bytes()), locale="fr") for path in files}


def faults() -> list[str]:
    """What keeps the French from being complete: missing, empty, fuzzy or unused messages."""
    known: dict[tuple, bool] = {}
    said = []
    for path, one in translated().items():
        for message in one:
            if not message.id:
                continue
            name = (message.context, message.id)
            full = all(message.string) if isinstance(message.string, tuple) else message.string
            known[name] = bool(full) and not message.fuzzy
            if message.fuzzy:
                said.append(f"{path.relative_to(ROOT)}: guessed (fuzzy): {message.id!r}")
            elif not full:
                said.append(f"{path.relative_to(ROOT)}: without French: {message.id!r}")
    needed = {(message.context, message.id): message for message in catalogue() if message.id}
    for name, message in needed.items():
        if name not in known:
            said.append(f"{message.locations[0][0]}: not in any catalogue: {message.id!r}")
    said += [f"in a catalogue, used nowhere: {name[1]!r}" for name in known if name not in needed]
    return said


def update() -> int:
    """Add what is new to the house's catalogue and drop what is used nowhere; return what is left.

    A message that a system's own catalogue holds is left to it.
    """
    elsewhere = {
        (message.context, message.id)
        for path, one in translated().items()
        if path != HOUSE
        for message in one
    }
    fresh = catalogue()
    for message in list(fresh):
        if message.id and (message.context, message.id) in elsewhere:
            fresh.delete(message.id, message.context)
    kept = Catalog(locale="fr")
    if HOUSE.exists():
        kept = read_po(BytesIO(HOUSE.read_bytes()), locale="fr")
    kept.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
    kept.obsolete.clear()
    HOUSE.parent.mkdir(parents=True, exist_ok=True)
    with HOUSE.open("wb") as out:
        write_po(out, kept, width=100, sort_output=True, include_lineno=False, omit_header=False)
    return sum(1 for message in kept if message.id and not message.string)


def main() -> int:
    """Command line: 1 when `--check` finds a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, list the faults")
    if not parser.parse_args().check:
        print(f"{HOUSE.relative_to(ROOT)}: {update()} messages wait for their French.")
        return 0
    said = faults()
    print("\n".join(said) or "French is complete.")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
