"""Addresses of the programmes, under /piloter/."""

from django.urls import path

from bassin.steer.programmes import views
from bassin.ui.public import everyone

app_name = "programmes"

urlpatterns = everyone(path("piloter/", views.home, name="home"))
