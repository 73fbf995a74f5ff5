"""From a declared chart to SVG, PNG and PDF bytes. Heavy: the renderer and batches only."""

import base64
import re
from functools import cache
from hashlib import blake2s
from html import escape
from io import BytesIO
from textwrap import wrap

import vl_convert
from fontTools.subset import Options, Subsetter

from bassin.types import Origin
from bassin.ui import paths
from bassin.ui.build import CHART_FAMILY, build_chart_fonts, latin_font
from bassin.ui.charts import theme
from bassin.ui.charts.declare import declare
from bassin.ui.charts.model import ChartInput, Format
from bassin.ui.charts.words import credit, word

PATTERNS = (
    '<defs><pattern id="secret" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#fff"/>'
    f'<path d="M-1 1 1 -1M0 6 6 0M5 7 7 5" stroke="{theme.INK}" stroke-width="1"/></pattern>'
    '<pattern id="fragile" width="6" height="6" patternUnits="userSpaceOnUse">'
    f'<circle cx="1.5" cy="1.5" r="1" fill="{theme.INK}"/>'
    f'<circle cx="4.5" cy="4.500" r="1" fill="{theme.INK}"/></pattern></defs>'
)
SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
SPARE = re.compile(r' (?:role|class|pointer-events|aria-[a-z]+)="[^"]*"')
"""What Vega writes on each mark: ours is one image, with one title and one description."""

PNG_SCALE = 2.0


@cache
def _fonts() -> None:
    """Let the renderer use our font, made if the build has not run."""
    folder = paths.chart_fonts()
    if not any(folder.glob("*.ttf")):
        build_chart_fonts(folder)
    vl_convert.register_font_directory(str(folder))


def render(chart: ChartInput, form: Format) -> bytes:
    """Draw a chart. No network: the renderer refuses every address.

    Raises:
        ValueError: the chart cannot be drawn as declared (Vega-Lite's own words).
    """
    _fonts()
    alone = form in ("svg", "png", "pdf")
    spec = declare(chart, alone=alone)
    bare = (
        vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale="en-GB")
        if chart.language == "en"
        else vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale="fr-FR")
    )
    picture = _dressed(chart, bare, alone=alone)
    if form == "png":
        return bytes(vl_convert.svg_to_png(picture, scale=PNG_SCALE))
    if form == "pdf":
        return bytes(vl_convert.svg_to_pdf(picture))
    if form in ("page", "svg"):
        picture = _with_font(picture)
    return picture.encode()


def _dressed(chart: ChartInput, bare: str, *, alone: bool) -> str:
    """Add title, description, patterns and mark; alone, also the drawn title and credit."""
    found = SIZE.search(bare)
    if found is None:
        raise ValueError(f"The renderer gave no size for “{chart.title}”.")
    width, height = (float(number) for number in found.groups())
    key = blake2s(chart.to_json().encode(), digest_size=4).hexdigest()
    inner = PATTERNS if "url(#" in bare else ""
    inner += bare[bare.index(">", bare.index("<svg")) + 1 : bare.rindex("</svg>")]
    inner = SPARE.sub("", inner)
    inner = LONG_NUMBER.sub(lambda found: f"{float(found[0]):.1f}", inner)
    for name in ("secret", "fragile"):  # two pictures of one page never share a pattern's name
        inner = inner.replace(f"#{name})", f"#{name}{key})").replace(
            f'id="{name}"', f'id="{name}{key}"'
        )
    head, foot = (_head(chart, width), _foot(chart, width)) if alone else ([], [])
    top, bottom = 26.0 * len(head) + (10 if head else 0), 20.0 * len(foot) + (10 if foot else 0)
    margin = 16.0 if alone else 0.0
    full = (width + 2 * margin, height + top + bottom + 2 * margin)
    ground = f'<rect width="{full[0]:g}" height="{full[1]:g}" fill="#fff"/>' if alone else ""
    bold = f'font-size="20" font-weight="700" fill="{theme.INK}"'
    soft = f'font-size="13" fill="{theme.SOFT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{full[0]:g}" height="{full[1]:g}" '
        f'viewBox="0 0 {full[0]:g} {full[1]:g}" role="img" '
        f'font-family="{CHART_FAMILY}, sans-serif" aria-labelledby="t{key} d{key}">'
        f'<title id="t{key}">{escape(chart.title)}</title>'
        f'<desc id="d{key}">{escape(chart.said)}</desc>{ground}'
        f"{_lines(head, margin, margin + 18, 26, bold)}"
        f'<g transform="translate({margin:g} {margin + top:g})">{inner}</g>'
        f"{_lines(foot, margin, margin + top + height + 24, 20, soft)}"
        f"{_specimen(chart, full, 0.1 if alone else 0.06)}</svg>"
    )


def _head(chart: ChartInput, width: float) -> list[str]:
    return wrap(chart.title, int(width / 10.4))


def _foot(chart: ChartInput, width: float) -> list[str]:
    return wrap(credit(chart), int(width / 6.6))


def _lines(lines: list[str], x: float, y: float, step: float, style: str) -> str:
    return "".join(
        f'<text x="{x:g}" y="{y + index * step:g}" {style}>{escape(line)}</text>'
        for index, line in enumerate(lines)
    )


def _specimen(chart: ChartInput, size: tuple[float, float], strength: float) -> str:
    """The word across a chart made of invented values, so that a copy never passes for real."""
    if chart.origin is not Origin.INVENTED:
        return ""
    text = word("sample", chart.language)
    x, y = size[0] / 2, size[1] / 2
    letters = min(size[0] / len(text) * 1.1, size[1] * 0.4, 110)
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="middle" dominant-baseline="central" '
        f'transform="rotate(-18 {x:g} {y:g})" font-size="{letters:.0f}" font-weight="700" '
        f'letter-spacing="4" fill="{theme.INK}" fill-opacity="{strength:g}">{text}</text>'
    )


def _with_font(picture: str) -> str:
    """Carry the letters that the picture uses: an <img> cannot read the page's font."""
    texts = re.findall(r">([^<>]+)</(?:text|tspan)>", picture)
    letters = sorted({ord(sign) for text in texts for sign in text} | {0x20})
    data = base64.b64encode(_letters(tuple(letters))).decode()
    style = (
        f"<style>@font-face{{font-family:{CHART_FAMILY};font-weight:400 700;"
        f"src:url(data:font/woff2;base64,{data})}}</style>"
    )
    return picture.replace("<desc", style + "<desc", 1)


@cache
def _letters(codepoints: tuple[int, ...]) -> bytes:
    font = latin_font()
    options = Options()
    options.layout_features = ["kern"]
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()
