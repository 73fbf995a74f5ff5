"""Addresses of the workshops, under /debattre/."""

from django.urls import path

from bassin.debate.workshops.views import home
from bassin.ui.public import everyone

app_name = "workshops"

urlpatterns = [
    *everyone(
        path("debattre/", home.home, name="home"),
    ),
]
