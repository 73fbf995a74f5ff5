"""The gallery and the shell in a real browser: readable, reachable, quiet, in four languages."""

import gzip

import pytest
from django.utils.html import escape

from bassin.ui import gallery
from bassin.ui.house import Counter, HouseFacts, default_facts

SAMPLE = "tests.ui.test_gallery.sample_house"


def sample_house() -> HouseFacts:
    return HouseFacts(
        territory_name="Val-d'Exemple",
        is_sample=True,
        counter=Counter(
            "Service économie", "01 00 00 00 00", "9 h – 17 h", email="eco@example.org"
        ),
        links=default_facts().links,
    )


@pytest.fixture(autouse=True)
def house(settings):
    settings.UI_HOUSE = SAMPLE


def width(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.django_db
@pytest.mark.parametrize("language", gallery.LANGUAGES)
def test_the_gallery_answers_in_each_language(client, language):
    html = client.get(f"/ui/{language}/").content.decode()

    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert escape(gallery.WORDS[language]["question"]) in html


@pytest.mark.django_db
def test_a_language_the_gallery_does_not_speak_is_not_found(client):
    assert client.get("/ui/xx/").status_code == 404


@pytest.mark.django_db
def test_every_page_of_the_sample_says_what_is_real_and_what_is_invented(client):
    html = client.get("/ui/fr/").content.decode()

    assert (
        "Communes, contours et populations sont réels. "
        "Les entreprises, offres, personnes et avancements sont inventés." in html
    )
    assert "EXEMPLE" in html


@pytest.mark.django_db
def test_a_real_house_shows_no_banner(client, settings):
    settings.UI_HOUSE = "bassin.ui.house.default_facts"

    html = client.get("/ui/fr/").content.decode()

    assert 'class="sample"' not in html
    assert "specimen" not in html


@pytest.mark.django_db
def test_the_counter_can_be_called_from_every_page(client):
    html = client.get("/ui/fr/").content.decode()

    assert 'href="tel:0100000000"' in html
    assert "9 h – 17 h" in html


@pytest.mark.django_db
def test_nothing_is_scripted_or_styled_inside_the_page(client):
    html = client.get("/ui/fr/").content.decode()

    assert ' style="' not in html  # a line of HTML to copy, escaped, styles nothing here
    assert " onclick=" not in html
    assert "<style" not in html
    assert html.count("<script") == html.count("<script src=") == 1


@pytest.mark.django_db
def test_the_whole_gallery_with_ten_charts_stays_light(client):
    assert len(gzip.compress(client.get("/ui/fr/").content)) < 40 * 1024


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [320, 390, 768, 1280])
def test_the_gallery_has_no_fault_at_any_width(page, axe, size):
    page.set_viewport_size({"width": size, "height": 900})
    page.goto("/ui/fr/")

    assert width(page) <= size
    assert axe(page) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ar", "pt"])
def test_the_gallery_has_no_fault_in_any_language(page, axe, language):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"/ui/{language}/")

    assert width(page) <= 390
    assert axe(page) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_gallery_has_no_fault_in_forced_colours(page, axe):
    page.emulate_media(forced_colors="active")
    page.goto("/ui/fr/")

    assert axe(page) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_twice_larger_text_stays_inside_the_page(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/ui/fr/")
    page.add_style_tag(url="/static/ui/bassin.css")
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert width(page) <= 1280


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_house_letter_is_used(page):
    page.goto("/ui/fr/")

    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Atkinson'))")
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert family.startswith("Atkinson")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(page):
    page.goto("/ui/fr/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_explanation_opens_on_focus_and_closes_with_escape(page):
    page.goto("/ui/fr/")
    text = page.locator(".term__text").first

    page.locator(".term__word").first.focus()
    opened = text.is_visible()
    page.keyboard.press("Escape")

    assert opened
    assert not text.is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_table_is_sorted_and_says_how(page):
    page.goto("/ui/fr/")
    table = page.locator("#tables table").first
    heading = table.locator("thead th").nth(1)

    heading.locator("button").click()
    heading.locator("button").click()

    assert heading.get_attribute("aria-sort") == "ascending"
    assert table.locator("tbody th").first.inner_text() == "F"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_everything_is_there_without_javascript(page_without_js):
    page_without_js.goto("/ui/fr/")

    assert page_without_js.locator("#tables table tbody tr").first.is_visible()
    assert page_without_js.locator("#chart-bars-cite").count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_telephone_gets_the_narrow_drawings(phone_page):
    phone_page.goto("/ui/fr/")
    figure = phone_page.locator("figure.chart").first

    assert figure.locator(".is-small").is_visible()
    assert not figure.locator(".is-wide").is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_paper_keeps_the_content_and_drops_the_tools(page):
    page.goto("/ui/fr/")
    page.emulate_media(media="print")

    assert page.locator(".specimen").is_visible()
    assert page.locator(".masthead .print-only").is_visible()
    assert not page.locator(".masthead__languages").is_visible()
    assert page.locator("#tables table").first.is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_table_printed_on_a4_is_a_table_and_not_cards(page):
    page.set_viewport_size({"width": 688, "height": 1000})  # 210 mm less the margins
    page.goto("/ui/fr/")

    on_screen = page.locator("#tables td").first.evaluate("cell => getComputedStyle(cell).display")
    page.emulate_media(media="print")
    on_paper = page.locator("#tables td").first.evaluate("cell => getComputedStyle(cell).display")

    assert (on_screen, on_paper) == ("flex", "table-cell")
    assert width(page) <= 688
