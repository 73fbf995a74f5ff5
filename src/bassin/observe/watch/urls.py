"""Addresses of the watch, under /observer/veille/. All but the feed ask to sign in."""

from django.urls import path

from bassin.observe.watch.views import inbox, one

app_name = "watch"
_WATCH = "observer/veille/"
_ONE = f"{_WATCH}<int:pk>/"

urlpatterns = [
    path(_WATCH, inbox.home, name="home"),
    path(f"{_WATCH}noter/", one.note, name="note"),
    path(_ONE, one.page, name="signal"),
    *(
        path(f"{_ONE}{word}/", view, name=name)
        for word, name, view in (
            ("confier", "assign", one.assign),
            ("contact", "contact", one.contact),
            ("reporter", "snooze", one.snooze),
            ("clore", "close", one.close),
            ("partager", "share", one.share),
            ("remarque", "say", one.say),
            ("avis", "rate", one.rate),
            ("rouvrir", "reopen", one.reopen),
        )
    ),
]
