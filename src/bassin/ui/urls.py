"""Addresses of the gallery, under /ui/."""

from django.urls import path

from bassin.ui import views
from bassin.ui.public import everyone

app_name = "ui"
urlpatterns = everyone(
    path("", views.gallery, name="gallery"),
    path("<slug:language>/", views.gallery, name="gallery_in"),
)
