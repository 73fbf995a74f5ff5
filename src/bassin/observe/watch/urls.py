"""Addresses of the watch, under /observer/veille/. All but the feed ask to sign in."""

from django.urls import path

from bassin.observe.watch.views import following, inbox, one
from bassin.ui.public import everyone

app_name = "watch"
_WATCH = "observer/veille/"
_ONE = f"{_WATCH}<int:pk>/"

_FOLLOWED = f"{_WATCH}abonnements/"

urlpatterns = [
    *everyone(path(f"{_WATCH}flux/<str:token>.atom", following.atom, name="feed")),
    path(_FOLLOWED, following.listed, name="subscriptions"),
    path(f"{_FOLLOWED}<int:pk>/retirer/", following.remove, name="unsubscribe"),
    path(f"{_FOLLOWED}<int:pk>/adresse/", following.renew, name="renew"),
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
