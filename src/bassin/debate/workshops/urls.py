"""Addresses of the workshops, under /debattre/."""

from django.urls import path

from bassin.debate.workshops.urls_running import PREPARING, RUNNING
from bassin.debate.workshops.views import (
    correcting,
    film,
    following,
    home,
    join,
    participant,
    presenter,
    results,
)
from bassin.ui.public import everyone

app_name = "workshops"

urlpatterns = [
    *everyone(
        path("debattre/", home.home, name="home"),
        path("debattre/ateliers/<str:code>/synthese/", results.workshop, name="synthesis"),
        path(
            "debattre/ateliers/<str:code>/synthese.<slug:extension>",
            results.paper,
            name="synthesis_file",
        ),
        path("debattre/ateliers/<str:code>/bulletins.json", results.ballots, name="ballots"),
        path("debattre/questions/<slug:slug>/", results.statement, name="statement"),
        path("debattre/series/<slug:slug>/", results.series, name="series"),
        path("a/", join.code, name="code"),
        path("a/<str:code>/", participant.participant, name="participant"),
        path("a/<str:code>/t/<str:token>/", join.printed, name="printed"),
        path("a/<str:code>/film/<int:pk>/", film.film, name="film"),
        path("a/<str:code>/sous-titres/<int:pk>/", film.captions, name="captions"),
        path("debattre/ateliers/<str:code>/ecran/", presenter.presenter, name="screen"),
    ),
    path("debattre/ateliers/<str:code>/suites/", following.follow_up, name="follow_up"),
    path("debattre/ateliers/<str:code>/corriger/", correcting.correct, name="correct"),
    path("debattre/ateliers/<str:code>/suites/<int:pk>/", following.place, name="place"),
    path("debattre/ateliers/<str:code>/compte-rendu/", results.minutes, name="minutes"),
    *RUNNING,
    *PREPARING,
]
