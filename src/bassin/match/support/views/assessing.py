"""What a firm says of itself: the questions, what follows from the answers, two dates compared."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.errors import Refused
from bassin.match.support import actions_assessing as actions
from bassin.match.support import firms
from bassin.match.support import permissions_commitments as permissions
from bassin.match.support.commitments import questionnaire
from bassin.match.support.commitments.questionnaire import ANSWERS
from bassin.match.support.forms_committing import AssessForm
from bassin.match.support.models import Assessment
from bassin.match.support.views.common import (
    crumbs,
    house,
    language,
    require,
    say,
    signed_in,
    today,
)
from bassin.parties.access import bodies_of
from bassin.parties.models import Organisation, Person
from bassin.parties.privacy import audit
from bassin.taxonomies.siret import digits, is_siret

PER_PAGE = 30


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The answers that one reads: those shared with one's organisation, those of one's firm."""
    person = _allowed(request)
    found = Assessment.objects.filter(permissions.assessments(person)).select_related(
        "organisation"
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    titles = {each.pk: str(each) for each in page}
    audit.listed(Assessment, titles, how="list", by=person, now=timezone.now())
    context = {
        "page": page, "asked": questionnaire.latest(), "adviser": bool(bodies_of(person)),
        "crumbs": _crumbs(person, (_("What firms say of themselves"), "")),
    }  # fmt: skip
    return render(request, "support/assessments.html", context)


def _allowed(request: HttpRequest) -> Person:
    person = signed_in(request)
    require(bool(bodies_of(person)) or bool(permissions.firms_of(person)))
    return person


def _crumbs(person: Person, *steps: tuple[str, str]) -> list[Any]:
    """From the portfolio for advisers; from the firm's own page for a firm."""
    if bodies_of(person):
        return crumbs(*steps)
    found = crumbs((_("My firm's commitments"), reverse("support:own_commitments")), *steps)
    return found[1:]


def _step() -> tuple[str, str]:
    return (_("What firms say of themselves"), reverse("support:assessments"))


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest) -> HttpResponse:
    """Answer the questions, for one's firm or with it on the telephone."""
    person = _allowed(request)
    form = AssessForm(
        request.POST or None, asked=questionnaire.latest(), bodies=_bodies(person),
        language=language(), today=today(), initial=_known(request, person),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in actions.FIELDS}
        try:
            made = actions.answer(by=person, today=today(), answers=form.answers(), **said)
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            return redirect("support:assessment", made.pk)
    context = {
        "form": form, "about": form.about(), "themes": form.themes(language()),
        "asked": questionnaire.latest(),
        "crumbs": _crumbs(person, _step(), (_("Answer the questions"), "")),
    }  # fmt: skip
    return render(request, "support/assess.html", context)


def _bodies(person: Person) -> QuerySet[Organisation]:
    """With whom answers may be shared: one's own bodies; for a firm, the authority or nobody."""
    mine = bodies_of(person)
    if mine:
        return Organisation.objects.filter(pk__in=mine)
    firms_held = permissions.firm_bodies(person)
    authority = Q(kind=Organisation.Kind.AUTHORITY)
    return Organisation.objects.filter(authority | Q(pk__in=firms_held)).order_by("kind", "pk")


def _known(request: HttpRequest, person: Person) -> dict[str, Any]:
    typed = digits(request.GET.get("siret", ""))[:14]
    mine = Organisation.objects.filter(pk__in=permissions.firm_bodies(person)).first()
    if not typed and mine is not None:
        return {"siret": mine.siret or "", "firm_name": mine.name, "agreed_name": person.name}
    found = firms.firm(house(), typed) if is_siret(typed) else None
    return {"siret": typed, "firm_name": found.name if found else ""}


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Strengths, next steps and what is still to ask; what changed since the answers before."""
    person, found = _read_or_404(request, pk)
    asked = questionnaire.versions().get(found.version, questionnaire.latest())
    before = (
        Assessment.objects.filter(permissions.assessments(person), siren=found.siren)
        .filter(Q(on__lt=found.on) | Q(on=found.on, pk__lt=found.pk)).first()
    )  # fmt: skip
    changed = questionnaire.moved(asked, before.answers, found.answers) if before else []
    context = {
        "found": found, "asked": asked, "before": before, "adviser": bool(bodies_of(person)),
        "told": questionnaire.result(
            asked, found.answers, questionnaire.links(house().var), language()
        ),
        "changed": [(each.question, ANSWERS[each.before], ANSWERS[each.after])
                    for each in changed],
        "forgets": permissions.can_forget_assessment(person, found),
        "crumbs": _crumbs(person, _step(), (found.firm_name, "")),
    }  # fmt: skip
    return render(request, "support/assessment.html", context)


def _read_or_404(request: HttpRequest, pk: int) -> tuple[Person, Assessment]:
    person = signed_in(request)
    found = Assessment.objects.select_related("organisation").filter(pk=pk).first()
    if found is None or not permissions.can_see_assessment(person, found):
        raise Http404
    audit.seen(found, by=person, now=timezone.now())
    return person, found


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a firm's answers: it takes its agreement back."""
    person, found = _read_or_404(request, pk)
    actions.forget(found, by=person)
    say(request, _("These answers are deleted."))
    return redirect("support:assessments")
