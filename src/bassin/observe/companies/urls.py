"""Addresses of the firms, under /entreprises/."""

from django.urls import path

from bassin.observe.companies.views import listed
from bassin.ui.public import everyone

app_name = "companies"
_FIRMS = "entreprises/"

urlpatterns = everyone(
    path(_FIRMS, listed.home, name="home"),
)
