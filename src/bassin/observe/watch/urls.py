"""Addresses of the watch, under /observer/veille/. All but the feed ask to sign in."""

from django.urls import path

from bassin.observe.watch.views import following, inbox, one, scenarios
from bassin.ui.public import everyone

app_name = "watch"
_WATCH = "observer/veille/"
_ONE = f"{_WATCH}<int:pk>/"

_SUPPOSED = f"{_WATCH}scenarios/"
_FOLLOWED = f"{_WATCH}abonnements/"

urlpatterns = [
    *everyone(path(f"{_WATCH}flux/<str:token>.atom", following.atom, name="feed")),
    path(_FOLLOWED, following.listed, name="subscriptions"),
    path(f"{_FOLLOWED}<int:pk>/retirer/", following.remove, name="unsubscribe"),
    path(f"{_FOLLOWED}<int:pk>/adresse/", following.renew, name="renew"),
    path(_WATCH, inbox.home, name="home"),
    path(f"{_WATCH}regarder/", inbox.look, name="look"),
    path(f"{_WATCH}regarder/<int:pk>/", inbox.looking, name="looking"),
    path(f"{_WATCH}noter/", one.note, name="note"),
    path(_SUPPOSED, scenarios.listed, name="scenarios"),
    path(f"{_SUPPOSED}essai/", scenarios.trial, name="scenario_trial"),
    path(f"{_SUPPOSED}essai.<str:extension>", scenarios.trial_file, name="scenario_trial_file"),
    path(f"{_SUPPOSED}<int:pk>/", scenarios.page, name="scenario"),
    path(f"{_SUPPOSED}<int:pk>.<str:extension>", scenarios.kept_file, name="scenario_file"),
    path(_ONE, one.page, name="signal"),
    path(f"{_ONE}rouvrir/", one.reopen, name="reopen"),
    *(
        path(f"{_ONE}{word}/", one.done, {"verb": verb}, name=verb)
        for word, verb in (
            ("confier", "assign"),
            ("contact", "contact"),
            ("reporter", "snooze"),
            ("clore", "close"),
            ("partager", "share"),
            ("remarque", "say"),
            ("avis", "rate"),
        )
    ),
]
