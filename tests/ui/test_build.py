"""The built files: small, complete, the same each time."""

import gzip

import pytest
from fontTools.ttLib import TTFont

from bassin.ui import build, icons, paths


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    build.build(folder / "static", folder / "fonts")
    return folder


def test_the_style_sheet_weighs_at_most_14_kb_compressed(built):
    css = (built / "static/ui/bassin.css").read_bytes()

    assert len(gzip.compress(css)) <= 14 * 1024


def test_the_script_weighs_at_most_3_kb(built):
    assert len((built / "static/ui/bassin.js").read_bytes()) <= 3 * 1024


def test_the_page_of_a_telephone_in_a_room_weighs_at_most_9_kb_more(built):
    more = [(built / "static/ui" / name).read_bytes() for name in ("workshop.css", "workshop.js")]

    assert sum(len(gzip.compress(each)) for each in more) <= 9 * 1024


def test_no_source_of_the_look_is_longer_than_400_lines():
    for path in [*paths.PACKAGE.rglob("*.css"), *paths.PACKAGE.rglob("*.js")]:
        assert len(path.read_text().splitlines()) <= 400, path.name


def test_the_font_writes_french_and_its_typographic_spaces(built):
    known = TTFont(built / "static/ui/atkinson.woff2").getBestCmap()

    for sign in "éèêëàâçîïôùûüÿœŒÉÀÇ«»’“”–—…€²³ãõñ" + "\u00a0\u202f\u2212":
        assert ord(sign) in known, f"U+{ord(sign):04X}"


def test_the_font_weighs_less_than_24_kb(built):
    assert (built / "static/ui/atkinson.woff2").stat().st_size < 24 * 1024


def test_charts_have_a_regular_and_a_bold_letter_under_one_name(built):
    fonts = [TTFont(path) for path in sorted((built / "fonts").glob("*.ttf"))]

    assert [font["OS/2"].usWeightClass for font in fonts] == [700, 400]
    assert {font["name"].getDebugName(1) for font in fonts} == {build.CHART_FAMILY}


def test_building_twice_gives_the_same_files(built, tmp_path):
    build.build(tmp_path / "static", tmp_path / "fonts")

    for path in (built / "static/ui").iterdir():
        if path.suffix in (".css", ".js"):
            assert path.read_bytes() == (tmp_path / "static/ui" / path.name).read_bytes()


def test_nothing_in_the_style_sheet_comes_from_elsewhere(built):
    css = (built / "static/ui/bassin.css").read_text()

    assert "http" not in css
    assert "@import" not in css


def test_minifying_keeps_what_calc_and_selectors_need():
    css = "a :is(b, c) { inline-size: calc(1px + 2px); /* why */ }\n"

    assert build.minified_css(css) == "a :is(b,c){inline-size:calc(1px + 2px)}"


@pytest.mark.parametrize("name", icons.ICONS)
def test_every_declared_pictogram_exists_and_is_drawn_thin(name):
    drawn = icons.svg(name)

    assert 'stroke-width="1.75"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "<" in icons.drawing(name)


def test_a_pictogram_outside_the_set_is_refused():
    for drawn in (icons.svg, lambda name: icons.sprite([name])):
        with pytest.raises(icons.UnknownIcon, match="unicorn"):
            drawn("unicorn")


def test_a_pictogram_drawn_once_is_shown_again_by_its_name():
    once, shown = icons.sprite(["check", "x"]), icons.again("check", 22)

    assert '<symbol id="i-check" viewBox="0 0 24 24"' in once
    assert icons.drawing("check") in once
    assert '<use href="#i-check"/>' in shown
    assert 'width="22"' in shown
    assert "<script>" not in icons.again('"><script>')
