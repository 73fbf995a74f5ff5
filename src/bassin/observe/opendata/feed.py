"""What each release changed, as an Atom feed (RFC 4287)."""

from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.indicators.house import House
from bassin.indicators.numbers import number, signed
from bassin.observe.opendata.changes import history
from bassin.observe.opendata.datasets import Dataset, tables
from bassin.observe.opendata.files import page
from bassin.store.history import Change

ATOM = "http://www.w3.org/2005/Atom"
MOST_RELEASES = 50


def atom(opened: House, absolute: Callable[[str], str], language: str) -> bytes:
    """The feed: one entry for each release that changed a table, newest first."""
    name = opened.installation.name or "bassin"
    home = absolute(reverse("opendata:home"))
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _text(feed, "title", _("Open data: {name}").format(name=name))
    _text(feed, "id", f"{home}#releases")
    SubElement(feed, "link", rel="self", href=absolute(reverse("opendata:feed")),
               type="application/atom+xml")  # fmt: skip
    SubElement(feed, "link", rel="alternate", href=home, type="text/html")
    _text(SubElement(feed, "author"), "name", name)
    listed = _by_release(opened)
    newest = max((moment for moment, _changes in listed.values()), default=datetime.now(UTC))
    _text(feed, "updated", newest.isoformat())
    for release, (moment, changed) in list(listed.items())[:MOST_RELEASES]:
        _entry(feed, home, release, moment, changed, absolute, language)
    return tostring(feed, encoding="utf-8", xml_declaration=True)


Changed = list[tuple[Dataset, Change]]


def _by_release(opened: House) -> dict[str, tuple[datetime, Changed]]:
    known = tables(opened)
    found: dict[str, tuple[datetime, Changed]] = {}
    for key, changes in history(opened).items():
        for change in changes:
            if key in known:
                found.setdefault(change.release, (change.at, []))[1].append((known[key], change))
    return dict(sorted(found.items(), key=lambda item: item[1][0], reverse=True))


def _entry(
    feed: Element,
    home: str,
    release: str,
    moment: datetime,
    changed: Changed,
    absolute: Callable[[str], str],
    language: str,
) -> None:
    entry = SubElement(feed, "entry")
    count = len(changed)
    title = ngettext("{count} table published", "{count} tables published", count)
    _text(entry, "title", title.format(count=number(count, 0, language)))
    _text(entry, "id", f"{home}#release-{release}")
    _text(entry, "updated", moment.isoformat())
    SubElement(entry, "link", rel="alternate", href=home, type="text/html")
    for dataset, _change in changed:
        SubElement(entry, "link", rel="related", href=absolute(page(dataset)))
    lines = [f"<li>{_told(dataset, change, language)}</li>" for dataset, change in changed]
    _text(entry, "content", f"<ul>{''.join(lines)}</ul>", type="html")


def _told(dataset: Dataset, change: Change, language: str) -> str:
    """One change in a line: which table, its date, how many rows more or less."""
    from html import escape

    rows = number(change.version.rows, 0, language)
    told = _("{title} ({vintage}): {rows} rows").format(
        title=dataset.title.say(language), vintage=change.version.vintage or "—", rows=rows
    )
    if change.before is not None and change.rows:
        told += f" ({signed(change.rows, 0, language)})"
    return escape(told)


def _text(parent: Element, name: str, said: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = said
