"""Addresses of skills, under /accompagner/competences/."""

from django.urls import path, register_converter

from bassin.match.skills import urls_reconversion
from bassin.match.skills.views import activities, green, home, hypotheses, projects, trades
from bassin.ui.public import everyone

app_name = "skills"
_SKILLS = "accompagner/competences/"
_GREEN = f"{_SKILLS}transition/"
_MINE = f"{_GREEN}mes-projets/"
_TRADE = f"{_SKILLS}metiers/<rome:code>"


class RomeCode:
    """A code of ROME 3 in an address: N1101."""

    regex = r"[A-N]\d{4}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(RomeCode, "rome")

urlpatterns = [
    *everyone(*urls_reconversion.public),
    *urls_reconversion.private,
    *everyone(
        path(_SKILLS, home.home, name="home"),
        path(f"{_SKILLS}metiers/", trades.listed, name="trades"),
        path(f"{_SKILLS}metiers.csv", trades.listed_csv, name="trades_csv"),
        path(f"{_TRADE}/", trades.page, name="trade"),
        path(f"{_TRADE}.csv", trades.page_csv, name="trade_csv"),
        path(f"{_SKILLS}activites/", activities.page, name="activities"),
        path(f"{_SKILLS}activites.csv", activities.page_csv, name="activities_csv"),
        path(_GREEN, green.page, name="green"),
        path(f"{_GREEN}projets/<int:pk>/", projects.page, name="project"),
        path(f"{_SKILLS}hypotheses/", hypotheses.page, name="hypotheses"),
    ),
    path(f"{_SKILLS}hypotheses/nouvelle/", hypotheses.write, name="assume"),
    path(_MINE, projects.mine, name="mine"),
    path(f"{_MINE}nouveau/", projects.declare, name="declare"),
    path(f"{_MINE}<int:pk>/", projects.manage, name="project_manage"),
    path(f"{_MINE}<int:pk>/modifier/", projects.edit, name="project_edit"),
    path(f"{_MINE}<int:pk>/retirer/", projects.withdraw, name="project_withdraw"),
]
