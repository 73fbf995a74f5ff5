"""Whether the addresses of sheets answer: asked only when somebody says so, one by one.

A sheet is written by people of several organisations: an address that leads inside the authority's
own network is never asked.
"""

import http.client
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from bassin.match.aids.rules.aid import Aid

SECONDS = 10
_ALIVE = (401, 403, 405, 429)
"""The page is there, though not for a machine."""
_GET = (405, 501)
"""It answers whole pages alone."""
INSIDE = "an address inside the network is not asked"


def answers(address: str, *, inside: bool = False, seconds: float = SECONDS) -> str:
    """What is wrong with an address; "" when it answers, be it from another place.

    Args:
        inside: whether an address that leads inside the network may be asked.
    """
    found = _asked("HEAD", address, inside, seconds)
    return _asked("GET", address, inside, seconds) if found in _GET_SAID else found


_GET_SAID = tuple(f"HTTP {status}" for status in _GET)


def _asked(method: str, address: str, inside: bool, seconds: float) -> str:
    parts = urlsplit(address)
    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    connection = kinds[parts.scheme](parts.netloc.rpartition("@")[2], timeout=seconds)
    path = f"{parts.path or '/'}?{parts.query}".rstrip("?")
    try:
        connection.connect()
        # Who is met is judged, not what a name says: a name may lead anywhere.
        if not inside and not ip_address(connection.sock.getpeername()[0]).is_global:
            return INSIDE
        connection.request(method, path, headers={"User-Agent": "bassin"})
        status = connection.getresponse().status
    except (OSError, ValueError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__
    finally:
        connection.close()
    alive = status < 400 or (status in _ALIVE and (method == "GET" or status not in _GET))
    return "" if alive else f"HTTP {status}"


def addresses(aid: Aid) -> list[str]:
    """Those that a sheet gives: the holder's page, that of who answers."""
    return list(dict.fromkeys(each for each in (aid.url, aid.contact.url) if each))


def broken(
    aids: Iterable[Aid], ask: Callable[[str], str] = answers
) -> Iterator[tuple[str, str, str]]:
    """The sheets whose addresses do not answer: name, address, why. Each is asked once."""
    known: dict[str, str] = {}
    for each in aids:
        for address in addresses(each):
            if address not in known:
                known[address] = ask(address)
            if known[address]:
                yield each.slug, address, known[address]
