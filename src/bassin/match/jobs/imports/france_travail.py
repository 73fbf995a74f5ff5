"""The API “Offres d'emploi v2” of France Travail, written from its published description.

Not yet tried against the live service: it is tested against a server of our own that answers in
the shapes of its documentation. A reading is whole or it is nothing: a failure changes no offer.
"""

import http.client
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.jobs.imports.conversion import convert
from bassin.match.jobs.imports.records import Problem, Reading

SCOPE = "api_offresdemploiv2 o2dsoffre"
PAGE = 150
LAST_START = 1000
"""The API gives no range that begins after it: 1,150 offers of one question at most."""

TRIES = 3
LONGEST_WAIT = 60
TIMEOUT = 30
_LOST = (URLError, TimeoutError, ConnectionError, http.client.HTTPException)


@dataclass(slots=True)
class Service:
    """The service, with our name and secret there. `wait` sleeps; tests give another."""

    client: str
    secret: str
    token_url: str
    api_url: str
    wait: Callable[[float], None] = time.sleep
    _token: str = field(default="", repr=False)

    def read(
        self, communes: Sequence[str], more: Mapping[str, str], departements: Sequence[str] = ()
    ) -> Reading:
        """All the offers of these communes, or of these départements.

        Raises:
            Refused: a page could not be had; the sentence says why and what to do.
        """
        reading = Reading()
        seen: set[str] = set()
        places = [{"commune": code, "distance": "0"} for code in communes]
        places += [{"departement": code} for code in departements]
        for place in places:
            for raw in self._place(place, more, reading):
                record = convert(raw)
                if isinstance(record, Problem):
                    reading.problems.append(record)
                elif record.external_id not in seen:
                    seen.add(record.external_id)
                    reading.records.append(record)
        return reading

    def _place(
        self, place: Mapping[str, str], more: Mapping[str, str], reading: Reading
    ) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        start = 0
        while True:
            asked = {**more, **place, "range": f"{start}-{start + PAGE - 1}"}
            answer, total = self._ask(f"{self.api_url}/offres/search?{urlencode(asked)}")
            found += answer
            if not answer or start + PAGE >= total:
                return found
            if start >= LAST_START:
                reading.complete = False
                column, code = next(iter(place.items()))
                words = _("{total} offers in {commune}, of which the service gives 1,150.")
                reading.problems.append(Problem(0, column, words.format(total=total, commune=code)))
                return found
            start = min(start + PAGE, LAST_START)

    def _ask(self, url: str) -> tuple[list[dict[str, Any]], int]:
        """A page of offers and how many there are in all."""
        for _time in range(2):
            self._token = self._token or self._sign_in()
            headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
            try:
                body, answered = self._bring(Request(url, headers=headers))  # noqa: S310  https
            except HTTPError as error:
                if error.code != 401:
                    raise
                self._token = ""  # it lives about 25 minutes
                continue
            offers = body.get("resultats", []) if isinstance(body, dict) else []
            return [each for each in offers if isinstance(each, dict)], _total(answered, offers)
        raise Refused(_rejected())

    def _sign_in(self) -> str:
        if not self.client or not self.secret:
            raise Refused(
                _("The service has no account at France Travail: see BASSIN_FRANCE_TRAVAIL_CLIENT "
                  "in the settings.")
            )  # fmt: skip
        said = urlencode(
            {"grant_type": "client_credentials", "client_id": self.client,
             "client_secret": self.secret, "scope": SCOPE}
        )  # fmt: skip
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        request = Request(self.token_url, data=said.encode(), headers=headers)  # noqa: S310  https
        try:
            body, _answered = self._bring(request)
        except HTTPError as error:
            if error.code in (400, 401, 403):
                raise Refused(_rejected()) from error
            raise
        token = body.get("access_token", "") if isinstance(body, dict) else ""
        if not token:
            raise Refused(_("France Travail answered without a token. Try again later."))
        return str(token)

    def _bring(self, request: Request) -> tuple[Any, str]:
        """The answer to a request and its Content-Range, tried again while it may still come.

        Raises:
            HTTPError: 400, 401 or 403, which its caller understands.
            Refused: the service does not answer, or not what it should.
        """
        why = ""
        for attempt in range(TRIES):
            try:
                with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310  https, our setting
                    content = answer.read()
                    told = answer.headers.get("Content-Range", "")
                return (json.loads(content) if content else {}), told
            except HTTPError as error:
                error.close()
                if error.code in (400, 401, 403):
                    raise
                why = _("it answered {code}").format(code=error.code)
                pause = _pause(error, attempt)
            except (*_LOST, ValueError):
                why = _("the connection was lost, or the answer was cut")
                pause = float(2**attempt)
            if attempt + 1 < TRIES:
                self.wait(pause)
        raise Refused(
            _("France Travail could not be read: {why}. No offer was changed; the next reading "
              "begins again.").format(why=why)
        )  # fmt: skip


def _pause(error: HTTPError, attempt: int) -> float:
    """As long as the service asks for (429, Retry-After), a minute at most."""
    asked = error.headers.get("Retry-After", "") if error.headers else ""
    return float(min(int(asked), LONGEST_WAIT)) if asked.isdigit() else float(2**attempt)


def _total(told: str, offers: Sequence[Any]) -> int:
    """How many offers there are, from “offres 0-149/353”."""
    found = re.search(r"/(\d+)\s*$", told)
    return int(found[1]) if found else len(offers)


def _rejected() -> str:
    return _("France Travail does not accept our account. Check its name, its secret, and that "
             "the API “Offres d'emploi v2” is among its subscriptions.")  # fmt: skip
