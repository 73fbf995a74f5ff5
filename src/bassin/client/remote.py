"""The data of another installation, read page by page through the API that it gives."""

import http.client
import json
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from bassin.client import columns
from bassin.client.answer import Answer
from bassin.client.columns import Day
from bassin.client.data import Data, Place
from bassin.errors import Refused, SourceError
from bassin.territory.territory import several
from bassin.types import Text

API = "/api/v1/"
PAGE = 1000
"""Rows asked for at a time."""
TOGETHER = 20
"""Indicators asked for at a time."""
LONGEST_WAIT = 90.0
TRIES = 3
_TOO_MANY = 429


class Remote(Data):
    """An installation by its address. Nothing is asked of it before something is asked here.

    Args:
        wait: how to wait when it answers that too much is asked of it, in seconds.
    """

    def __init__(
        self, address: str, *, language: str = "fr", timeout: float = 30.0,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Refused(
                f"“{address}” is not an address of the web. Give one such as "
                "https://donnees.example.fr."
            )
        self.address = f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")
        self.language = language
        self.timeout = timeout
        self._wait = wait

    def __repr__(self) -> str:
        return f"bassin.connect({self.address!r})"

    def place(self, key: str = "", at: Day = None) -> Place:
        on = _written(at)
        if not key:
            first = self._get("observations", {"limit": 1, "fields": "place", **on})
            key = first["items"][0]["place"]
        if ":" not in key:
            key = self._keyed(key, on)
        found = self._get(f"places/{quote(key)}", on)
        return Place(
            found["key"], found["scale"], found["code"], found["name"], found["population"],
            found["population_period"] or "", self, at,
        )  # fmt: skip

    def _keyed(self, code: str, on: dict[str, str]) -> str:
        """The key of the only place that has a code."""
        named = self._rows("places", {"q": code, **on})
        found = [(row["key"], row["name"]) for row in named if row["code"] == code]
        if not found:
            raise Refused(f"No place of {self.address} has the code {code}.")
        if len(found) > 1:
            raise several(code, found)
        return str(found[0][0])

    def places(self, scale: str = "", *, within: str = "", at: Day = None) -> Answer:
        wanted = {"scale": scale, "within": within, "sort": "key", **_written(at)}
        return self._table("places", wanted, columns.PLACES)

    def catalogue(self) -> Answer:
        return self._table("indicators", {}, columns.INDICATORS)

    def observe(
        self, place: str, indicators: Sequence[str], at: Day, period: str, each: str
    ) -> Answer:
        where = {"within": place, "scale": each} if each else {"place": place}
        asked = {**where, "period": period, "sort": "period", **_written(at)}
        rows: list[dict[str, Any]] = []
        for first in range(0, max(len(indicators), 1), TOGETHER):
            names = ",".join(indicators[first : first + TOGETHER])
            fields = ",".join(columns.FIGURES.names)
            rows += self._rows("observations", {"indicator": names, "fields": fields, **asked})
        return Answer(columns.table(rows, columns.FIGURES))

    def establishments(
        self, *, within: str = "", naf: str | Sequence[str] = "",
        headcount: str | Sequence[str] = "", state: str = "A", limit: int = 0,
    ) -> Answer:  # fmt: skip
        if within and ":" not in within:
            within = self._keyed(within, {})
        wanted = {
            "within": within, "naf": ",".join(columns.words(naf)),
            "headcount": ",".join(columns.words(headcount)), "state": state, "sort": "siret",
        }  # fmt: skip
        return self._table("establishments", wanted, columns.ESTABLISHMENTS, limit)

    def _table(self, path: str, asked: dict[str, Any], schema: Any, limit: int = 0) -> Answer:
        fields = ",".join(schema.names)
        rows = []
        for row in self._rows(path, {"fields": fields, **asked}, limit):
            rows.append(row)
            if len(rows) == limit:
                break
        return Answer(columns.table(rows, schema))

    def _rows(self, path: str, asked: dict[str, Any], limit: int = 0) -> Iterator[dict[str, Any]]:
        """Every row of a list, page after page, on this address and on no other."""
        wanted = {**asked, "limit": min(limit or PAGE, PAGE)}
        while True:
            page = self._get(path, wanted)
            yield from page["items"]
            following = page.get("next")
            if not following:
                return
            wanted = dict(parse_qsl(urlsplit(following).query))

    def _get(self, path: str, asked: dict[str, Any]) -> Any:
        """One answer.

        Raises:
            Refused: what it answers that is wrong in what was asked.
            SourceError: it does not answer, or not as an installation of bassin does.
        """
        given = {name: value for name, value in asked.items() if value}
        url = f"{self.address}{API}{path}?{urlencode({**given, 'language': self.language})}"
        for left in reversed(range(TRIES)):
            try:
                return self._ask(url)
            except HTTPError as error:
                with error:
                    seconds = _seconds(error)
                    if not left or seconds is None:
                        raise self._refusal(error) from error
                self._wait(seconds)
        raise AssertionError("the last try answers or refuses")

    def _ask(self, url: str) -> Any:
        request = Request(url, headers={"Accept": "application/json"})  # noqa: S310  http(s) only: see __init__
        try:
            with urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                found = json.load(answer)
        except HTTPError:
            raise
        except ValueError as error:
            raise self._other() from error
        except (URLError, OSError, http.client.HTTPException) as error:
            why = getattr(error, "reason", "") or error
            raise SourceError(
                Text(
                    f"{self.address} ne répond pas ({why}). Vérifiez l'adresse, et le réseau.",
                    f"{self.address} does not answer ({why}). Check the address, and the network.",
                )
            ) from error
        if not isinstance(found, dict):
            raise self._other()
        return found

    def _other(self) -> SourceError:
        """What answers is no installation of bassin."""
        return SourceError(
            Text(
                f"{self.address} ne répond pas à {API} comme une installation de bassin. Vérifiez "
                "l'adresse.",
                f"{self.address} does not answer as an installation of bassin does at {API}. Check "
                "the address.",
            )
        )

    def _refusal(self, error: HTTPError) -> Refused | SourceError:
        """Problem details (RFC 9457) in plain words."""
        try:
            problem = json.load(error)
            said = f"{problem['title']}: {problem['detail']}"
        except (ValueError, KeyError, TypeError):
            return SourceError(
                Text(
                    f"{self.address} répond {error.code} sans dire pourquoi. Est-ce une "
                    f"installation de bassin, avec son API à {API} ?",
                    f"{self.address} answers {error.code} and does not say why. Is it an "
                    f"installation of bassin, with its API at {API}?",
                )
            )
        parameter = f" ({problem['parameter']})" if problem.get("parameter") else ""
        if error.code in (_TOO_MANY, 404, 400):
            return Refused(f"{said}{parameter}")
        words = f"{self.address}: {said}{parameter}"
        return SourceError(Text(words, words))  # said by the other installation, in its language


def _seconds(error: HTTPError) -> float | None:
    """How long to wait before asking again; None when it is no use."""
    given = error.headers.get("Retry-After", "")
    if error.code != _TOO_MANY or not given.isdecimal() or float(given) > LONGEST_WAIT:
        return None
    return float(given)


def _written(at: Day) -> dict[str, str]:
    on = columns.day(at)
    return {"at": on.isoformat()} if on else {}
