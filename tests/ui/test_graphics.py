"""Small graphics say what they show and draw what they say."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.ui import graphics
from bassin.ui.graphics import Spot

SVG = "{http://www.w3.org/2000/svg}"
SQUARE = ((0.0, 0.0), (0.0, 1000.0), (1000.0, 1000.0), (1000.0, 0.0), (0.0, 0.0))


def drawn(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  our own output


def test_a_graphic_without_a_sentence_is_refused():
    with pytest.raises(ValueError, match="sentence"):
        graphics.bar(1, 2, title="Orly", said=" ")


def test_a_graphic_is_an_image_named_by_its_title_and_told_by_its_description():
    root = drawn(graphics.bar(1, 2, title="Orly & Thiais", said="1 emploi"))

    names = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == " ".join(name.get("id") for name in names)
    assert [name.text for name in names] == ["Orly & Thiais", "1 emploi"]


def test_ours_is_in_ink_and_last_so_that_nothing_covers_it():
    spots = [Spot("A", 1, "1"), Spot("Nous", 2, "2", ours=True), Spot("B", 3, "3")]

    root = drawn(graphics.strip(spots, title="t", said="s", median_word="médiane"))

    fills = [circle.get("fill") for circle in root.iter(f"{SVG}circle")]
    assert fills == [graphics.GREY, graphics.GREY, graphics.INK]


def _below(spots):
    """The names written under a strip: text, horizontal and vertical position."""
    root = drawn(graphics.strip(spots, title="t", said="s", median_word="médiane"))
    texts = [each for each in root.iter(f"{SVG}text") if each.get("class") != "g-name"]
    return [
        ("".join(each.itertext()), float(each.get("x")), float(each.get("y"))) for each in texts
    ]


def test_the_names_at_the_ends_of_a_strip_never_touch():
    short = [Spot("Nice", 1, "10"), Spot("Nous", 2, "20", ours=True), Spot("Pau", 3, "30")]
    long = [Spot("Grand Paris Seine Ouest", 1, "317 382 habitants"), *short[1:2],
            Spot("Paris", 3, "2 103 778 habitants")]  # fmt: skip

    assert [y for _text, _x, y in _below(short)] == [72, 72, 72]
    assert [y for text, _x, y in _below(long) if text != "médiane"] == [72, 94]


def test_the_word_median_is_left_out_where_a_name_stands():
    values = [3244, 4000, 5933, 8000, 9000, 19986]
    spots = [Spot("Grand Paris Sud Est Avenir", v, f"{v} hab./km²", ours=v == 5933) for v in values]

    assert "médiane" not in [text for text, _x, _y in _below(spots)]


def test_one_place_makes_no_strip():
    with pytest.raises(ValueError, match="two places"):
        graphics.strip([Spot("A", 1, "1")], title="t", said="s", median_word="m")


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=40))
def test_every_place_of_a_strip_falls_inside_the_drawing(values):
    spots = [Spot(str(index), value, "x") for index, value in enumerate(values)]

    root = drawn(graphics.strip(spots, title="t", said="s", median_word="m"))

    assert all(0 <= float(circle.get("cx")) <= 520 for circle in root.iter(f"{SVG}circle"))


def test_a_line_stops_at_an_absent_value_and_at_a_break():
    text = graphics.sparkline([1, 2, None, 3, 4], title="t", said="s", breaks=[4])

    line = drawn(text).findall(f"{SVG}path")[-1].get("d")

    assert line.count("M") == 3


def test_a_series_with_no_value_at_all_is_drawn_empty():
    root = drawn(graphics.sparkline([None, None], title="t", said="s"))

    assert root.find(f"{SVG}circle") is None


def test_two_lines_of_one_scale_put_the_same_value_at_the_same_height():
    low = graphics.sparkline([0, 5], title="t", said="s", bounds=(0, 10))
    high = graphics.sparkline([5, 10], title="t", said="s", bounds=(0, 10))

    assert "L117 14" in low
    assert "M3 14" in high


def test_a_negative_bar_is_refused():
    with pytest.raises(ValueError, match="-3"):
        graphics.bar(-3, 5, title="t", said="s")


def test_an_outline_in_metres_and_in_degrees_keeps_its_shape():
    metres = drawn(graphics.outline([SQUARE], title="t", said="s", height=206))
    north = [(2.35 + x / 73_000, 48.7 + y / 111_000) for x, y in SQUARE]

    degrees = drawn(graphics.outline([north], title="t", said="s", height=206))

    widths = [float(root.get("viewBox").split()[2]) for root in (metres, degrees)]
    assert widths[0] == pytest.approx(206, abs=0.1)
    assert widths[1] == pytest.approx(widths[0], rel=0.01)


def test_an_outline_is_simplified_but_keeps_its_corners():
    many = [(x * 10.0, 0.0) for x in range(100)] + [(990.0, 990.0), (0.0, 990.0), (0.0, 0.0)]

    path = drawn(graphics.outline([many], title="t", said="s")).findall(f"{SVG}path")[-1].get("d")

    assert path.count("L") == 4


def test_a_place_without_outline_is_refused():
    with pytest.raises(ValueError, match="no"):
        graphics.outline([], title="t", said="s")


def test_a_locator_puts_its_point_inside_the_larger_place():
    root = drawn(graphics.locator([SQUARE], (500, 500), title="t", said="s"))

    circle = root.find(f"{SVG}circle")
    assert (float(circle.get("cx")), float(circle.get("cy"))) == pytest.approx((80, 80), abs=0.2)
