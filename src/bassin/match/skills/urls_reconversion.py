"""Addresses of reconversion, under /accompagner/competences/. `private` ask to sign in."""

from django.urls import path

from bassin.match.skills.views import plans, reconversion

_SKILLS = "accompagner/competences/"
_HERE = f"{_SKILLS}reconversion/"
_PLANS = f"{_HERE}plans/"
_PLAN = f"{_PLANS}<int:pk>/"

public = [
    path(_HERE, reconversion.page, name="reconversion"),
    path(f"{_HERE}vers/<slug:code>/", reconversion.towards, name="towards"),
    *(
        path(f"{_SKILLS}reconversion.{each}", reconversion.download, {"extension": each},
             name=f"reconversion_{each}")
        for each in ("csv", "ods", "pdf", "odt")
    ),
]  # fmt: skip

private = [
    path(_PLANS, plans.listed, name="plans"),
    path(f"{_PLANS}garder/", plans.keep, name="keep_plan"),
    path(_PLAN, plans.page, name="plan"),
    path(f"{_PLAN}compter/", plans.count, name="plan_count"),
    path(f"{_PLAN}embauche/", plans.hire, name="plan_hire"),
    path(f"{_PLAN}six-mois/<int:step>/", plans.last, name="plan_last"),
    path(f"{_PLAN}archiver/", plans.put_away, name="plan_away"),
]
