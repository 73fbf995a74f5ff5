"""Words that people read: `make messages` brings the French catalogue up to date, `--check` judges.

Extraction is done with Babel, so that nobody needs GNU gettext. A folder `locale/` beside a system
holds its words; those of the house stand in `src/bassin/locale`. French must be complete and
never guessed (fuzzy), and no line of it begins on a sign: before `: ; ? ! %` and inside « », the
space is one that does not break (U+202F before `; ? ! %`, else U+00A0).
"""

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "bassin"
WITHIN = Path("locale", "fr", "LC_MESSAGES", "django.po")
HOUSE = PACKAGE / WITHIN
SAYS = (
    "# French of the pages. "
    "Written by hand; `make messages` adds what is new and drops what is unused."
)
FREE = (
    "bassin", "bassin/commons", "bassin/debate/workshops", "bassin/observe/companies",
    "bassin/observe/opendata", "bassin/parties", "bassin/steer/partners", "bassin/steer/programmes",
)  # fmt: skip
"""Folders whose French still lets lines break there: the list only shrinks."""
NO_BREAK, NARROW = "\u00a0", "\u202f"
BREAKS = re.compile(r" (?=[:;!?»](?!\w)|%(?![(\w]))|(?<=«) ")
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
            said += [
                f"{path.relative_to(ROOT)}: a line may break in {near!r}"
                for words in _forms(message)
                for near in ([] if _free(path) else breakable(words))
            ]
    needed = {(message.context, message.id): message for message in catalogue() if message.id}
    for name, message in needed.items():
        if name not in known:
            said.append(f"{message.locations[0][0]}: not in any catalogue: {message.id!r}")
    said += [f"in a catalogue, used nowhere: {name[1]!r}" for name in known if name not in needed]
    return said


def breakable(words: str) -> list[str]:
    """Where a line could break before a sign: each with what stands around it.

    A sign of an address (`?lang=`), of a format (`%(n)s`) or of a value (`%s`) is no punctuation.
    """
    return [words[max(0, found.start() - 12) : found.end() + 4] for found in BREAKS.finditer(words)]


def _free(path: Path) -> bool:
    return path.relative_to(PACKAGE.parent).parents[3].as_posix() in FREE


def unbroken(words: str) -> str:
    """The same with spaces that do not break."""
    return BREAKS.sub(lambda found: NARROW if words[found.end()] in ";?!%" else NO_BREAK, words)


def owner(message: Message) -> Path:
    """The catalogue a message belongs to: that of the only folder it is used in, else the house's.

    A folder that has a `locale/` holds its own words; what two folders say is the house's.
    """
    folders = {_folder(ROOT / place) for place, _line in message.locations}
    return HOUSE if len(folders) > 1 else folders.pop() / WITHIN


def _folder(path: Path) -> Path:
    return next(each for each in path.parents if (each / "locale").is_dir())


def update() -> int:
    """Bring each catalogue up to date, keeping the French there is; return how many lack it."""
    before = translated()
    french = {(each.context, each.id): each.string for one in before.values() for each in one}
    (PACKAGE / "locale").mkdir(exist_ok=True)
    fresh = {path: Catalog(locale="fr") for path in {HOUSE, *before}}
    for message in catalogue():
        if message.id:
            into = fresh.setdefault(owner(message), Catalog(locale="fr"))
            into.add(message.id, locations=message.locations, context=message.context)
    return sum(_write(path, before.get(path), fresh[path], french) for path in fresh)


def _write(path: Path, kept: Catalog | None, fresh: Catalog, french: dict) -> int:
    """Write one catalogue under the header it has; return how many of its messages lack French."""
    kept = kept or Catalog(locale="fr", project="bassin", fuzzy=False, last_translator="bassin")
    kept.header_comment = SAYS
    kept.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
    kept.obsolete.clear()
    for message in kept:
        if message.id and not _full(message):
            message.string = french.get((message.context, message.id), message.string)
        if message.id and not _free(path):
            mended = tuple(unbroken(words) for words in _forms(message))
            message.string = mended if isinstance(message.string, tuple) else mended[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, kept, width=100, sort_output=True, include_lineno=False, omit_header=False)
    return sum(1 for message in kept if message.id and not _full(message))


def _full(message: Message) -> bool:
    return all(_forms(message))


def _forms(message: Message) -> tuple[str, ...]:
    found = message.string
    return found if isinstance(found, tuple) else (str(found or ""),)


def main() -> int:
    """Command line: 1 when `--check` finds a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, list the faults")
    if not parser.parse_args().check:
        print(f"{update()} messages wait for their French.")
        return 0
    said = faults()
    print("\n".join(said) or "French is complete.")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
