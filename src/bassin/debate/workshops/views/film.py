"""The film of a step and its captions. A player asks for parts of a film: each is sent alone."""

import mimetypes
import re
from collections.abc import Iterator
from http import HTTPStatus

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from bassin.debate.workshops import permissions
from bassin.debate.workshops.models import Step
from bassin.debate.workshops.views.participant import found

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_CHUNK = 64 * 1024


@require_safe
def film(request: HttpRequest, code: str, pk: int) -> HttpResponse | StreamingHttpResponse:
    """The film, or the part of it that was asked."""
    kept = _there(_step(request, code, pk).film)
    kind = mimetypes.guess_type(str(kept.name))[0] or "application/octet-stream"
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    size = kept.size
    if asked is None or not any(asked.groups()):
        whole = FileResponse(kept.open("rb"), content_type=kind)
        whole.headers["Accept-Ranges"] = "bytes"
        return whole
    first, last = _bounds(*asked.groups(), size=size)
    if first > last:
        refused = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    part = StreamingHttpResponse(
        _part(kept.open("rb"), first, last), content_type=kind, status=HTTPStatus.PARTIAL_CONTENT
    )
    part.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    part.headers["Content-Length"] = str(last - first + 1)
    return part


@require_safe
def captions(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """The captions, as WebVTT."""
    kept = _there(_step(request, code, pk).captions)
    return FileResponse(kept.open("rb"), content_type="text/vtt; charset=utf-8")


def _there(kept: FieldFile) -> FieldFile:
    """A file that is still where it was put."""
    if not kept or not kept.storage.exists(str(kept.name)):
        raise Http404
    return kept


def _step(request: HttpRequest, code: str, pk: int) -> Step:
    workshop = found(code)
    if workshop is None:
        raise Http404
    step = workshop.steps.filter(pk=pk).first()
    if step is None:
        raise Http404
    seen = (permissions.can_join, permissions.can_run, permissions.can_see_results)
    if not any(may(request.user, workshop) for may in seen):
        raise Http404
    return step


def _bounds(first: str, last: str, *, size: int) -> tuple[int, int]:
    """The first and last byte asked; the last ones when only their number is said."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)


def _part(opened: File[bytes], first: int, last: int) -> Iterator[bytes]:
    with opened:
        opened.seek(first)
        left = last - first + 1
        while left > 0:
            chunk = opened.read(min(_CHUNK, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk
