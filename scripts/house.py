"""Draw docs/pictures/house.svg from the floors that import-linter enforces. `--check` compares.

A floor that is built is filled; one that later systems will bring is an outline.
"""

import argparse
import re
import sys
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "house.svg"

WORDS = {
    "config": "settings, addresses, commands, one port",
    "demo": "the invented sample",
    "observe": "figures, claims, profiles",
    "match": "jobs, skills, courses",
    "steer": "roadmap, partners",
    "debate": "workshops",
    "ui": "page shell, components, charts, maps, print",
    "commons": "operations, events, placements, documents",
    "parties": "people, organisations, roles, consent",
    "client": "tables for notebooks, from here or by an API",
    "pairing": "needs × offers, explained",
    "indicators": "declared figures, secrecy, sentences",
    "territory": "places, dated membership, likeness",
    "taxonomies": "activities, bands, perimeters",
    "sources": "fetch, keep raw, read, check, publish",
    "store": "versions, releases, readers",
    "chain": "a signal to a figure",
    "systems": "registry",
    "packages": "installed data",
    "errors": "two families",
    "letters": "one spelling",
    "types": "small words",
}
ROOMS = ("observe", "match", "steer", "debate")
INK, PAPER, ROOM, FLOOR, GROUND = "#1B1F23", "#FBFAF7", "#CFDCE3", "#ECE9E1", "#D9D3C5"
WIDTH, LEFT, TALL, ROOF, GAP = 880, 60, 52, 96, 6
BELOW = ("chain", "systems", "packages", "errors", "letters", "types")


def floors() -> list[list[str]]:
    """The floors from the roof to the ground, each with the folders that share it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    named = [re.findall(r"\w+", layer) for layer in layers]
    above = [layer for layer in named if layer != ["cli"] and not set(layer) & set(BELOW)]
    return [*above, list(BELOW)]


def is_built(name: str) -> bool:
    """Whether that floor stands in the package."""
    package = ROOT / "src" / "bassin"
    return (package / f"{name}.py").is_file() or (package / name / "__init__.py").is_file()


def draw() -> str:
    """The picture."""
    listed = floors()
    inside = WIDTH - 2 * LEFT
    height = ROOF + len(listed) * (TALL + GAP) + 40
    roof = f"M{LEFT - 30} {ROOF} L{WIDTH / 2} 10 L{WIDTH - LEFT + 30} {ROOF} Z"
    parts = [f'<path d="{roof}" fill="{PAPER}" stroke="{INK}" stroke-width="2"/>']
    parts.append(_words(WIDTH / 2, ROOF - 40, "config", WORDS["config"]))
    top = ROOF + GAP
    for floor in listed[1:]:
        wide = (inside - GAP * (len(floor) - 1)) / len(floor)
        for place, name in enumerate(floor):
            parts.append(_room(LEFT + place * (wide + GAP), top, wide, name))
        top += TALL + GAP
    parts.append(f'<path d="M20 {top} H{WIDTH - 20}" stroke="{INK}" stroke-width="3"/>')
    said = (
        "The floors of bassin, from the roof (config) to the ground (store): imports go down only."
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height - 60}" role="img" '
        f'aria-label="{escape(said)}" font-family="system-ui, sans-serif" fill="{INK}">'
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>{"".join(parts)}</svg>\n'
    )


def _room(left: float, top: float, wide: float, name: str) -> str:
    fill = ROOM if name in ROOMS else GROUND if name in ("store", *BELOW) else FLOOR
    shape = f'fill="{fill}"' if is_built(name) else f'fill="{PAPER}" stroke-dasharray="4 4"'
    rect = f'<rect x="{left:g}" y="{top}" width="{wide:g}" height="{TALL}" {shape} stroke="{INK}"/>'
    return rect + _words(left + wide / 2, top + 22, name, WORDS[name])


def _words(middle: float, top: float, name: str, said: str) -> str:
    return (
        f'<text x="{middle:g}" y="{top:g}" text-anchor="middle" font-size="16" font-weight="700">'
        f'{name}</text><text x="{middle:g}" y="{top + 18:g}" text-anchor="middle" '
        f'font-size="12">{escape(said)}</text>'
    )


def main() -> int:
    """Write the picture, or say whether the one kept is the one that would be drawn."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="compare, write nothing")
    drawn = draw()
    if options.parse_args().check:
        same = PICTURE.exists() and PICTURE.read_text("utf-8") == drawn
        print("The picture is up to date." if same else "Run `python scripts/house.py`.")
        return 0 if same else 1
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(drawn, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
