"""What the pages of shared records have in common: communes by code, breadcrumbs, who asks."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.parties.access import signed_in
from bassin.ui.opened import communes as communes
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language as language

person = signed_in
"""Who asks for a page that is not open to everyone."""


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """Home, then these steps."""
    return [Crumb(_("Home"), "/"), *(Crumb(label, url) for label, url in steps)]


def written(
    request: HttpRequest, form: forms.Form, verb: Callable[..., str], title: str, about: str = ""
) -> HttpResponse:
    """A page with one form: `verb` takes what it holds and gives the address to go to then."""
    if form.is_valid():
        try:
            return redirect(verb(**form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
    words = f"{title}: {about}" if about and language() == "en" else title
    if about and language() != "en":
        words = f"{title} : {about}"
    context = {"crumbs": crumbs((title, "")), "form": form, "title": words}
    return render(request, "commons/form.html", context, status=400 if form.errors else 200)


def commune(code: str) -> dict[str, str] | None:
    """The name of a commune and the address of its portrait; None for an unknown code."""
    try:
        place = house().territory.place(f"commune:{code}")
    except Refused:
        return None
    return {"code": code, "name": place.name, "url": _portrait(code)}


def _portrait(code: str) -> str:
    try:
        return reverse("observatory:place", kwargs={"scale": "commune", "code": code})
    except NoReverseMatch:
        return ""
