"""Organisations, their members and the roles they hold, from one day to another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.errors import Refused
from bassin.parties import actions, permissions
from bassin.parties.access import roles, signed_in
from bassin.parties.forms import EndRoleForm, InvitationForm, OrganisationForm
from bassin.parties.models import Invitation, Membership, Organisation
from bassin.parties.privacy import audit
from bassin.parties.views.invitations import address_of


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every organisation for an officer, one's own for anyone else."""
    found = Organisation.objects.with_members(timezone.localdate())
    if not permissions.can_list_organisations(request.user):
        found = found.filter(pk__in=[each.organisation_id for each in roles(request.user)])
    context = {"organisations": found, "may_add": permissions.can_add_organisation(request.user)}
    return render(request, "parties/organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A form for a new organisation."""
    if not permissions.can_add_organisation(request.user):
        raise PermissionDenied
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_organisation(by=signed_in(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("parties:organisation", made.slug)
    return render(request, "parties/organisation_add.html", {"form": form})


def _seen(request: HttpRequest, slug: str) -> Organisation:
    """The organisation. Whoever may not see it is not told that it exists."""
    found = get_object_or_404(Organisation, slug=slug)
    if not permissions.can_see_organisation(request.user, found):
        get_object_or_404(Organisation.objects.none())
    return found


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Its members today and before, and the invitations that wait."""
    return _detail(request, _seen(request, slug), InvitationForm())


def _detail(request: HttpRequest, found: Organisation, form: InvitationForm) -> HttpResponse:
    today = timezone.localdate()
    audit.seen(found, by=request.user, now=timezone.now())  # its page names people
    seats = list(found.memberships.select_related("person").order_by("person__name", "starts_on"))
    manages = permissions.can_manage_members(request.user, found)
    context = {
        "organisation": found,
        "now": [each for each in seats if each.ends_on is None or each.ends_on >= today],
        "before": [each for each in seats if each.ends_on is not None and each.ends_on < today],
        "manages": manages,
        "waiting": found.invitations.waiting() if manages else [],
        "form": form,
    }
    return render(request, "parties/organisation.html", context)


@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Send an invitation, from the form of the organisation's page."""
    found = _seen(request, slug)
    if not permissions.can_manage_members(request.user, found):
        raise PermissionDenied
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            made = actions.invite(
                found, form.cleaned_data["email"], form.cleaned_data["role"], by=signed_in(request),
                now=timezone.now(), address=address_of(request),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("An invitation was sent to {address}.").format(address=made.email)
            messages.success(request, told)
            return redirect("parties:organisation", found.slug)
    return _detail(request, found, form)


@require_POST
def handle_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, or take it back."""
    found = _seen(request, slug)
    invitation = get_object_or_404(Invitation, pk=pk, organisation=found)
    if not permissions.can_handle_invitation(request.user, invitation):
        raise PermissionDenied
    if "withdraw" in request.POST:
        actions.withdraw(invitation, by=signed_in(request), now=timezone.now())
        messages.success(request, _("The invitation was taken back."))
    else:
        actions.send_again(
            invitation, by=signed_in(request), now=timezone.now(), address=address_of(request)
        )
        messages.success(request, _("The invitation was sent again."))
    return redirect("parties:organisation", found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the last day of a role, one's own or that of a member."""
    seat = get_object_or_404(Membership.objects.select_related("person", "organisation"), pk=pk)
    if not permissions.can_end_role(request.user, seat):
        get_object_or_404(Membership.objects.none())
    today = timezone.localdate()
    form = EndRoleForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            last_day = form.cleaned_data["last_day"]
            actions.end_role(seat, by=signed_in(request), last_day=last_day, today=today)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The last day of the role was written."))
            if permissions.can_see_organisation(request.user, seat.organisation):
                return redirect("parties:organisation", seat.organisation.slug)
            return redirect("parties:account")
    return render(request, "parties/end_role.html", {"form": form, "seat": seat})
