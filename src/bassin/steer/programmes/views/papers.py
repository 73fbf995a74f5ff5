"""Papers as answers: a file to download, that says EXEMPLE in its name when it is one."""

from django.conf import settings
from django.http import Http404, HttpResponse

from bassin.systems import call
from bassin.ui.data import as_file, private
from bassin.ui.papers import MEDIA, Paper, odt, pdf

_MAKERS = {"pdf": pdf, "odt": odt}


def house_name() -> str:
    """Whose paper it is: the name of the territory."""
    return str(call(settings.UI_HOUSE)().territory_name)


def answer(paper: Paper, extension: str, name: str) -> HttpResponse:
    """The paper in a format; it depends on who asks, and is kept by nobody in between.

    Raises:
        Http404: no such format.
    """
    maker = _MAKERS.get(extension)
    if maker is None:
        raise Http404
    name = f"{name}.{extension}"
    return private(as_file(maker(paper), MEDIA[extension], name, sample=paper.sample))
