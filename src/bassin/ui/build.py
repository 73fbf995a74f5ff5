"""Build the static files of the look: `python -m bassin.ui.build [--var DIR]`.

Writes var/static-build/ui/ (stylesheet, script, Latin subset of the font) and var/fonts/
(TTF files for charts and PDF files), from the sources beside this file and node_modules.
"""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from bassin.packages import node_modules
from bassin.ui import paths

if TYPE_CHECKING:  # nine megabytes that a web process has no use for: imported where it is used
    from fontTools.ttLib import TTFont

FONT = "@fontsource-variable/atkinson-hyperlegible-next/files/{}"
LATIN = FONT.format("atkinson-hyperlegible-next-latin-wght-normal.woff2")
NARROW_SPACE, THIN_SPACE = 0x202F, 0x2009
LATIN_TEXT = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x152, 0x153, THIN_SPACE, NARROW_SPACE, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D),
    *(0x2022, 0x2026, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212),
]
"""Characters of western European languages, with the spaces and signs of French typography."""

CHART_FAMILY = "Atkinson"
CHART_WEIGHTS = {"Regular": 400, "Bold": 700}


def latin_font() -> "TTFont":
    """The family's Latin file, taught the narrow no-break space of French numbers.

    The file has the thin space of the same width and not the one that does not break: without
    this, browsers and charts would borrow it, wider, from another family.
    """
    from fontTools.ttLib import TTFont

    font = TTFont(node_modules() / LATIN)
    for table in font["cmap"].tables:
        table.cmap[NARROW_SPACE] = table.cmap[THIN_SPACE]
    return font


def _subset(font: "TTFont", codepoints: list[int]) -> "TTFont":
    from fontTools.subset import Options, Subsetter

    options = Options()
    options.layout_features = ["kern", "tnum", "pnum", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    return font


def web_font(target: Path) -> None:
    """Write the variable font cut to `LATIN_TEXT` and to the weights 400–700, as WOFF2."""
    from fontTools.varLib.instancer import instantiateVariableFont

    font = instantiateVariableFont(_subset(latin_font(), LATIN_TEXT), {"wght": (400, 400, 700)})
    font.flavor = "woff2"
    font.save(target)


def build_chart_fonts(folder: Path) -> None:
    """Write one TTF per weight, named after `CHART_FAMILY`, for the renderer."""
    from fontTools.varLib.instancer import OverlapMode, instantiateVariableFont

    folder.mkdir(parents=True, exist_ok=True)
    for style, weight in CHART_WEIGHTS.items():
        target = folder / f"{CHART_FAMILY}-{style}.ttf"
        font = instantiateVariableFont(
            latin_font(), {"wght": weight}, overlap=OverlapMode.KEEP_AND_SET_FLAGS
        )
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = CHART_FAMILY
            if record.nameID in (2, 17):
                record.string = style
            if record.nameID in (4, 6):
                record.string = f"{CHART_FAMILY}-{style}"
        font["OS/2"].usWeightClass = weight
        font["OS/2"].fsSelection = 0x20 if style == "Bold" else 0x40
        font["head"].macStyle = 1 if style == "Bold" else 0
        font.flavor = None
        font.save(target)


def minified_css(text: str) -> str:
    """The stylesheet without comments and spare spaces; strings and calc() keep theirs."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,]) ?", r"\1", text)
    return text.replace(": ", ":").replace(";}", "}").strip()


def minified_js(text: str) -> str:
    """The script without comment lines and indentation; one statement per line stays."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _style_sheets() -> dict[str, list[Path]]:
    """Sources of each style sheet: every page's, then one per folder, for pages that ask for it."""
    styles = paths.PACKAGE / "styles"
    folders = {path.name: sorted(path.glob("*.css")) for path in styles.iterdir() if path.is_dir()}
    return {"bassin": sorted(styles.glob("*.css")), **folders}


MAPLIBRE = "maplibre-gl/dist"
MAP_FILES = ("maplibre-gl-csp.js", "maplibre-gl-csp-worker.js")


def copy_map_library(folder: Path) -> None:
    """The library of moving maps, as it is but for the note of its source map, asked by nobody."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in MAP_FILES:
        text = (node_modules() / MAPLIBRE / name).read_text("utf-8")
        kept = [line for line in text.splitlines() if not line.startswith("//# sourceMappingURL")]
        (folder / name).write_text("\n".join(kept), "utf-8")


def build(out: Path, fonts: Path) -> list[Path]:
    """Write every built file and return their paths. Run again, it gives the same bytes."""
    target = out / "ui"
    target.mkdir(parents=True, exist_ok=True)
    for name, sheets in _style_sheets().items():
        css = "\n".join(sheet.read_text("utf-8") for sheet in sheets)
        (target / f"{name}.css").write_text(minified_css(css), "utf-8")
    for script in (paths.PACKAGE / "scripts").glob("*.js"):
        (target / script.name).write_text(minified_js(script.read_text("utf-8")), "utf-8")
    web_font(target / "atkinson.woff2")
    copy_map_library(target / "maplibre")
    build_chart_fonts(fonts)
    made = [*target.rglob("*"), *fonts.iterdir()]
    return sorted(path for path in made if path.is_file())


def main() -> None:
    """Command line of the build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--var", type=Path, default=paths.var(), help="folder of made files")
    var = parser.parse_args().var
    for path in build(var / "static-build", var / "fonts"):
        print(f"{path.stat().st_size:>8} {path}")  # noqa: T201 - a command speaks


if __name__ == "__main__":
    main()
