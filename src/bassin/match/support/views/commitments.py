"""What firms promised: the list with its totals, one promise, its proofs and who judges them."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin import systems
from bassin.commons.files import MEDIA
from bassin.errors import Refused
from bassin.match.support import actions_committing as actions
from bassin.match.support import firms
from bassin.match.support import permissions_commitments as permissions
from bassin.match.support.commitments import exports
from bassin.match.support.commitments.totals import by_commune, totals
from bassin.match.support.forms_committing import ChooseForm, PromiseForm, ProofForm, WhyForm
from bassin.match.support.models import Commitment, Proof
from bassin.match.support.models.commitments import CommitmentQuerySet, facts
from bassin.match.support.models.promised import STATES, pillar
from bassin.match.support.views.common import (
    adviser,
    attempt,
    communes,
    crumbs,
    house,
    language,
    say,
    signed_in,
    today,
    told,
)
from bassin.parties.access import bodies_of
from bassin.parties.models import Person
from bassin.parties.privacy import audit
from bassin.taxonomies.siret import digits, is_siret
from bassin.ui import picking
from bassin.ui.data import as_file, private

PER_PAGE = 30
_STANDING = ("going", "late", "kept", "ended")


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The commitments of one's organisations: totals, communes, each with where it stands."""
    person = adviser(request)
    form = ChooseForm(request.GET, communes=communes())
    found = chosen(permissions.kept(person), form, today())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {each.pk: str(each) for each in page}
    audit.listed(Commitment, shown, how="list", by=person, now=timezone.now())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form, "page": page, "items": [(each, standing(each)) for each in page],
        "total": len(found), "totals": totals(found, today()), "communes": communes(),
        "places": by_commune(found, today()), "query": query.urlencode(), "day": today(),
        "forms": list(exports.FORMS), "crumbs": crumbs((_("Commitments of firms"), "")),
    }  # fmt: skip
    return render(request, "support/commitments.html", context)


def chosen(found: CommitmentQuerySet, form: ChooseForm, day: date) -> list[Commitment]:
    """Those that a form asks for, each with what is proved."""
    if not form.is_valid():
        return []
    asked = form.cleaned_data
    if asked["q"]:
        wanted, number = Q(firm_name__icontains=asked["q"].strip()), digits(asked["q"])
        found = found.filter(wanted | Q(siret__startswith=number) if number.isdigit() else wanted)
    plain = {"dispositif": "scheme", "commune": "commune_code"}
    found = found.filter(**{field: asked[name] for name, field in plain.items() if asked[name]})
    held = list(found.proved().select_related("organisation"))
    return [each for each in held if _is(facts(each, day), asked["etat"])]


def _is(stands: dict[str, Any], wanted: str) -> bool:
    if wanted in _STANDING:
        return stands["state"] == wanted
    return bool({"review": stands["to_review"], "waiting": stands["waiting"]}.get(wanted, True))


def standing(found: Commitment) -> dict[str, Any]:
    """Where a commitment stands, in words."""
    stands = facts(found, today())
    return {
        **stands,
        "words": STATES[stands["state"]],
        "pillar": pillar(found.scheme, found.pillar),
    }


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file: promises and accepted proofs, no name of anybody."""
    person = adviser(request)
    form, name = ChooseForm(request.GET, communes=communes()), request.GET.get("format", "")
    if name not in exports.FORMS:
        raise Http404
    found = chosen(permissions.kept(person), form, today())
    titles = {each.pk: str(each) for each in found}
    audit.listed(Commitment, titles, how="file", by=person, now=timezone.now())
    content = exports.written(name, exports.rows(found, communes(), today()))
    return private(as_file(content, exports.FORMS[name], f"engagements.{name}", sample=False))


@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: HttpRequest) -> HttpResponse:
    """Write a promise down, from a SIRET, a case or what a firm said of itself."""
    person = adviser(request)
    form = PromiseForm(
        request.POST or None, communes=communes(), bodies=sorted(bodies_of(person)),
        initial=_known(request),
    )  # fmt: skip
    if request.method == "POST" and not _sought(form, request) and form.is_valid():
        try:
            made = actions.promise(by=person, today=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            say(request, _("The promise is written down: proofs will move it."))
            return redirect("support:commitment", made.pk)
    context = {"form": form, "crumbs": crumbs(_step(), (_("A new commitment"), ""))}
    return render(request, "support/promise.html", context)


def _sought(form: PromiseForm, request: HttpRequest) -> bool:
    """Whether the form was sent to look for an action: it comes back as it was typed."""
    if not picking.sought(form, request.POST):
        return False
    picking.again(form)
    return True


def _step() -> tuple[str, str]:
    return (_("Commitments of firms"), reverse("support:commitments"))


def _known(request: HttpRequest) -> dict[str, Any]:
    """What is known before anything is typed: the firm of a SIRET, the pledge one comes from."""
    typed = digits(request.GET.get("siret", ""))[:14]
    found = firms.firm(house(), typed) if is_siret(typed) else None
    scheme, code, unit = [*request.GET.get("promesse", "").split(":"), "", "", ""][:3]
    said: dict[str, Any] = {"siret": typed, "signed_on": today()}
    if found is not None:
        said |= {"firm_name": found.name, "commune_code": found.commune_code}
    return {**said, "pledge": f"{scheme}:{code}", "unit": unit}


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise: how far it is by accepted proofs, what waits to be judged, who sees what."""
    person, found = read_or_404(request, pk)
    proofs = found.proofs.select_related("brought_by", "brought_for", "judged_by")
    keeps = permissions.can_keep(person, found)
    context = {
        "found": found, "stands": standing(found), "keeps": keeps,
        "proofs": [
            (each, permissions.can_judge(person, each), permissions.can_withdraw(person, each))
            for each in proofs
        ],
        "brings": permissions.can_bring(person, found),
        "proof_form": ProofForm(initial={"on": today()}), "why_form": WhyForm(auto_id="end_%s"),
        "commune": communes().get(found.commune_code, ""),
        "action": systems.resolve(found.action, language()) if found.action else None,
        "crumbs": crumbs(_step(), (found.firm_name, "")) if keeps else [],
    }  # fmt: skip
    return render(request, "support/commitment.html", context)


def read_or_404(request: HttpRequest, pk: int) -> tuple[Person, Commitment]:
    """A commitment that they read, and the audit says so; for anyone else there is no such page."""
    person = signed_in(request)
    found = Commitment.objects.proved().select_related("organisation", "by").filter(pk=pk).first()
    if found is None or not permissions.can_see(person, found):
        raise Http404
    audit.seen(found, by=person, now=timezone.now())
    return person, found


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is written of a promise."""
    person, found = read_or_404(request, pk)
    if not permissions.can_keep(person, found):
        raise Http404
    first = {name: getattr(found, name) for name in actions.FIELDS}
    first["pledge"] = f"{found.scheme}:{found.pillar}"
    form = PromiseForm(request.POST or None, communes=communes(), bodies=[], initial=first)
    if request.method == "POST" and not _sought(form, request) and form.is_valid():
        try:
            actions.change(found, by=person, today=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            return redirect("support:commitment", found.pk)
    here = reverse("support:commitment", args=[found.pk])
    steps = (_step(), (found.firm_name, here), (_("Change"), ""))
    context = {"form": form, "found": found, "crumbs": crumbs(*steps)}
    return render(request, "support/promise.html", context)


@require_POST
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a proof: it waits for somebody else."""
    person, found = read_or_404(request, pk)
    if not permissions.can_bring(person, found):
        raise Http404
    refused = attempt(
        form := ProofForm(request.POST, request.FILES),
        lambda said: actions.bring(found, by=person, today=today(), **said),
    )
    if refused is None:
        say(request, _("The proof is brought. Somebody else judges it before it counts."))
        return redirect("support:commitment", found.pk)
    if not form.errors:
        form.add_error(None, refused if isinstance(refused, str) else refused.text.say(language()))
    here = reverse("support:commitment", args=[found.pk])
    steps = (_step(), (found.firm_name, here), (_("A proof"), ""))
    context = {"form": form, "found": found, "crumbs": crumbs(*steps)}
    return render(request, "support/prove.html", context)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a proof, refuse it with a reason, or take one's own back."""
    person = signed_in(request)
    proof = proof_or_404(person, pk)
    asked, refused, done = request.POST.get("do", ""), None, ""
    allowed = {
        "accept": permissions.can_judge, "refuse": permissions.can_judge,
        "withdraw": permissions.can_withdraw,
    }.get(asked)  # fmt: skip
    if allowed is None or not allowed(person, proof):
        raise Http404
    try:
        if asked == "withdraw":
            actions.withdraw(proof, by=person)
            done = _("The proof is taken back.")
        else:
            why = WhyForm(request.POST)
            if not why.is_valid():
                raise Refused(told(why))
            actions.judge(
                proof, by=person, accepted=asked == "accept", today=today(), **why.cleaned_data
            )
            done = _("The proof counts.") if asked == "accept" else _("The proof is refused.")
    except Refused as refusal:
        refused = refusal
    say(request, done, refused)
    return redirect("support:commitment", proof.commitment_id)


def proof_or_404(person: Person, pk: int) -> Proof:
    """A proof of a commitment that they read."""
    found = get_object_or_404(Proof.objects.select_related("commitment"), pk=pk)
    if not permissions.can_see(person, found.commitment):
        raise Http404
    return found


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The document of a proof, for who reads its commitment."""
    person = signed_in(request)
    found = proof_or_404(person, pk)
    audit.seen(found.commitment, by=person, now=timezone.now())
    if not found.file:
        raise Http404
    try:
        opened = found.file.open("rb")
    except OSError as error:
        raise Http404 from error
    media = MEDIA.get(found.extension, "application/octet-stream")
    name = f"{slugify(found.text)[:60] or 'preuve'}.{found.extension}"
    return FileResponse(opened, as_attachment=True, filename=name, content_type=media)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Review it, end it, or show it to nobody any more."""
    person, found = read_or_404(request, pk)
    asked, refused, done = request.POST.get("do", ""), None, ""
    if asked != "hide" and not permissions.can_keep(person, found):
        raise Http404
    try:
        if asked == "review":
            actions.review(found, by=person, today=today())
            done = _("It is written down: spoken of today.")
        elif asked == "hide":
            actions.hide(found, by=person)
            done = _("It is shown to nobody any more.")
        elif asked == "end":
            actions.end(found, by=person, today=today(), why=request.POST.get("why", ""))
            done = _("The commitment is ended.")
        else:
            raise Refused(_("Choose what is to be done."))
    except Refused as refusal:
        refused = refusal
    say(request, done, refused)
    return redirect("support:commitment", found.pk)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What my firm promised and said of itself: for who writes for it."""
    person = signed_in(request)
    mine = list(permissions.own(person).proved().select_related("organisation"))
    context = {
        "items": [(each, standing(each)) for each in mine],
        "belongs": bool(permissions.firms_of(person)),
        "adviser": bool(bodies_of(person)),
    }
    return render(request, "support/own_commitments.html", context)
