"""The watched browser of the tests does notice what it is there to notice."""

import pytest
from playwright.sync_api import Error

from tests.support.browser import watched_page

pytestmark = pytest.mark.browser


def test_a_page_that_goes_to_another_server_fails_its_test(browser, live_server):
    with pytest.raises(AssertionError, match="another server"):
        with watched_page(browser, live_server.url) as page:
            with pytest.raises(Error):
                page.goto("https://example.org/")


def test_a_page_that_asks_another_server_is_stopped_by_its_own_policy(browser, live_server):
    with pytest.raises(AssertionError, match="Content Security Policy"):
        with watched_page(browser, live_server.url) as page:
            page.goto("/robots.txt")
            page.evaluate("fetch('https://example.org/').catch(() => null)")


def test_a_script_that_errors_out_fails_its_test(browser, live_server):
    with pytest.raises(AssertionError, match="no_such_function"):
        with watched_page(browser, live_server.url) as page:
            page.goto("/robots.txt")
            page.evaluate("setTimeout(() => no_such_function(), 0)")
            page.wait_for_timeout(200)


def test_axe_names_the_fault_and_the_element(page, axe):
    page.set_content("<html lang=fr><title>t</title><main><h1>t</h1><img src=data:,></main>")

    assert any(fault.startswith("image-alt") and fault.endswith("img") for fault in axe(page))


def test_without_javascript_no_script_runs(page_without_js):
    page_without_js.set_content("<p>none</p><script>document.body.textContent = 'ran'</script>")

    assert page_without_js.text_content("p") == "none"


def test_a_telephone_is_390_pixels_wide(phone_page):
    assert phone_page.viewport_size["width"] == 390
