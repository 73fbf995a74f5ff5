"""The addresses of the live part (`live/__init__.py` says what each takes and gives)."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.utils import translation
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bassin.debate.workshops import devices, joining, keys
from bassin.debate.workshops.joining import Entry, Join
from bassin.debate.workshops.live import asked, refusing, sentences
from bassin.debate.workshops.live.answering import Answering, Paper, Told
from bassin.debate.workshops.live.rooms import Room
from bassin.debate.workshops.live.streams import Stream
from bassin.debate.workshops.live.watcher import Watcher
from bassin.debate.workshops.live.writer import Busy, Full, Writer
from bassin.debate.workshops.voting import Verdict

MOST_STREAMS = 6_000
"""Streams of one process; past that, telephones ask every two seconds instead."""

_QUIET = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Vary": "Cookie"}
_OF_VERDICT = {
    Verdict.RECORDED: HTTPStatus.OK,
    Verdict.PAUSED: HTTPStatus.CONFLICT,
    Verdict.NOT_OPEN: HTTPStatus.CONFLICT,
    Verdict.NO_TICKET: HTTPStatus.FORBIDDEN,
    Verdict.UNREADABLE: HTTPStatus.UNPROCESSABLE_ENTITY,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered to a form or a script, in the words of whoever sent it."""

    status: HTTPStatus
    verdict: str
    why: sentences.Words
    receipt: str = ""
    round_id: int = 0
    cookie: str = ""

    def to(self, request: Request) -> Response:
        """JSON for a script; for a plain form the way back to the page, or why it cannot go."""
        with translation.override(asked.site_language(request)):
            why = str(self.why)
        headers = {"Cache-Control": "no-store"}
        if self.cookie:
            headers["Set-Cookie"] = self.cookie
        if asked.wants_json(request):
            facts = {
                "verdict": self.verdict, "message": why,
                "receipt": self.receipt, "round": self.round_id,
            }  # fmt: skip
            return JSONResponse(facts, self.status, headers)
        if self.status is HTTPStatus.OK:
            headers["Location"] = devices.page(request.path_params["code"])
            return Response(status_code=HTTPStatus.SEE_OTHER, headers=headers)
        return PlainTextResponse(f"{why}\n", self.status, headers)


class Refusal(Exception):
    """The request goes no further: what is answered instead, and what was sent, to be kept."""

    def __init__(
        self, status: HTTPStatus, verdict: str, why: sentences.Words, sent: asked.Sent | None = None
    ) -> None:
        super().__init__(verdict)
        self.reply = Reply(status, verdict, why)
        self.sent = sent


async def state(request: Request) -> Response:
    """What the room sees; 304 to whoever has it already."""
    room = await _room(request)
    shown = room.state(asked.language(request))
    if shown is None:
        raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "busy", sentences.BUSY)
    headers = {**_QUIET, "ETag": shown.etag}
    if shown.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(shown.body, headers=headers, media_type="application/json")


async def events(request: Request) -> Response:
    """The same, each time that it changes."""
    room = await _room(request)
    if sum(each.followers for each in _watcher(request).rooms.values()) >= MOST_STREAMS:
        raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "busy", sentences.BUSY)
    screen = devices.is_screen_key(request.query_params.get("key", ""), room.code)
    seen = f'"{request.headers.get("last-event-id", "")}"'
    stream = room.follow(asked.language(request), screen=screen, seen=seen)
    return Stream(stream)


async def vote(request: Request) -> Response:
    """An answer: told as recorded once it is on the disk."""
    code, sent = request.path_params["code"], await _sent(request)
    digest = keys.digest(devices.token(request.cookies, code))
    paper = Paper(code, digest, sent, asked.site_language(request))
    told: Told = await _written(request, paper, sent)
    outcome = told.outcome
    why = sentences.of_vote(outcome, answered=told.answered)
    status = _OF_VERDICT[outcome.verdict]
    reply = Reply(status, outcome.verdict, why, outcome.receipt, paper.round_id)
    return await _back(reply, request, sent)


async def join(request: Request) -> Response:
    """A ticket, for whoever comes in."""
    code, sent = request.path_params["code"], await _sent(request)
    fresh, printed = keys.new_token(), devices.readable_token(sent.text("token"))
    held = devices.token(request.cookies, code)
    door = Join(
        code, keys.digest(fresh), held=_digest(held), printed=_digest(printed),
        group=sent.text("group")[:60],
    )  # fmt: skip
    entry: Entry = await _written(request, door, sent)
    token = {Entry.FRESH: fresh, Entry.HELD: held, Entry.PRINTED: printed}.get(entry, "")
    cookie = devices.kept(code, token) if token else ""
    status = HTTPStatus.OK if entry.let_in else HTTPStatus.FORBIDDEN
    return await _back(
        Reply(status, entry, sentences.of_entry(entry), cookie=cookie), request, sent
    )


async def _back(reply: Reply, request: Request, sent: asked.Sent | None = None) -> Response:
    """The reply; for a plain form that was not taken, its page again with what was typed."""
    if asked.wants_json(request) or reply.status is HTTPStatus.OK:
        return reply.to(request)
    code, language = request.path_params["code"], asked.language(request)
    with translation.override(asked.site_language(request)):
        why = str(reply.why)
    token = devices.token(request.cookies, code)
    page = await asyncio.to_thread(refusing.page, code, language, token=token, why=why, sent=sent)
    return HTMLResponse(page, reply.status, refusing.HEADERS) if page else reply.to(request)


def _digest(token: str) -> str:
    return keys.digest(token) if token else ""


def _watcher(request: Request) -> Watcher:
    watcher: Watcher = request.app.state.watcher
    return watcher


async def _room(request: Request) -> Room:
    try:
        room = await _watcher(request).room(request.path_params["code"], asked.language(request))
    except TimeoutError as error:
        raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "busy", sentences.BUSY) from error
    if room is None:
        raise Refusal(HTTPStatus.NOT_FOUND, "unknown", sentences.NOTHING_THERE)
    return room


async def _sent(request: Request) -> asked.Sent:
    if asked.comes_from_elsewhere(request):
        raise Refusal(HTTPStatus.FORBIDDEN, "elsewhere", sentences.FROM_ELSEWHERE)
    try:
        return await asked.sent(request)
    except asked.Unreadable as error:
        long = error.status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        why = sentences.TOO_LONG if long else sentences.UNREADABLE
        raise Refusal(error.status, "unreadable", why) from error


async def _written(request: Request, thing: Paper | Join, sent: asked.Sent) -> Any:
    try:
        return await request.app.state.writer.write(thing)
    except Full as error:
        status = HTTPStatus.INSUFFICIENT_STORAGE
        raise Refusal(status, "full", sentences.FULL_DISK, sent) from error
    except Busy as error:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise Refusal(status, "busy", sentences.BUSY, sent) from error


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    if request.method == "POST" and refusal.reply.verdict != "elsewhere":
        return await _back(refusal.reply, request, refusal.sent)
    return refusal.reply.to(request)


class _Code(Convertor[str]):
    """The six digits of a workshop."""

    regex = "[0-9]{6}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("code", _Code())


def made() -> Starlette:
    """The application of one process, with its two threads, which start when they are needed."""
    made = Starlette(
        routes=[
            # They are tried in this order: first what comes by thousands within a second.
            Route("/live/workshops/{code:code}/vote", vote, methods=["POST"]),
            Route("/live/workshops/{code:code}/state", state, methods=["GET"]),
            Route("/live/workshops/{code:code}/events", events, methods=["GET"]),
            Route("/live/workshops/{code:code}/join", join, methods=["POST"]),
        ],
        exception_handlers={Refusal: _refused},
    )
    made.state.watcher = Watcher()
    made.state.writer = Writer({Paper: Answering().write, Join: joining.join})
    return made


application = made()


def ending() -> None:
    """Called on the event loop when the service stops: open streams end by themselves."""
    application.state.watcher.end()
