"""One case: opened, read, changed, handed over, closed."""

from datetime import datetime, time
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.errors import Refused
from bassin.match.support import actions, firms, hours, permissions, themes
from bassin.match.support.forms import (
    AnswerForm,
    AskedForm,
    CaseForm,
    CloseForm,
    ContactForm,
    LeadForm,
    NoteForm,
    PaperForm,
    ShareForm,
    StageForm,
    TaskForm,
)
from bassin.match.support.models import Case, Contact, Reach
from bassin.match.support.views import chain, promised
from bassin.match.support.views.common import (
    adviser,
    communes,
    crumbs,
    forgotten_on,
    house,
    language,
    mine_or_404,
    read_or_404,
    readers,
    say,
    today,
    told,
)
from bassin.parties.access import bodies_of
from bassin.parties.models import Organisation, Person
from bassin.systems import firm_of, resolve
from bassin.taxonomies.siret import digits, is_siret


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A case as far as one sees it: the need, what was done, what is to be done, who sees what."""
    person, case = read_or_404(request, pk)
    sees = permissions.sees(person, case)
    history = permissions.can_read_history(person, case)
    context = {
        "case": case,
        "writes": permissions.can_write(person, case),
        "history": history,
        "sees": sees,
        "readers": readers(case),
        "forgotten_on": forgotten_on(case),
        "commune": communes().get(case.commune_code, ""),
        "contacts": case.contacts.select_related("reach"),
        "grounds": Reach.Ground.choices,
        "interactions": _seen(case.interactions.all(), person) if history else [],
        "papers": _seen(case.papers.all(), person) if history else [],
        "leads": case.leads.select_related("adviser") if history else [],
        "tasks": _tasks(case) if history else [],
        "note_form": NoteForm() if history else None,
        "kinds": NoteForm.KINDS,
        "paper_form": PaperForm(auto_id="paper_%s") if history else None,
        "today": today(),
        "crumbs": crumbs((_("All the cases"), reverse("support:cases")), (case.firm_name, "")),
        **_first_answer(case),
        **_firm(case),
        **_writing(person, case),
        **chain.told(case, language()),
        **promised.told(person, case),
    }
    context["referrals"] = _referrals(person, case)
    return render(request, "support/case.html", context)


def _seen(rows: QuerySet[Any], person: Person) -> list[Model]:
    """Those of a history that are not for another organisation alone."""
    mine = bodies_of(person)
    listed = rows.select_related("organisation", "by")
    return [each for each in listed if not each.private or each.organisation_id in mine]


def _tasks(case: Case) -> QuerySet[Any]:
    return case.tasks.select_related("assignee").order_by("done_on", "due_on")


def _first_answer(case: Case) -> dict[str, Any]:
    asked = timezone.localtime(case.asked_at)
    now = timezone.localtime()
    return {
        "due_at": hours.due(asked),
        "in_time": hours.in_time(asked, case.answered_at, now),
        "hours": hours.HOURS,
    }


def _firm(case: Case) -> dict[str, Any]:
    """What SIRENE shows of the firm, and which of the authority's themes it belongs to."""
    opened = house()
    found = firms.firm(opened, case.siret) if case.siret else None
    used, known = themes.themes(opened, today())
    return {
        "firm": found,
        "points": themes.points(case, found, known),
        "themes": used,
        "procedure_on": firms.procedure_since(opened, case.siret) if case.siret else None,
    }


def _referrals(person: Person, case: Case) -> list[Any]:
    return [
        (each, permissions.can_answer(person, each) and each.is_living)
        for share in case.shares.select_related("organisation")
        for each in share.referrals.select_related("share__organisation", "taken_by")
        if permissions.can_follow(person, each)
    ]


def _writing(person: Person, case: Case) -> dict[str, Any]:
    """The forms of who may change it."""
    if not permissions.can_write(person, case):
        return {"answer_form": AnswerForm()}
    people = actions.advisers(case.organisation, today())
    partners = Organisation.objects.exclude(kind=Organisation.Kind.FIRM)
    asked = {each.organisation_id for each in case.shares.filter(withdrawn_on=None)}
    stage = {"stage": case.stage, "created_on": case.created_on, "siret": case.siret}
    return {
        "task_form": TaskForm(people=people),
        "lead_form": LeadForm(people=people, initial={"adviser": case.adviser}),
        "close_form": CloseForm(),
        "contact_form": ContactForm(),
        "stage_form": StageForm(kind=case.kind, initial=stage) if case.stage else None,
        "share_form": ShareForm(
            partners=partners.exclude(pk__in=[case.organisation_id, *asked]), today=today(),
            auto_id="share_%s",
        ),
        "answer_form": AnswerForm(),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a case: from a SIRET, from nothing, or from a record of another system."""
    person = adviser(request)
    kind = _kind(request)
    known = _known(request, person)
    first = {"firm_name": "", **known["initial"]}
    form = CaseForm(
        request.POST or None, kind=kind, communes=communes(), initial=first
    )  # fmt: skip
    asked = AskedForm(
        request.POST or None, bodies=sorted(bodies_of(person)),
        initial={"asked_on": today()},
    )  # fmt: skip
    contact = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and asked.is_valid() and contact.is_valid():
        try:
            made = _open(person, kind, request.POST.get("source", ""), form, asked, contact)
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            say(request, _("The case is open. The 48 hours for a first answer run."))
            return redirect("support:case", made.pk)
    context = {
        "form": form, "asked": asked, "contact": contact, "kind": kind, "kinds": Case.Kind.choices,
        "source": known["source"], "found": known["found"], "firm": known["firm"],
        "unknown": known["unknown"], "already": _already(person, known["siret"]),
        "crumbs": crumbs((_("A new case"), "")), "siret": request.GET.get("siret", ""),
    }  # fmt: skip
    return render(request, "support/new.html", context)


def _kind(request: HttpRequest) -> str:
    said = request.POST.get("kind") or request.GET.get("quoi") or Case.Kind.FIRM
    return said if said in Case.Kind.values else Case.Kind.FIRM


def _known(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What is known before anything is typed: the firm of a SIRET, the record it comes from."""
    typed = digits(request.GET.get("siret", "")) or firm_of(request.GET.get("de", ""), person)
    found = firms.firm(house(), typed) if is_siret(typed) else None
    source = (request.POST.get("source") or request.GET.get("de", ""))[:120]
    initial: dict[str, Any] = {"title": request.GET.get("besoin", "")[:160], "siret": typed}
    if source:
        initial["channel"] = "watch" if source.startswith("watch:") else ""
        initial |= chain.evidence(source, person)
    if found is not None:
        initial |= {"firm_name": found.name, "commune_code": found.commune_code}
    return {
        "siret": typed, "firm": found, "source": source, "initial": initial,
        "found": resolve(source, language()) if source else None,
        "unknown": bool(typed) and found is None,
    }  # fmt: skip


def _already(person: Person, siret: str) -> list[Case]:
    """The cases of one's own organisations about the same firm: one firm, one lead adviser."""
    if not siret:
        return []
    found = permissions.kept(person).filter(siren=siret[:9]).select_related("adviser")
    return list(found[:5])


def _open(
    person: Person, kind: str, source: str, form: CaseForm, asked: AskedForm, contact: ContactForm
) -> Case:
    now = timezone.localtime()
    day = asked.cleaned_data["asked_on"]
    # A request of an earlier day arrived at noon, as far as one knows.
    moment = now if day == now.date() else timezone.make_aware(datetime.combine(day, time(12)))
    fields = dict(form.cleaned_data)
    found = firms.firm(house(), digits(fields.get("siret", "")))
    if found is not None:
        fields["naf_code"] = found.naf_code
        fields["commune_code"] = fields["commune_code"] or found.commune_code
    return actions.open_case(
        by=person, organisation=asked.cleaned_data["organisation"], kind=kind, asked_at=moment,
        now=now, contact=contact.cleaned_data, source=source, **fields,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is written of a case."""
    person, case = mine_or_404(request, pk)
    initial = {name: getattr(case, name) for name in CaseForm.base_fields}
    initial |= {name: {True: "yes", False: "no"}.get(getattr(case, name), "")
                for name in ("woman", "from_qpv")}  # fmt: skip
    form = CaseForm(request.POST or None, kind=case.kind, communes=communes(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(case, by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            return redirect("support:case", case.pk)
    steps = ((case.firm_name, reverse("support:case", args=[case.pk])), (_("Change"), ""))
    context = {
        "form": form, "case": case, "readers": readers(case), "writes": False,
        "forgotten_on": forgotten_on(case), "crumbs": crumbs(*steps),
    }  # fmt: skip
    return render(request, "support/change.html", context)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one thing to a case: hand it over, close it, reopen it, bring it to a stage…"""
    person, case = mine_or_404(request, pk)
    done, refused = "", None
    try:
        done = _ACTS.get(request.POST.get("do", ""), _nothing)(person, case, request.POST)
    except Refused as refusal:
        refused = refusal
    say(request, done, refused)
    return redirect("support:case", case.pk)


def _valid(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        raise Refused(told(form))
    return form.cleaned_data


def _nothing(person: Person, case: Case, said: Any) -> str:
    raise Refused(_("Choose what is to be done."))


def _close(person: Person, case: Case, said: Any) -> str:
    actions.close(case, by=person, today=today(), **_valid(CloseForm(said)))
    return _("The case is closed.")


def _reopen(person: Person, case: Case, said: Any) -> str:
    actions.reopen(case, by=person)
    return _("The case is open again.")


def _lead(person: Person, case: Case, said: Any) -> str:
    form = LeadForm(said, people=actions.advisers(case.organisation, today()))
    actions.hand_over(case, by=person, today=today(), **_valid(form))
    return _("The case is handed over.")


def _stage(person: Person, case: Case, said: Any) -> str:
    facts = _valid(StageForm(said, kind=case.kind))
    fields = {name: value for name, value in facts.items() if value or name == "stage"}
    actions.change(case, by=person, **fields)
    return _("The stage is written down.")


def _contact(person: Person, case: Case, said: Any) -> str:
    actions.add_contact(case, by=person, **_valid(ContactForm(said)))
    return _("The contact is written down.")


def _forget(person: Person, case: Case, said: Any) -> str:
    number = said.get("contact", "")
    found = Contact.objects.filter(case=case, pk=int(number) if number.isdecimal() else 0).first()
    if found is None:
        raise Refused(_("This contact is gone already."))
    actions.forget_contact(found, by=person)
    return _("The contact is deleted.")


_ACTS = {
    "close": _close, "reopen": _reopen, "lead": _lead, "stage": _stage, "contact": _contact,
    "forget": _forget,
}  # fmt: skip
