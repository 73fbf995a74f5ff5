"""Addresses of who helps, under /accompagner/emplois/. `private` ask to sign in."""

from django.urls import path

from bassin.match.jobs.views import helpers, referrals

_JOBS = "accompagner/emplois/"
_HELP = f"{_JOBS}qui-aide/"
_OURS = f"{_JOBS}nos-structures/"
_REFERRALS = f"{_JOBS}liaisons/"

public = [
    path(_HELP, helpers.listed, name="helpers"),
    path(f"{_HELP}ma-demande/", helpers.mine, name="help_mine"),
    path(f"{_HELP}<int:pk>/", helpers.structure, name="helper"),
    path(f"{_HELP}<int:pk>/rappel/", helpers.ask, name="ask_help"),
]

private = [
    path(_OURS, referrals.kept, name="structures"),
    path(f"{_OURS}nouvelle/", referrals.add, name="structure_add"),
    path(f"{_OURS}<int:pk>/", referrals.change, name="structure_change"),
    path(_REFERRALS, referrals.referrals, name="referrals"),
    path(f"{_REFERRALS}vers/<int:pk>/", referrals.refer, name="refer"),
    path(f"{_REFERRALS}<int:pk>/", referrals.referral, name="referral"),
]
