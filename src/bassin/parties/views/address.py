"""By what a person signs in: the address that receives their codes, accounts held elsewhere."""

import secrets

from allauth.account.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bassin.errors import Refused
from bassin.parties import actions, codes
from bassin.parties.access import signed_in
from bassin.parties.adapters import TOO_MANY, WRONG
from bassin.parties.forms import FreshCodeForm, NewAddressForm
from bassin.parties.fresh import proven
from bassin.parties.models import Person

KEY = "new_address"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proven
def change(request: HttpRequest) -> HttpResponse:
    """Give another address, then the code that was sent to it."""
    person = signed_in(request)
    if request.method == "POST" and "code" in request.POST:
        return _finish(request, person)
    if request.method == "POST" and "again" in request.POST:
        request.session.pop(KEY, None)
        return redirect("parties:address")
    form = NewAddressForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        if _begin(request, form.cleaned_data["email"]):
            return redirect("parties:address")
        form.add_error("email", TOO_MANY)
    return _shown(request, form, FreshCodeForm())


def _begin(request: HttpRequest, address: str) -> bool:
    """Send the code. Nothing on the page tells whether someone else has this address."""
    if not Person.objects.filter(email=address).exists():
        return codes.send(request, KEY, address, "parties/email/address_code")
    if not codes.allowed(request, address):
        return False
    codes.keep(request, KEY, address, secrets.token_hex())
    told = {"sign_in_url": request.build_absolute_uri(reverse("account_login"))}
    get_adapter().send_mail("parties/email/address_taken", address, told)
    return True


def _finish(request: HttpRequest, person: Person) -> HttpResponse:
    form = FreshCodeForm(request.POST)
    address = form.is_valid() and codes.take(request, KEY, form.cleaned_data["code"])
    if not address:
        form.add_error("code", WRONG)
        return _shown(request, NewAddressForm(None, person=person), form)
    try:
        old = actions.change_address(person, address, keep=request.session.session_key or "")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("parties:address")
    if old:
        get_adapter().send_mail("parties/email/address_changed", old, {"address": address})
    messages.success(request, _("You now sign in with {address}.").format(address=address))
    return redirect("parties:account")


def _shown(request: HttpRequest, form: NewAddressForm, code_form: FreshCodeForm) -> HttpResponse:
    told = {"form": form, "code_form": code_form, "sent_to": codes.waiting(request, KEY)}
    return render(request, "parties/address.html", told)


def named(held: SocialAccount) -> str:
    """What people call the service that holds an account; its code once it left the settings."""
    try:
        return str(held.get_provider().name)
    except SocialApp.DoesNotExist:
        return str(held.provider)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proven
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an account held elsewhere off one's own."""
    person = signed_in(request)
    held = get_object_or_404(SocialAccount, pk=pk, user=person)
    name = named(held)
    if request.method == "POST":
        actions.unlink(held)
        if person.email:
            get_adapter().send_mail("parties/email/unlinked", person.email, {"name": name})
        messages.success(request, _("{name} no longer opens your account.").format(name=name))
        return redirect("parties:account")
    return render(request, "parties/unlink.html", {"name": name})
