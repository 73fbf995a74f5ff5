"""Addresses of jobs, under /accompagner/emplois/."""

from django.urls import path

from bassin.match.jobs.views import offer, search
from bassin.ui.public import everyone

app_name = "jobs"

urlpatterns = [
    *everyone(
        path("accompagner/emplois/", search.home, name="home"),
        path("accompagner/emplois/offres/<int:pk>/", offer.page, name="offer"),
    ),
]
