"""Charts and maps: drawn without network, told in words, marked, hatched, kept."""

import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bassin.types import Origin
from bassin.ui import gallery, gallery_charts, paths
from bassin.ui.charts import client, draw
from bassin.ui.charts.classes import class_words, legend, limits
from bassin.ui.charts.client import ChartError, ask, ask_all, kept
from bassin.ui.charts.declare import declare, moment
from bassin.ui.charts.model import ChartInput, Point
from bassin.ui.charts.theme import FRAGILE, HIDDEN, NO_DATA

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = gallery_charts.samples(gallery.WORDS["fr"], "fr")
BARS, MAP, LINE = CHARTS["bars"], CHARTS["choropleth"], CHARTS["line"]
REAL = replace(BARS, origin=Origin.REAL)


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setenv("BASSIN_VAR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("kind", CHARTS)
def test_every_chart_carries_its_title_and_its_sentence(kind):
    chart = CHARTS[kind]

    root = ET.fromstring(draw.render(chart, "page"))  # noqa: S314  our own output

    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == chart.title
    assert root.find(f"{SVG}desc").text == chart.said


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_draws_something_and_styles_nothing_inline(kind):
    drawn = draw.render(CHARTS[kind], "inline").decode()

    assert drawn.count("<path") + drawn.count("<text") > 5
    assert "<style" not in drawn
    assert ' style="' not in drawn  # the content policy of a page would drop it


@pytest.mark.parametrize("form", ["png", "pdf", "svg"])
def test_a_file_that_travels_alone_has_its_format(form):
    begins = {"png": b"\x89PNG", "pdf": b"%PDF-", "svg": b"<svg"}[form]

    assert draw.render(BARS, form).startswith(begins)


def test_a_file_that_travels_alone_says_its_source_and_mark():
    drawn = draw.render(BARS, "svg").decode()

    assert "Source : Insee, recensement (inventé)." in drawn


def test_an_invented_chart_is_crossed_by_the_word_and_a_real_one_is_not():
    assert "EXEMPLE" in draw.render(BARS, "inline").decode()
    assert "EXEMPLE" in draw.render(BARS, "svg").decode()
    assert "EXEMPLE" not in draw.render(REAL, "svg").decode()


@pytest.mark.parametrize("chart", [BARS, MAP], ids=["bars", "map"])
def test_a_secret_value_is_hatched_and_never_drawn(chart):
    hidden = replace(
        chart, points=tuple(point for point in chart.points if point.state != "secret")
    )

    drawn = draw.render(chart, "svg").decode()

    assert '<pattern id="secret' in drawn
    assert 'fill="url(#secret' in drawn
    assert "secret statistique" in drawn
    assert 'fill="url(#secret' not in draw.render(hidden, "svg").decode()


def test_a_fragile_value_is_dotted_and_said():
    drawn = draw.render(BARS, "inline").decode()

    assert 'fill="url(#fragile' in drawn
    assert "(fragile)" in drawn


def test_a_place_without_data_is_grey_on_the_map_and_in_the_legend():
    fewer = replace(MAP, points=tuple(point for point in MAP.points if point.key != "A"))

    assert legend(fewer)["sans donnée"] == NO_DATA
    assert NO_DATA in draw.render(fewer, "inline").decode()


def test_the_legend_of_a_map_says_each_class_in_words():
    chart = replace(MAP, bounds=(10.0, 12.5))

    assert class_words(chart, limits(chart)) == [
        "moins de 10,0\u202f%",
        "de 10,0\u202f% à 12,5\u202f%",
        "12,5\u202f% et plus",
    ]
    assert list(legend(chart).values())[-2:] == [HIDDEN, FRAGILE]


def test_the_map_is_drawn_in_its_own_plane_north_up():
    projection = declare(MAP)["projection"]

    assert projection == {"type": "identity", "reflectY": True}


def test_a_map_draws_every_shape_it_is_given():
    drawn = draw.render(replace(MAP, origin=Origin.REAL), "inline").decode()

    assert drawn.count('stroke-width="0.4"') == len(MAP.shapes)


def test_a_line_is_cut_at_its_break_and_says_why():
    spec = declare(LINE)
    rows = [row for values in spec["datasets"].values() for row in values]
    parts = {row["part"] for row in rows if "part" in row}

    assert len(parts) == 4  # two series, each before and after
    assert ">2018</text>" in draw.render(LINE, "inline").decode()


def test_periods_are_placed_in_time():
    assert [moment(text) for text in ("2018", "2018-Q3", "2018-07")] == [2018.0, 2018.5, 2018.5]


def test_numbers_are_written_in_the_language_of_the_page():
    english = replace(BARS, language="en")

    assert "17,9\u202f%" in draw.render(BARS, "inline").decode()
    assert "17.9%" in draw.render(english, "inline").decode()


def test_a_chart_fits_the_width_it_is_asked():
    narrow = ET.fromstring(draw.render(BARS.narrow(), "inline"))  # noqa: S314

    assert float(narrow.get("width")) <= 375


def test_a_chart_that_says_nothing_is_refused():
    with pytest.raises(ValueError, match="needs its said"):
        replace(BARS, said=" ")


def test_an_absent_value_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="secret or missing"):
        replace(BARS, points=(Point("Orly", None),))


def test_a_secret_that_carries_its_value_is_refused():
    with pytest.raises(ValueError, match="secret or missing"):
        replace(BARS, points=(Point("Orly", 12.0, state="secret"),))


def test_a_map_without_outline_is_refused():
    with pytest.raises(ValueError, match="outline"):
        replace(MAP, shapes=())


def test_a_chart_survives_its_journey_as_text():
    assert ChartInput.from_json(MAP.to_json()) == MAP


def test_the_renderer_refuses_every_address():
    spec = {"data": {"url": "https://example.org/x.csv"}, "mark": "point", "encoding": {}}

    with pytest.raises(ValueError, match=r"(?i)url"):
        draw.vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])


def test_asking_draws_in_another_process_and_keeps_the_file(var):
    first, second = ask_all([(BARS, "inline"), (BARS, "png")])

    assert first.startswith(b"<svg")
    assert second.startswith(b"\x89PNG")
    assert kept(BARS, "inline").read_bytes() == first
    assert client.draw_all([(BARS, "inline"), (BARS, "png")]) == 0


def test_asking_loads_neither_altair_nor_the_renderer(var):
    code = (
        "import sys, bassin.ui.charts.client, bassin.ui.charts.classes, bassin.ui.gallery_charts;"
        "sys.exit(any(name in sys.modules for name in ('altair', 'vl_convert', 'pandas')))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_chart_that_cannot_be_drawn_says_so(var):
    empty = replace(CHARTS["strip"], points=())

    with pytest.raises(ChartError, match="could not be drawn"):
        ask(empty, "inline")


def test_an_unknown_format_names_the_known_ones(var):
    with pytest.raises(ChartError, match="page, inline, svg, png, pdf"):
        ask(BARS, "gif")


@pytest.fixture
def short_var(monkeypatch):
    """A folder with a short name: the kernel refuses long names of Unix sockets."""
    with tempfile.TemporaryDirectory(prefix="b", dir="/tmp") as folder:
        monkeypatch.setenv("BASSIN_VAR", folder)
        yield folder


@contextmanager
def listening(*command: str):
    """A render process, started by a command and stopped afterwards."""
    process = subprocess.Popen([sys.executable, *command])
    socket = paths.var() / client.SOCKET_FILE
    until = time.monotonic() + 20
    while not socket.exists() and time.monotonic() < until:
        time.sleep(0.05)
    yield process
    process.terminate()
    process.wait(5)


@pytest.fixture
def server(short_var):
    """The render process, listening."""
    with listening("-m", "bassin.ui.charts.renderer") as process:
        yield process


def test_the_render_process_answers_its_owner_and_stops_when_told(server, monkeypatch):
    monkeypatch.setattr(
        client, "draw_all", lambda jobs: pytest.fail("drawn elsewhere") if list(jobs) else 0
    )
    socket, key = paths.var() / client.SOCKET_FILE, paths.var() / client.KEY_FILE

    drawn = ask(BARS, "inline")

    assert drawn == draw.render(BARS, "inline")
    assert key.stat().st_mode & 0o777 == 0o600
    assert socket.stat().st_mode & 0o077 == 0
    server.send_signal(signal.SIGTERM)
    assert server.wait(5) == 0
    assert not socket.exists()


def test_the_render_process_turns_away_who_has_not_its_key(server):
    key = paths.var() / client.KEY_FILE
    right = key.read_bytes()
    key.write_bytes(b"another")

    with pytest.raises(ChartError, match="key"):
        ask(BARS, "inline")

    key.write_bytes(right)
    assert ask(BARS, "inline").startswith(b"<svg")


def test_a_chart_that_fails_does_not_stop_the_render_process(server):
    with pytest.raises(ChartError):
        ask(replace(CHARTS["strip"], points=()), "inline")

    assert ask(BARS, "inline").startswith(b"<svg")


def test_a_dead_render_process_is_replaced_by_one_for_the_occasion(server):
    server.kill()
    server.wait()

    assert (paths.var() / client.SOCKET_FILE).exists()
    assert ask(BARS, "inline").startswith(b"<svg")


NEVER_ANSWERS = """
import threading
from bassin.ui.charts import renderer
renderer.QUEUE = 1
renderer._answer = lambda waiting: threading.Event().wait()
renderer.main()
"""


@pytest.fixture
def full(short_var, monkeypatch):
    """A render process whose queue is full, and a client who does not wait."""
    monkeypatch.setattr(client, "PATIENCE", 0.0)
    with listening("-c", NEVER_ANSWERS):
        key = (paths.var() / client.KEY_FILE).read_bytes()
        with client.Client(str(paths.var() / client.SOCKET_FILE), "AF_UNIX", authkey=key):
            yield


def test_who_comes_after_a_full_queue_is_told_to_come_back(full):
    with pytest.raises(ChartError, match="Come back"):
        ask(BARS, "inline")


def test_who_is_turned_away_before_asking_is_told_to_come_back_too(full, monkeypatch):
    connect = client.Client

    def slow(*where, **how):
        connection = connect(*where, **how)
        time.sleep(0.3)  # the answer is given, and the line cut, before the first word
        return connection

    monkeypatch.setattr(client, "Client", slow)

    with pytest.raises(ChartError, match="Come back"):
        ask(BARS, "inline")
