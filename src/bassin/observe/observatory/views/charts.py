"""Each chart at its own address, as SVG for the page, SVG, PNG, PDF to keep, and CSV."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bassin.indicators.catalogue import indicators
from bassin.observe.observatory import charts
from bassin.observe.observatory.views.common import as_csv, asked_date, found, house, language
from bassin.types import Origin, Scale
from bassin.ui.charts.client import ask
from bassin.ui.charts.model import FILES, FORMATS, Format


@require_safe
def chart(
    request: HttpRequest, name: str, scale: Scale, code: str, kind: str, extension: str
) -> HttpResponse:
    """One chart. `?vue=page` gives the drawing without the frame that a kept file needs."""
    declared = indicators().get(name)
    if declared is None or extension not in (*FILES, "csv"):
        raise Http404(f"There is no chart {name}.{extension}.")
    opened = house()
    place = found(opened, f"{scale}:{code}", asked_date(request))
    made = charts.chart(opened, declared, place, kind, language(), asked_date(request))
    if extension == "csv":
        rows = [
            {
                "place": point.key or point.series,
                "name": point.name,
                "period": point.period,
                "value": point.value,
                "state": point.state,
                "unit": made.unit,
                "origin": made.origin.value,
                "source": made.source,
            }
            for point in made.points
        ]
        return as_csv(rows, f"{name}-{code}", sample=made.origin == Origin.INVENTED)
    form: Format = "page" if request.GET.get("vue") == "page" else FILES[extension]
    if request.GET.get("largeur") == "360":
        made = made.narrow()
    response = HttpResponse(ask(made, form), content_type=FORMATS[form])
    # A chart changes only with a release, which the page names in its address.
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
