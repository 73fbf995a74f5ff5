"""A subscription as an Atom feed (RFC 4287), read at a secret address by a reader of feeds."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from xml.etree.ElementTree import Element, SubElement, tostring

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.observe.watch import following
from bassin.observe.watch.digest import plain
from bassin.observe.watch.models import Signal, Subscription

ATOM = "http://www.w3.org/2005/Atom"
BACK = timedelta(days=90)


def atom(one: Subscription, absolute: Callable[[str], str], today: date, language: str) -> bytes:
    """The signals of ninety days. Of a firm, only that there is a signal, and of which kind.

    Readers of feeds are often other people's machines: neither firm, commune, activity, jobs nor
    person is in it; the page asks to sign in.
    """
    home = absolute(reverse("watch:home"))
    found = following.kept(one, today - BACK)
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _text(feed, "title", _("Watch: {name}").format(name=one.name))
    _text(feed, "id", f"{home}#{one.pk}")
    SubElement(feed, "link", rel="alternate", href=home, type="text/html")
    _text(SubElement(feed, "author"), "name", _("Watch"))
    newest = max((each.found_on for each in found), default=today)
    _text(feed, "updated", _moment(newest))
    for each in found:
        _entry(feed, each, absolute, language)
    return tostring(feed, encoding="utf-8", xml_declaration=True)


def _entry(
    feed: Element, signal: Signal, absolute: Callable[[str], str], language: str
) -> None:  # fmt: skip
    entry = SubElement(feed, "entry")
    url = absolute(reverse("watch:signal", args=[signal.pk]))
    kind = str(signal.get_kind_display()).capitalize()
    _text(entry, "title", kind if signal.is_firm else plain(signal, language))
    _text(entry, "id", url)
    _text(entry, "updated", _moment(signal.found_on))
    SubElement(entry, "link", rel="alternate", href=url, type="text/html")
    if signal.is_firm:
        _text(entry, "summary", _("Sign in to read it."))


def _moment(day: date) -> str:
    return datetime.combine(day, time(3), tzinfo=UTC).isoformat()


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = words
