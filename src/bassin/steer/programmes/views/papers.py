"""Papers as answers: a file to download, that says EXEMPLE in its name when it is one."""

from django.conf import settings
from django.http import Http404, HttpResponse

from bassin.systems import call
from bassin.ui.papers import MEDIA, Paper, odt, pdf

_MAKERS = {"pdf": pdf, "odt": odt}


def house_name() -> str:
    """Whose paper it is: the name of the territory."""
    return str(call(settings.UI_HOUSE)().territory_name)


def private(response: HttpResponse) -> HttpResponse:
    """What depends on who asks is kept by nobody in between, and read by no other site."""
    response.headers.pop("Access-Control-Allow-Origin", None)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def answer(paper: Paper, extension: str, name: str) -> HttpResponse:
    """The paper in a format; it depends on who asks, and is kept by nobody in between.

    Raises:
        Http404: no such format.
    """
    maker = _MAKERS.get(extension)
    if maker is None:
        raise Http404
    response = HttpResponse(maker(paper), content_type=MEDIA[extension])
    prefix = "EXEMPLE-" if paper.sample else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{prefix}{name}.{extension}"'
    return private(response)
