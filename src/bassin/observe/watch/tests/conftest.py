"""A small register with a firm in trouble, its notices, and signals that tests make."""

from datetime import date
from email import message_from_bytes, policy
from itertools import count

import pytest
from aiosmtpd.controller import Controller

from bassin.observe.watch.models import Circle, Signal
from bassin.observe.watch.signals.signal import Evidence, Kind, Look, Reliability, Sight
from bassin.observe.watch.signals.signal import Signal as Told
from bassin.sources.sirene.shown import SHOWN
from bassin.types import Origin
from bassin.ui.charts import client
from bassin.ui.charts.client import ChartError
from tests.support.installing import install, put
from tests.support.mailbox import HOST, free_port

TODAY = date(2026, 11, 26)
SIREN, HIDDEN = "000001005", "000002003"
NAME = "EXEMPLE CHAUDRONNERIE SECRETE"
_NUMBERS = count(1)


def _establishment(siret: str, **facts):
    told = dict.fromkeys(SHOWN.columns)
    return told | {
        "siret": siret, "siren": siret[:9], "state": "A", "naf_code": "25.62B",
        "headcount_band": "22", "is_head_office": True, "is_hidden": False, "unit_name": NAME,
        "name": NAME, "commune_code": "94081", "has_position": False, "period": "2026-10-31",
        "cog": 2026, **facts,
    }  # fmt: skip


def _notice(number: int, siren: str, judged: date, kind: str = "receivership"):
    return {
        "notice_id": f"A2026{number:04d}1", "firm_number": 1, "siren": siren,
        "company_name": NAME, "published_on": judged, "judged_on": judged, "kind": kind,
        "nature": kind, "is_opening": True, "is_correction": False, "is_cancellation": False,
        "period": "2026",
    }  # fmt: skip


@pytest.fixture(scope="session")
def published(france, tmp_path_factory):
    """A firm of two establishments, one of them elsewhere, and a sole trader, both failing."""
    house = install(france, tmp_path_factory.mktemp("watch") / "var")
    put(
        house, Origin.INVENTED,
        establishments_shown=[
            _establishment(f"{SIREN}00013"),
            _establishment(f"{SIREN}00021", headcount_band="32", commune_code="75101",
                           is_head_office=False),
            _establishment(f"{HIDDEN}00019", is_hidden=True, name=None, unit_name=None,
                           headcount_band="02"),
        ],
        failures=[
            _notice(1, SIREN, date(2026, 9, 1)), _notice(2, HIDDEN, date(2026, 9, 15)),
            _notice(3, "000009005", date(2026, 10, 31)),
        ],
    )  # fmt: skip
    return house


@pytest.fixture
def register(published, settings, db):
    """That register in service."""
    settings.VAR = published.var
    return published


@pytest.fixture
def undrawn(monkeypatch):
    """Nobody draws: the tables of a page say it all, and the browser's test sees the pictures."""

    def refuse(_jobs):
        raise ChartError("nobody draws here")

    monkeypatch.setattr(client, "draw_all", refuse)


@pytest.fixture
def made(db):
    """Makes signals: `made(name=…, circle=bruno)`."""

    def make(circle=None, **more) -> Signal:
        number = next(_NUMBERS)
        facts = {"kind": "opening", "subject": "firm", "on": TODAY, "found_on": TODAY,
                 "reliability": "act", "name": NAME, "siren": SIREN, "communes": " 94081 ",
                 "naf_code": "25.62B", "in_opening": True}  # fmt: skip
        signal = Signal.objects.create(key=f"test:{number}", **{**facts, **more})
        if circle is not None:
            body = circle.memberships.get().organisation
            Circle.objects.create(signal=signal, organisation=body, since=TODAY)
        return signal

    return make


@pytest.fixture
def looked():
    """A look that gives the openings of some firms."""

    def make(*sirens: str, sight: Sight = Sight.SEEN) -> Look:
        told = tuple(
            Told(Kind.OPENING, "firm", each, f"notice-{each}", date(2026, 9, 1), "failures",
                 Reliability.ACT, (Evidence("notice", date(2026, 9, 1), {}),), siren=each)
            for each in sirens
        )  # fmt: skip
        return Look("openings", sight, told, date(2026, 7, 1), date(2026, 10, 31), "failures")

    return make


class _Post:
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.sent = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  aiosmtpd's name
        self.sent.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 Message accepted for delivery"


@pytest.fixture
def sent(settings):
    """The messages that left by SMTP, to a server of this machine."""
    post = _Post()
    controller = Controller(post, hostname=HOST, port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, controller.port
    settings.SITE = "https://economie.example.fr"
    yield post.sent
    controller.stop()
