"""Every page is private unless it is written here, or in a system's `tests/public_pages.txt`."""

from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

ROOT = Path(settings.CHECKOUT)


def walk(resolver: URLResolver, prefix: str = ""):
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{prefix}{each.name or each.pattern}", each.callback
        else:
            space = f"{each.namespace}:" if each.namespace else ""
            yield from walk(each, f"{prefix}{space}")


def addresses() -> dict:
    """Each page by its name, and what answers there."""
    return dict(walk(get_resolver()))


def public_pages() -> dict[str, Path]:
    """The names written in the files of public pages."""
    files = [ROOT / "tests" / "parties" / "public_pages.txt"]
    files += sorted((ROOT / "src" / "bassin").rglob("tests/public_pages.txt"))
    return {
        line.strip(): path
        for path in files
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    }


def test_every_page_open_to_visitors_is_declared_and_no_other_is():
    found = {
        name for name, view in addresses().items() if not getattr(view, "login_required", True)
    }

    assert found == set(public_pages()), "write a new public page in public_pages.txt, on purpose"


def test_private_pages_send_a_visitor_to_sign_in(client, db):
    asked = {}
    for name in addresses().keys() - public_pages().keys():
        with suppress(NoReverseMatch):
            asked[name] = client.get(reverse(name))

    elsewhere = {
        name: answer.status_code
        for name, answer in asked.items()
        if answer.status_code != 302 or not answer.url.startswith("/compte/connexion/?next=")
    }
    assert {"parties:account", "usersessions_list", "mfa_index"} <= asked.keys()
    assert elsewhere == {}
