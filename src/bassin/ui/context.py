"""Context processor of the page shell: one variable, `house`, read lazily by `ui/base.html`."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import (
    get_language,
    get_language_bidi,
    get_language_info,
    gettext,
    override,
)
from django.utils.translation import gettext_lazy as _

from bassin import systems
from bassin.ui import reading, tongues
from bassin.ui.house import FOOTER, Counter, HouseFacts

ROOM_NAMES = {
    "observe": _("Observe"),
    "match": _("Support and connect"),
    "steer": _("Steer"),
    "debate": _("Debate"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the shell; `lang` is the language of its words, `current` marks where we are."""

    label: str
    url: str
    lang: str = ""
    dir: str = ""
    current: bool = False


def _url(name: str) -> str:
    """Address of a URL name, empty when this installation has no such page."""
    if not name:
        return ""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def released(version: str) -> str:
    """« 20 novembre 2026, 14:00:17 » for a release named by its moment; any other name as it is."""
    try:
        moment = datetime.fromisoformat(version)
    except ValueError:
        return version
    return date_format(localtime(moment) if moment.tzinfo else moment, "j F Y, H:i:s")


class House:
    """`HouseFacts` with the addresses of this request; nothing is computed before it is shown."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def facts(self) -> HouseFacts:
        path = getattr(settings, "UI_HOUSE", "bassin.ui.house.default_facts")
        facts: HouseFacts = systems.call(path)()
        return facts

    @property
    def territory_name(self) -> str:
        return self.facts.territory_name

    @property
    def is_sample(self) -> bool:
        return self.facts.is_sample

    @property
    def counter(self) -> Counter:
        return self.facts.counter

    @property
    def version(self) -> str:
        """The version of the published figures, as a date people read where it is one."""
        return released(self.facts.version)

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def direction(self) -> str:
        return "rtl" if get_language_bidi() else "ltr"

    @cached_property
    def home_url(self) -> str:
        return _url(self.facts.links.get("home", "")) or "/"

    @cached_property
    def search_url(self) -> str:
        return _url(self.facts.links.get("search", ""))

    @property
    def person(self) -> str:
        """What to call whoever signed in; "" for a visitor."""
        user = getattr(self.request, "user", None)
        return str(user) if user is not None and user.is_authenticated else ""

    @cached_property
    def account_url(self) -> str:
        return _url(self.facts.links.get("account", ""))

    @cached_property
    def sign_out_url(self) -> str:
        return _url(self.facts.links.get("sign_out", ""))

    @cached_property
    def sign_in_url(self) -> str:
        """Where to sign in, and come back to this page; a page of the account comes back to it."""
        way = _url(self.facts.links.get("sign_in", ""))
        if not way or self.request.method != "GET" or self.request.path.startswith(way):
            return way
        return f"{way}?{urlencode({'next': self.request.get_full_path()})}"

    @property
    def canonical_url(self) -> str:
        """The address to print and to cite; without its host when that is not one of ours."""
        try:
            return self.request.build_absolute_uri()
        except DisallowedHost:
            return self.request.path

    @cached_property
    def footer(self) -> list[Link]:
        """Links of the foot whose page exists."""
        links = self.facts.links
        found = ((words, _url(links.get(key, ""))) for key, words in FOOTER)
        return [Link(str(words), url) for words, url in found if url]

    @cached_property
    def rooms(self) -> list[Link]:
        """One link per room that has a system with a page, to the first of them."""
        links = []
        for room in systems.ROOMS:
            homes = (_url(each.home) for each in systems.systems() if each.room == room)
            url = next((home for home in homes if home), "")
            if url:
                links.append(Link(str(ROOM_NAMES[room]), url, current=self._in(room)))
        return links

    @cached_property
    def neighbours(self) -> list[Link]:
        """The systems of the room we are in; none when it has only one."""
        room = next((room for room in systems.ROOMS if self._in(room)), "")
        here = [each for each in systems.systems() if each.room == room]
        links = [
            Link(each.title.say(self.language), _url(each.home), current=self._is(each.slug))
            for each in here
            if _url(each.home)
        ]
        return links if len(links) > 1 else []

    def _is(self, app: str) -> bool:
        match = self.request.resolver_match
        return bool(match and app in match.app_names)

    def _in(self, room: str) -> bool:
        return any(self._is(each.slug) for each in systems.systems() if each.room == room)

    @cached_property
    def languages(self) -> list[Link]:
        """The same page in each language of the installation, named in its own script."""
        further = tongues.of(self.request.resolver_match)
        return [self._in_language(code) for code in (*dict(settings.LANGUAGES), *further)]

    @cached_property
    def translated(self) -> tongues.Tongue | None:
        """The further language that this page speaks; None in French and English."""
        return tongues.of(self.request.resolver_match).get(self.language)

    @cached_property
    def untranslated(self) -> tuple[tongues.Tongue, str] | None:
        """The further language that was wished for and that this page lacks, and how it says so."""
        wished = tongues.wished(self.request)
        if not wished or wished == self.language:
            return None
        with override(wished):
            said = gettext("This page does not exist in your language yet. It is in French.")
        return tongues.Tongue.of(wished), said

    @property
    def reading(self) -> reading.Reading:
        """Easy words, a kiosk: how the page is read."""
        return reading.of(self.request)

    @cached_property
    def is_plain(self) -> bool:
        """Whether the page has easy reading, aloud too: those that everybody reads."""
        match = self.request.resolver_match
        found = next((s for s in systems.systems() if match and self._is(s.slug)), None)
        public = match is not None and not getattr(match.func, "login_required", True)
        return bool(found and found.multilingual and public)

    @property
    def easy_url(self) -> str:
        """The same page, easy to read, or as it was."""
        query = self.request.GET.copy()
        query[reading.EASY] = "0" if self.reading.easy else "1"
        return f"{self.request.path}?{query.urlencode()}"

    def _in_language(self, code: str) -> Link:
        query = self.request.GET.copy()
        query["lang"] = code
        info = get_language_info(code)
        return Link(
            label=info["name_local"].capitalize(),
            url=f"{self.request.path}?{query.urlencode()}",
            lang=code,
            dir="rtl" if info["bidi"] else "ltr",
            current=code == self.language,
        )


def house(request: HttpRequest) -> dict[str, House]:
    """Give every template `house`: territory, sample flag, counter, links, language, version."""
    return {"house": House(request)}
