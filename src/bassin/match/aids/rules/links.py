"""Whether the addresses of sheets answer: asked only by the command that says so."""

import http.client
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from bassin.match.aids.rules.aid import Aid

_SECONDS = 10
_ALIVE = (401, 403, 405, 429)
"""The page is there, though not for a machine."""


def answers(address: str) -> str:
    """What is wrong with an address; "" when it answers, be it from another place."""
    parts = urlsplit(address)
    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    connection = kinds[parts.scheme](parts.netloc, timeout=_SECONDS)
    path = f"{parts.path or '/'}?{parts.query}".rstrip("?")
    try:
        connection.request("HEAD", path, headers={"User-Agent": "bassin"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__
    finally:
        connection.close()
    return "" if status < 400 or status in _ALIVE else f"HTTP {status}"


def broken(
    aids: Iterable[Aid], ask: Callable[[str], str] = answers
) -> Iterator[tuple[str, str, str]]:
    """The sheets whose address does not answer: name, address, why. Each address is asked once."""
    known: dict[str, str] = {}
    for each in aids:
        if not each.url:
            continue
        if each.url not in known:
            known[each.url] = ask(each.url)
        if known[each.url]:
            yield each.slug, each.url, known[each.url]
