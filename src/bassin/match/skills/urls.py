"""Addresses of skills, under /accompagner/competences/."""

from django.urls import path

from bassin.match.skills.views import home
from bassin.ui.public import everyone

app_name = "skills"
_SKILLS = "accompagner/competences/"

urlpatterns = [
    *everyone(
        path(_SKILLS, home.home, name="home"),
    ),
]
