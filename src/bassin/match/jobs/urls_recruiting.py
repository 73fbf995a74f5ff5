"""Addresses of recruitment actions, figures and presented trades. `private` ask to sign in."""

from django.urls import path

from bassin.match.jobs.views import figures, recruiting, trades

_JOBS = "accompagner/emplois/"
_ACTIONS = f"{_JOBS}recrutements/"
_TRADES = f"{_JOBS}metiers/"

public = [
    path(f"{_JOBS}chiffres/", figures.page, name="figures"),
    path(f"{_JOBS}chiffres.csv", figures.file, name="figures_file"),
    path(_TRADES, trades.listed, name="trades"),
    path(f"{_TRADES}<str:rome_code>/", trades.page, name="trade_seen"),
    path(_ACTIONS, recruiting.listed, name="recruitments"),
    path(f"{_ACTIONS}je-ne-viens-pas/", recruiting.mine, name="recruitment_mine"),
    path(f"{_ACTIONS}<int:pk>/", recruiting.page, name="recruitment"),
]

private = [
    path(f"{_TRADES}presenter/nouveau/", trades.new, name="trade_new"),
    path(f"{_TRADES}presenter/<int:pk>/", trades.change, name="trade_change"),
    path(f"{_TRADES}presenter/a-relire/", trades.queue, name="trade_queue"),
    path(f"{_ACTIONS}nouvelle/", recruiting.new, name="recruitment_new"),
    path(f"{_ACTIONS}<int:pk>/modifier/", recruiting.change, name="recruitment_change"),
    path(f"{_ACTIONS}<int:pk>/suivi/", recruiting.follow, name="recruitment_follow"),
    path(f"{_ACTIONS}inscrits/<int:pk>/", recruiting.became, name="recruitment_became"),
]
