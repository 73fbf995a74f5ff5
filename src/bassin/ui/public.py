"""Pages that need no sign-in. Every other page asks for one: a page is private until it says so."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern


def everyone(*patterns: URLPattern) -> list[URLPattern]:
    """The same addresses, open to people who are not signed in."""
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)
    return list(patterns)
