"""A figure, a chart or a map on another site: as a page to frame, and as a picture."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Figure
from bassin.indicators.sentences import sentence
from bassin.observe.observatory import charts, pictured
from bassin.observe.observatory import framing as table
from bassin.observe.observatory import profile as profiles
from bassin.observe.observatory.views import charts as drawn
from bassin.observe.observatory.views import compare
from bassin.observe.observatory.views.common import (
    asked_date,
    found,
    house,
    language,
    place_url,
    today,
)
from bassin.territory import Place
from bassin.types import Scale
from bassin.ui.embedding import Shown, spoken

FORMATS = ("svg", "png")


@require_safe
def figure(request: HttpRequest, name: str, scale: Scale, code: str) -> HttpResponse:
    """A figure of a place, with its sentence."""
    _declared, place, made = _asked(request, name, scale, code)
    return _framed(
        request, _title(made, place), _page(name, place),
        figure=made, place=place, answer=sentence(made, language()),
    )  # fmt: skip


@require_safe
def card(request: HttpRequest, name: str, scale: Scale, code: str) -> HttpResponse:
    """The same as a picture: number, unit, place, date, source, mark."""
    _declared, place, made = _asked(request, name, scale, code)
    response = HttpResponse(pictured.card(made, place, language()), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def chart(request: HttpRequest, name: str, scale: Scale, code: str, kind: str) -> HttpResponse:
    """A chart or a map of a figure."""
    declared, place, made = _asked(request, name, scale, code)
    try:
        shown = charts.chart(house(), declared, place, kind, language(), asked_date(request))
    except Refused as refusal:
        return _framed(
            request, _title(made, place), _page(name, place), status=404, why=str(refusal)
        )
    keys = {"name": name, "scale": scale, "code": code, "kind": kind, "extension": "svg"}
    address = reverse("observatory:embed_picture", kwargs=keys) + _at(request)
    return _framed(
        request, shown.title, _page(name, place),
        chart=shown, picture=spoken(address),
        tall=560 if kind == "map" else 360,
    )  # fmt: skip


@require_safe
def picture(
    request: HttpRequest, name: str, scale: Scale, code: str, kind: str, extension: str
) -> HttpResponse:
    """The drawing alone, with its title, source and date, for a page of another site."""
    if extension not in FORMATS:
        raise Http404(f"A chart is embedded as {' or '.join(FORMATS)}, not as {extension}.")
    return drawn.chart(request, name, scale, code, kind, extension)


@require_safe
def framing(request: HttpRequest, scale: Scale, code: str) -> HttpResponse:
    """The framing table of a place: its key figures, each with its date."""
    opened, on, words = house(), asked_date(request), language()
    place = found(opened, f"{scale}:{code}", on)
    made = profiles.build(opened, place, words, today(), on)
    return render(request, "observatory/embed_tables.html", {
        "title": place.name, "page": spoken(place_url(place)), "lede": made.paragraph,
        "tables": [(_("Key figures"), *table.table(made, words))] if made.framing else [],
        "compared": table.beside(made, words),
    })  # fmt: skip


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Places side by side, on the figures that may be compared."""
    places, tables = compare.side_by_side(request)
    query = urlencode({"lieu": [each.key for each in places]}, doseq=True)
    return render(request, "observatory/embed_tables.html", {
        "title": _("{places}, side by side").format(places=", ".join(p.name for p in places))
        if places else _("Compare places"),
        "page": spoken(f"{reverse('observatory:compare')}?{query}"), "tables": tables,
    })  # fmt: skip


def place_shown(place: Place) -> Shown:
    """How the framing table of a place is shown on another site."""
    keys = {"scale": place.scale, "code": place.code}
    return Shown("place", place.name, reverse("observatory:embed_place", kwargs=keys),
                 place_url(place), height=900)  # fmt: skip


def shown(made: Figure, place: Place, kinds: list[str]) -> list[Shown]:
    """How a figure, and each of its charts, is shown on another site."""
    keys = {"name": made.observation.indicator, "scale": place.scale, "code": place.code}
    page = _page(made.observation.indicator, place)
    title = _title(made, place)
    found = [Shown(
        "figure", title, reverse("observatory:embed_figure", kwargs=keys), page,
        reverse("observatory:embed_card", kwargs=keys), height=400, width=pictured.WIDTH,
    )]  # fmt: skip
    for kind in kinds:
        with_kind = {**keys, "kind": kind}
        found.append(Shown(
            kind, title, reverse("observatory:embed_chart", kwargs=with_kind), page,
            reverse("observatory:embed_picture", kwargs={**with_kind, "extension": "svg"}),
            height=850 if kind == "map" else 600,
        ))  # fmt: skip
    return found


def _asked(
    request: HttpRequest, name: str, scale: Scale, code: str
) -> tuple[Indicator, Place, Figure]:
    if name not in indicators():
        raise Http404(f"There is no indicator {name}.")
    opened, on = house(), asked_date(request)
    place = found(opened, f"{scale}:{code}", on)
    return indicators()[name], place, opened.engine.figure(indicators()[name], place, on)


def _title(made: Figure, place: Place) -> str:
    return f"{made.label.say(language())} — {place.name}"


def _page(name: str, place: Place) -> str:
    return f"{reverse('observatory:indicator', kwargs={'name': name})}?lieu={place.key}"


def _at(request: HttpRequest) -> str:
    on = asked_date(request)
    return f"?at={on.isoformat()}" if on else ""


def _framed(
    request: HttpRequest, title: str, page: str, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"title": title, "page": spoken(page), **more}
    return render(request, "observatory/embed.html", context, status=status)
