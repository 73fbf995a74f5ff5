"""What the page shell knows of the installation: whose house it is, who answers, which links.

The assembly floor gives these facts through the setting UI_HOUSE, the dotted path of a
function `() -> HouseFacts`; without it the defaults below let every page render.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

import bassin

FOOTER = (
    ("agenda", _("Agenda")),
    ("operations", _("Operations")),
    ("sources", _("Sources and their health")),
    ("method", _("Method and secrecy")),
    ("rankings", _("How rankings are made")),
    ("trips", _("Journey times")),
    ("coverage", _("What is covered")),
    ("whose", _("Who does it serve?")),
    ("accessibility", _("Accessibility")),
    ("legal", _("Legal notice")),
    ("privacy", _("Privacy")),
    ("contact", _("Contact")),
)
"""Links at the foot of every page, in order: key in `HouseFacts.links`, and words."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Who can help, where, when, by telephone: one line at the foot of every page."""

    service: str
    telephone: str
    hours: str
    address: str = ""
    email: str = ""

    @property
    def dial(self) -> str:
        """The telephone number as a `tel:` link needs it."""
        return "".join(sign for sign in self.telephone if sign.isdigit() or sign == "+")


def nobody_yet() -> Counter:
    """The counter of an installation whose settings name no service."""
    return Counter(
        service=gettext("Economic development service"),
        telephone="",
        hours=gettext("Telephone and hours: to be filled in the settings"),
    )


@dataclass(frozen=True, slots=True)
class HouseFacts:
    """The installation as every page shows it.

    `links` maps "home", "search" and the keys of `FOOTER` to URL names; a link whose page
    does not exist is left out. `version` is the version of the published figures.
    """

    territory_name: str = "bassin"
    is_sample: bool = False
    counter: Counter = field(default_factory=nobody_yet)
    links: dict[str, str] = field(default_factory=dict)
    version: str = bassin.__version__


def default_facts() -> HouseFacts:
    """Facts for an installation that has wired none."""
    return HouseFacts(
        links={"home": "home", "search": "search", **{key: key for key, _w in FOOTER}}
    )
