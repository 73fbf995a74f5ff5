"""Tickets on paper: one slip each, with its number, its square and its address."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from bassin.debate.workshops import asking
from bassin.debate.workshops.actions_tickets import Issued
from bassin.debate.workshops.models import Workshop
from bassin.types import Origin
from bassin.ui import qr
from bassin.ui.charts.words import word
from bassin.ui.papers.slips import Slip, Slips


def sheet(
    workshop: Workshop, made: Sequence[tuple[Issued, str]], *, author: str, language: str
) -> Slips:
    """The slips of tickets, each with the address that it opens."""
    invented = workshop.rehearsal or workshop.origin == Origin.INVENTED
    code = f"{workshop.code[:3]} {workshop.code[3:]}"
    title = asking.said(workshop.title, language)
    return Slips(
        title=_("{title} · code {code}").format(title=title, code=code),
        author=author,
        language=language,
        hint=_("Scan, or type the address. No name is asked."),
        slips=[_slip(each, address) for each, address in made],
        sample=word("sample", language) if invented else "",
    )


def _slip(each: Issued, address: str) -> Slip:
    name = _("Ticket {number}").format(number=each.number)
    alt = _("Square to scan, which opens {address}").format(address=address)
    return Slip(f"{name} · {each.group}" if each.group else name, address,
                qr.svg(address, alt), alt)  # fmt: skip
