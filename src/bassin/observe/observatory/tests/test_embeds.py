"""Figures, charts and maps on other sites: no cookie, no script, framed by anyone."""

import re
import threading
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support.browser import PHONE

NAME = "unemployment_rate_census"
HERE = "ept/200058014"
FRAMES = (f"/embed/chiffres/{NAME}/{HERE}/", f"/embed/graphiques/{NAME}/{HERE}/map/",
          f"/embed/graphiques/{NAME}/{HERE}/line/")  # fmt: skip
TABLES = (f"/embed/lieux/{HERE}/", "/embed/comparer/?lieu=ept:200058014&lieu=commune:94081")
PICTURES = (f"/embed/chiffres/{NAME}/{HERE}.svg", f"/embed/graphiques/{NAME}/{HERE}/map.svg")


def lines(page: str) -> list[str]:
    """The lines of HTML that a page gives to copy."""
    return [unescape(each) for each in re.findall(r'<code id="[\w-]+">(.*?)</code>', page)]


@pytest.mark.parametrize("address", [*FRAMES, *TABLES, *PICTURES])
def test_what_is_embedded_is_framed_by_anyone_and_remembers_nobody(visit, address):
    spoken = f"{address}{'&' if '?' in address else '?'}lang=en"
    response = visit(spoken, headers={"cookie": "sessionid=abc; django_language=fr"})

    assert response.status_code == 200
    assert not response.cookies
    assert "X-Frame-Options" not in response.headers
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("frame-ancestors *")
    assert "<script" not in response.content.decode()
    assert response.headers["Content-Language"] == "en"


OTHERS = ("/", f"/indicateurs/{NAME}/", f"/graphiques/{NAME}/{HERE}/map.svg", "/embedded/")


@pytest.mark.parametrize("address", OTHERS)
def test_everything_else_stays_out_of_frames(visit, address):
    headers = visit(address).headers

    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", FRAMES)
def test_what_is_embedded_says_its_source_its_date_its_mark_and_leads_back(visit, address):
    page = visit(address).content.decode()

    assert "Insee" in page
    assert "2022" in page
    assert "réel" in page
    assert f'href="/indicateurs/{NAME}/?lieu=ept:200058014"' in page
    assert '<base target="_top">' in page


@pytest.mark.parametrize(
    ("address", "page"), list(zip(TABLES, (f"/lieux/{HERE}/", "/comparer/?lieu=ept"), strict=True))
)
def test_a_place_and_a_comparison_are_shown_elsewhere_as_their_page_says(visit, address, page):
    framed = visit(address).content.decode()
    given = [each for each in lines(visit(address.removeprefix("/embed")).content.decode())
             if "iframe" in each]  # fmt: skip

    assert "Grand-Orly Seine Bièvre" in framed
    assert "<td" in framed
    assert f'href="{page}' in framed
    assert any(address.partition("?")[0] in each for each in given)


def test_the_picture_of_a_figure_says_all_that_must_stand_beside_it(visit):
    response = visit(PICTURES[0])
    drawn = response.content.decode()

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert all(each in drawn for each in ("<title", "Grand-Orly", "Insee", "2022", "réel", "%"))


def test_a_figure_without_data_says_why_on_the_other_site_too(visit):
    empty = visit("/embed/chiffres/median_income/ept/200058014/")

    assert "à charger" in empty.content.decode()
    assert "charger" in visit("/embed/chiffres/median_income/ept/200058014.svg").content.decode()
    assert visit("/embed/graphiques/median_income/ept/200058014/line/").status_code == 404
    assert visit(f"/embed/graphiques/{NAME}/{HERE}/map.csv").status_code == 404
    assert visit(f"/embed/chiffres/nothing/{HERE}/").status_code == 404


def test_the_page_of_a_figure_gives_the_lines_for_its_number_its_map_and_its_line(visit):
    found = lines(visit(f"/indicateurs/{NAME}/?lang=en").content.decode())

    assert [re.match(r"<(iframe|a)", line)[1] for line in found] == ["iframe", "a"] * 3
    for line in found:
        address = re.search(r'(?:iframe|img) src="http://testserver(.*?)"', line)[1]
        assert address.endswith("?lang=en")
        assert visit(address).status_code == 200


def foreign(here):
    return (
        '<meta charset="utf-8"><title>x</title><h1>Another site</h1>'
        f'<iframe src="{here}{FRAMES[0]}" title="a" width="100%" height="260"></iframe>'
        f'<iframe src="{here}{FRAMES[1]}" title="b" width="100%" height="680"></iframe>'
        f'<iframe src="{here}/" title="c"></iframe><img src="{here}{PICTURES[0]}" alt="d">'
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_page_of_another_origin_shows_them_without_script_or_cookie(
    browser, live_server, settings, observed
):
    settings.VAR = observed.var
    page = foreign(live_server.url)

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    try:
        window = context.new_page()
        window.set_default_timeout(60_000)
        window.goto(f"http://localhost:{server.server_port}/")
        figure, chart, home = (each.content_frame() for each in window.query_selector_all("iframe"))

        assert "%" in figure.inner_text(".figure__value")
        assert chart.locator("figure img").count() == 1
        assert home.locator("h1").count() == 0
        assert context.cookies() == []
        sizes = [window.locator("img").bounding_box(), chart.locator("img").bounding_box()]
        assert all(size["width"] > 200 and size["height"] > 100 for size in sizes)
    finally:
        context.close()
        server.shutdown()
        server.server_close()
        thread.join()
