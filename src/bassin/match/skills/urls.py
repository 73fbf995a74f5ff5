"""Addresses of skills, under /accompagner/competences/."""

from django.urls import path, register_converter

from bassin.match.skills import urls_reconversion
from bassin.match.skills.views import (
    activities,
    campus,
    campus_editing,
    catalogues,
    gaps,
    green,
    home,
    hypotheses,
    projects,
    trades,
)
from bassin.ui.public import everyone

app_name = "skills"
_SKILLS = "accompagner/competences/"
_GREEN = f"{_SKILLS}transition/"
_MINE = f"{_GREEN}mes-projets/"
_CAMPUS = f"{_SKILLS}campus/"
_OURS = f"{_CAMPUS}nos-formations/"
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
        path(_CAMPUS, campus.page, name="campus"),
        path(f"{_SKILLS}campus.csv", campus.page_csv, name="campus_csv"),
        path(f"{_CAMPUS}sites/<int:pk>/", campus.site, name="site"),
        path(f"{_CAMPUS}formations/<int:pk>/", campus.course, name="course"),
        path(f"{_CAMPUS}manques/", gaps.page, name="gaps"),
        path(f"{_CAMPUS}manques.csv", gaps.page_csv, name="gaps_csv"),
        path(f"{_CAMPUS}formations-manquantes.csv", gaps.ranked_csv, name="lacking_csv"),
    ),
    path(f"{_SKILLS}hypotheses/nouvelle/", hypotheses.write, name="assume"),
    path(_MINE, projects.mine, name="mine"),
    path(f"{_MINE}nouveau/", projects.declare, name="declare"),
    path(f"{_MINE}<int:pk>/", projects.manage, name="project_manage"),
    path(f"{_MINE}<int:pk>/modifier/", projects.edit, name="project_edit"),
    path(f"{_MINE}<int:pk>/retirer/", projects.withdraw, name="project_withdraw"),
    path(_OURS, campus_editing.mine, name="campus_mine"),
    path(f"{_OURS}organisme/", campus_editing.new_body, name="body_new"),
    path(f"{_OURS}organismes/<int:pk>/", campus_editing.edit_body, name="body_edit"),
    path(f"{_OURS}organismes/<int:pk>/site/", campus_editing.new_site, name="site_new"),
    path(f"{_OURS}sites/<int:pk>/", campus_editing.edit_site, name="site_edit"),
    path(f"{_OURS}sites/<int:pk>/formation/", campus_editing.new_course, name="course_new"),
    path(f"{_OURS}formations/<int:pk>/", campus_editing.edit_course, name="course_edit"),
    path(f"{_OURS}formations/<int:pk>/session/", campus_editing.new_session, name="session_new"),
    path(f"{_OURS}sessions/<int:pk>/", campus_editing.edit_session, name="session_edit"),
    path(
        f"{_OURS}sessions/<int:pk>/annuler/", campus_editing.cancel_session, name="session_cancel"
    ),
    path(f"{_OURS}retirer/<slug:kind>/<int:pk>/", campus_editing.away, name="campus_away"),
    path(f"{_CAMPUS}catalogues/", catalogues.listed, name="catalogues"),
    path(f"{_CAMPUS}catalogues/<slug:slug>/", catalogues.catalogue, name="catalogue"),
    path(f"{_CAMPUS}imports/<int:pk>/", catalogues.review, name="catalogue_import"),
    path(f"{_CAMPUS}modele.csv", catalogues.template, name="catalogue_template"),
]
