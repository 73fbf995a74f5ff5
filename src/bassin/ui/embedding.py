"""Showing a page's figure, chart or map on another site: addresses, and the line of HTML to copy.

Addresses that begin with `/embed/` may be framed by anyone. They know no visitor: no cookie is
read nor set, no script runs, the language is that of the address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from bassin.ui.reader import language

PREFIX = "/embed/"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    )
)
"""What a page shown on another site may do: read its style and pictures, be framed by anyone."""

Absolute = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of HTML to copy; `ref` tells it from the others of a page."""

    ref: str
    label: str
    html: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that may be shown elsewhere: what it is, how it is framed, how it is pictured.

    Args:
        ref: tells it from the others of a page.
        frame, picture: addresses here, beginning with `/embed/`; "" where there is none.
        page: address of the page that says more.
        height, width: of the frame and of the picture, in pixels.
    """

    ref: str
    title: str
    frame: str
    page: str
    picture: str = ""
    height: int = 420
    width: int = 640

    def lines(self, absolute: Absolute) -> tuple[Line, ...]:
        """The lines of HTML to copy; `absolute` makes whole addresses."""
        title = escape(self.title)
        framed = (
            f'<iframe src="{escape(absolute(spoken(self.frame)))}" title="{title}" width="100%" '
            f'height="{self.height}" loading="lazy" style="border:0"></iframe>'
        )
        found = (Line(f"{self.ref}-frame", _("A frame: it follows each release"), framed),)
        if not self.picture:
            return found
        pictured = (
            f'<a href="{escape(absolute(spoken(self.page)))}">'
            f'<img src="{escape(absolute(spoken(self.picture)))}" alt="{title}" '
            f'width="{self.width}" style="max-width:100%"></a>'
        )
        return (*found, Line(f"{self.ref}-picture", _("A picture (SVG)"), pictured))


def spoken(address: str) -> str:
    """The same address in the language of the page that is being read."""
    words = language()
    if words == "fr":
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={words}"
