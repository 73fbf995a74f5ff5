"""Addresses of the gallery, under /ui/."""

from django.urls import path

from bassin.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("<slug:language>/", views.gallery, name="gallery_in"),
]
