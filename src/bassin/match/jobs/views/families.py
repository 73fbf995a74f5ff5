"""A way in without writing: a picture, then a trade."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.match.jobs import families
from bassin.match.jobs.knowledge import knowledge
from bassin.match.jobs.models import Offer
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import today


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The families; with `famille`, the trades of one."""
    open_now = Offer.objects.open(today()).exclude(rome_code="").order_by()
    offers = dict(open_now.values_list("rome_code").annotate(n=Count("pk")))
    found = families.families(offers)
    chosen = next((each for each in found if each.letter == request.GET.get("famille")), None)
    labels = knowledge(house()).rome.labels
    crumbs = [Crumb(_("Jobs"), reverse("jobs:home")), Crumb(_("Choose with pictures"))]
    if chosen:
        crumbs[1:] = [Crumb(_("Choose with pictures"), reverse("jobs:families")),
                      Crumb(chosen.words)]  # fmt: skip
    context = {
        "families": found, "chosen": chosen, "crumbs": crumbs,
        "trades": families.trades(chosen.letter, labels, offers) if chosen else [],
    }  # fmt: skip
    return render(request, "jobs/families.html", context)
