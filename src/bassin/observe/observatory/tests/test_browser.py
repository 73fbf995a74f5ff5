"""In a real browser: two journeys, every page examined by axe, its weight, its paper."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOME = "/lieux/ept/200058014/"
SHEET = "/lieux/commune/94054/une-page/"
PAGES = (
    "/",
    "/recherche/?q=chomage+orly",
    "/recherche/?q=zzzzqqq",
    HOME,
    SHEET,
    "/lieux/commune/94054/",
    "/lieux/commune/48095/",
    "/lieux/commune/12218/",
    "/lieux/departement/48/",
    "/lieux/qpv/QP094001/",
    "/lieux/selection/94016-94037/",
    "/selection/?communes=zzzz",
    "/indicateurs/",
    "/indicateurs/unemployment_rate_census/",
    "/indicateurs/jobs_at_workplace/",
    "/comparer/",
    "/comparer/?lieu=commune:94081&lieu=commune:94054&ajouter=zzzz",
    "/chiffres-cites/",
    "/couverture/",
    "/sources/",
    "/sources/census/",
    "/methode/",
    "/mentions-legales/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/contact/",
    "/lieux/commune/99999/",
)
HEAVIEST = 60 * 1024
MOST_REQUESTS = 15


@pytest.fixture
def site(observed, settings, live_server):
    """The live server shows the observed installation."""
    settings.VAR = observed.var
    return live_server.url


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_a_computer(site, page, axe, address):
    page.goto(address)

    assert axe(page) == []


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_a_telephone_and_nothing_overflows(site, phone_page, axe, address):
    phone_page.goto(address)

    assert axe(phone_page) == []
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("address", ["/", HOME, SHEET, "/methode/", "/sources/"])
def test_axe_finds_nothing_in_english(site, page, axe, address):
    page.goto(f"{address}?lang=en")

    assert axe(page) == []
    assert page.locator("html").get_attribute("lang") == "en"


def test_an_elected_official_prints_one_page_before_a_council(site, page):
    # given: the home page, and the door of the elected
    page.goto("/")
    door = page.locator(".door--partner")
    assert "Je suis élu·e ou partenaire" in door.inner_text()

    # when: she types the name of her commune, and asks for one page
    door.get_by_role("searchbox").fill("orly")
    door.get_by_role("button").click()
    page.get_by_role("link", name="Orly", exact=True).click()
    assert page.url.endswith("/lieux/commune/94054/")
    page.get_by_role("link", name="Imprimer une page pour le prochain conseil").click()

    # then: one sheet of A4, with dated figures
    assert page.url.endswith(SHEET)
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
    assert "Taux de chômage au sens du recensement" in page.inner_text("main")


@pytest.mark.parametrize(
    "place",
    ["commune/75056", "commune/69123", "commune/97411", "commune/12218", "ept/200058014",
     "departement/48", "region/11", "epci/200067940"],
)  # fmt: skip
def test_one_page_is_one_page_whatever_the_place(site, page, place):
    page.goto(f"/lieux/{place}/une-page/")

    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1


@pytest.mark.parametrize("place", ["ept/200058014", "departement/94", "commune/94081"])
def test_the_first_page_of_a_printed_profile_carries_the_whole_framing_table(site, page, place):
    # given: an A4 page between its margins, 182 by 267 mm at 96 dots per inch
    page.set_viewport_size({"width": 688, "height": 1009})
    page.emulate_media(media="print")

    page.goto(f"/lieux/{place}/")

    table = page.locator(".framing").bounding_box()
    assert table["y"] + table["height"] < 1009
    assert page.evaluate("document.documentElement.scrollWidth") == 688


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_an_officer_of_any_territory_finds_any_commune_without_javascript(site, page_without_js):
    page = page_without_js
    page.goto("/")

    page.get_by_role("searchbox", name="Une commune de France").fill("mende")
    page.get_by_role("button", name="Chercher").first.click()
    page.get_by_role("link", name="Mende", exact=True).click()

    assert page.url.endswith("/lieux/commune/48095/")
    main = page.inner_text("main")
    assert "Lozère" in page.inner_text("nav.crumbs")
    assert "12\u202f464" in main  # its population of 2023, with its date
    assert "(2023)" in main
    assert page.locator(".profile-outline svg").is_visible()


def test_the_keyboard_alone_reaches_the_content_and_sorts_a_table(site, page):
    page.goto(HOME)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    heading = page.locator(".portrait thead button").first
    heading.focus()
    page.keyboard.press("Enter")
    first = page.locator(".portrait tbody th").first.inner_text()
    assert first == "Vitry-sur-Seine"
    assert page.locator(".portrait thead th[aria-sort]").count() == 1


def test_a_row_without_a_value_stays_last_when_the_framing_table_is_sorted(site, page):
    page.goto(HOME)

    for _ in range(2):
        page.locator(".framing thead button").nth(1).click()
        cells = page.locator(".framing tbody tr td:nth-child(2)")
        absent = [
            "is-absent" in (cells.nth(i).get_attribute("class") or "") for i in range(cells.count())
        ]
        assert absent == sorted(absent)


def test_a_whole_profile_is_light(site, page):
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))

    page.goto(HOME)
    page.mouse.wheel(0, 40_000)
    page.wait_for_load_state("networkidle")

    assert len(sizes) <= MOST_REQUESTS
    assert compressed(page, sizes) <= HEAVIEST


def compressed(page, sizes: dict[str, int]) -> int:
    """Bytes on the wire: letters travel as they are, the rest under gzip."""
    import gzip

    total = 0
    for url, size in sizes.items():
        if url.endswith(".woff2"):
            total += size
        else:
            total += len(gzip.compress(page.request.get(url).body(), 9))
    return total


def test_a_figure_is_cited_by_a_form_and_its_link_holds(site, page):
    page.goto("/indicateurs/unemployment_rate_census/?lieu=commune:94081")

    page.get_by_role("button", name="Citer ce chiffre : obtenir un lien figé").click()

    assert re.search(r"/chiffre/[0-9a-f]{20}/$", page.url)
    assert "Vitry-sur-Seine" in page.inner_text("main")


def test_the_framing_table_is_copied_with_its_sources(site, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(HOME)

    framing = page.locator(".framing")
    framing.locator("details.citation summary").click()
    framing.locator('button[data-copy="framing-cite"]').click()

    framing.get_by_text("Copié").wait_for()
    assert "recensement de la population 2022" in page.evaluate("navigator.clipboard.readText()")
