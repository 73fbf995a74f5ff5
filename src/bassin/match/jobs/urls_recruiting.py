"""Addresses of recruitment actions, figures and presented trades. `private` ask to sign in."""

from django.urls import path

from bassin.match.jobs.views import recruiting

_JOBS = "accompagner/emplois/"
_ACTIONS = f"{_JOBS}recrutements/"

public = [
    path(_ACTIONS, recruiting.listed, name="recruitments"),
    path(f"{_ACTIONS}je-ne-viens-pas/", recruiting.mine, name="recruitment_mine"),
    path(f"{_ACTIONS}<int:pk>/", recruiting.page, name="recruitment"),
]

private = [
    path(f"{_ACTIONS}nouvelle/", recruiting.new, name="recruitment_new"),
    path(f"{_ACTIONS}<int:pk>/suivi/", recruiting.follow, name="recruitment_follow"),
    path(f"{_ACTIONS}inscrits/<int:pk>/", recruiting.became, name="recruitment_became"),
]
