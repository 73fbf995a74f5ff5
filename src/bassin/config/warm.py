"""Make the first visitor of a process wait no longer than the second.

A thread opens the house, reads the figures of the home territory and makes its two main pages
while the process already answers; it does so again after each publication.
"""

import io
import logging
import os
import sys
import threading
import time
from typing import Any

from django.conf import settings
from django.urls import reverse

from bassin.config import memory, parts
from bassin.config.bridge import WSGIApplication
from bassin.config.door import settle
from bassin.config.making import make_files
from bassin.errors import Refused, SourceError
from bassin.ui.kept import tighten
from bassin.ui.opened import house

logger = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at the release in service."""


def start(pages: WSGIApplication) -> None:
    """Begin to warm this process, without holding it back."""
    threading.Thread(target=_follow, args=(pages,), name="warm", daemon=True).start()


def _follow(pages: WSGIApplication) -> None:
    done = ""
    while True:
        try:
            current = house().store.current
            if current != done:
                done = current
                make_files(house())
                once(pages)
        except (Refused, SourceError) as error:
            # Pages say the same to whoever asks: the process goes on answering.
            logger.warning("This process could not be warmed: %s", error)
        else:
            house().reader.give_back()
        memory.give_back()
        time.sleep(LOOK_EVERY)


def once(pages: WSGIApplication) -> list[str]:
    """Ask for the main pages as a visitor would; give their addresses."""
    asked = [reverse("observatory:home"), *_profile()]
    for path in asked:
        _ask(pages, path)
    tighten()
    settle()
    return asked


def _profile() -> list[str]:
    """The address of the home territory's profile; none before `bassin init`."""
    opened = house()
    opened.refresh()
    if not (opened.installation.territory and opened.reader.name):
        return []
    place = opened.home
    # Communes are compared with all those of France, which are measured once.
    for commune in opened.territory.communes(place)[:1]:
        opened.territory.similar(commune)
    return [reverse("observatory:place", kwargs={"scale": place.scale, "code": place.code})]


def _ask(pages: WSGIApplication, path: str) -> None:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": _host(),
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "https" if settings.HTTPS else "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    answer = pages(environ, lambda status, headers, exc_info=None: None)
    try:
        for _part in answer:
            pass
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()


def _host() -> str:
    """The name and port that visitors type: a page kept for one says nothing to another."""
    names = (name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*")
    name = next(names, "localhost")
    port = os.environ.get(parts.SERVED_PORT, "")
    return f"{name}:{port}" if port and name in ("127.0.0.1", "localhost") else name
