"""Series of workshops: begun and changed by officers."""

from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bassin.debate.workshops import actions_editing
from bassin.debate.workshops.forms import SeriesForm
from bassin.debate.workshops.models import Series
from bassin.debate.workshops.preparing import in_french
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.writing import Opened, form_page, sent
from bassin.ui.parts import Crumb


def write(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A new series, or one to change."""
    user = common.officer(request)
    series = get_object_or_404(Series, slug=slug) if slug else None

    def save(typed: dict[str, Any]) -> str:
        title = in_french(series.title if series else None, typed["title"])
        text = in_french(series.text if series else None, typed["text"])
        facts = {"title": title, "text": text, "public": typed["public"]}
        if series is None:
            words = slugify(typed["title"])[:70].strip("-")
            facts["slug"] = words or f"serie-{token_hex(3)}"
        actions_editing.write_series(series, by=user, **facts)
        messages.success(request, _("Saved. Choose it in the form of each workshop."))
        return reverse("workshops:mine")

    first = _first(series) if series is not None else None
    title = _("Series of workshops")
    return form_page(
        request, SeriesForm(sent(request), initial=first), save, title=title, submit=_("Save"),
        path=common.crumbs(Crumb(title)), back=reverse("workshops:mine"),
        opened=Opened(lambda: _first(Series.objects.get(pk=series.pk)), [series])
        if series is not None else None,
    )  # fmt: skip


def _first(series: Series) -> dict[str, Any]:
    """What the form begins with."""
    return {"title": series.title.get("fr", ""), "text": series.text.get("fr", ""),
            "public": series.public}  # fmt: skip
