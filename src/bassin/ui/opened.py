"""The floors below the rooms, opened once per web process and followed from release to release."""

import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bassin.indicators.house import House

_LOCK = threading.Lock()
_OPENED: dict[str, House] = {}


def house() -> House:
    """This process's house, opened at its first use."""
    var = str(settings.VAR)
    if var not in _OPENED:
        with _LOCK:
            if var not in _OPENED:
                _OPENED[var] = House.open(Path(var))
    return _OPENED[var]


def communes() -> dict[str, str]:
    """The names of the territory's communes by their codes."""
    opened = house()
    return {place.code: place.name for place in opened.territory.communes(opened.home)}


class FreshRelease:
    """Follow the release in service before each request, so a page never mixes two releases."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _OPENED:
            house().refresh()
        return self.get_response(request)
