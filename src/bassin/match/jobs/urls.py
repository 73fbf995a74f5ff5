"""Addresses of jobs, under /accompagner/emplois/."""

from django.urls import path

from bassin.match.jobs import urls_helping, urls_recruiting
from bassin.match.jobs.views import (
    answers,
    claims,
    employers,
    families,
    feeds,
    imports,
    moderation,
    offer,
    otherwise,
    profile,
    search,
    twins,
)
from bassin.ui.public import everyone

app_name = "jobs"
_JOBS = "accompagner/emplois/"
_MINE = f"{_JOBS}mes-offres/"

urlpatterns = [
    *everyone(*urls_helping.public, *urls_recruiting.public),
    *urls_helping.private,
    *urls_recruiting.private,
    *everyone(
        path(_JOBS, search.home, name="home"),
        path(f"{_JOBS}carte.svg", search.ground, name="ground"),
        path(f"{_JOBS}profil/", profile.profile, name="profile"),
        path(f"{_JOBS}profil/carte/", profile.card, name="card"),
        path(f"{_JOBS}familles/", families.page, name="families"),
        path(f"{_JOBS}autrement/", otherwise.page, name="otherwise"),
        path(f"{_JOBS}offres/<int:pk>/", offer.page, name="offer"),
        path(f"{_JOBS}offres/<int:pk>/postule/", answers.applied, name="applied"),
        path(f"{_JOBS}recu/", answers.receipt, name="receipt"),
        path(f"{_JOBS}mots/", moderation.rules, name="rules"),
        path(f"{_JOBS}je-recrute/", claims.employers, name="employers"),
    ),
    path(f"{_JOBS}mon-entreprise/", claims.claim, name="claim"),
    path(f"{_JOBS}mon-entreprise/code/", claims.code, name="claim_code"),
    path(f"{_JOBS}mon-entreprise/<int:pk>/retirer/", claims.withdraw, name="claim_withdraw"),
    path(f"{_JOBS}a-relire/entreprises/", claims.queue, name="claims"),
    path(_MINE, employers.mine, name="mine"),
    path(f"{_MINE}nouvelle/", employers.new, name="new"),
    path(f"{_MINE}<int:pk>/", employers.manage, name="manage"),
    path(f"{_MINE}<int:pk>/modifier/", employers.edit, name="manage_edit"),
    path(f"{_MINE}<int:pk>/proposer/", employers.submit, name="submit"),
    path(f"{_MINE}<int:pk>/metier/", employers.trade, name="trade"),
    path(f"{_MINE}<int:pk>/confirmer/", employers.confirm, name="confirm"),
    path(f"{_MINE}<int:pk>/renouveler/", employers.renew, name="renew"),
    path(f"{_MINE}<int:pk>/fermer/", employers.close, name="close"),
    path(f"{_MINE}<int:pk>/dupliquer/", employers.duplicate, name="duplicate"),
    path(f"{_MINE}<int:pk>/repondu/", employers.answered, name="answered"),
    path(f"{_MINE}<int:pk>/pourvu/", employers.fill, name="fill"),
    path(f"{_JOBS}a-relire/", moderation.queue, name="queue"),
    path(f"{_JOBS}a-relire/<int:pk>/", moderation.review, name="review"),
    path(f"{_JOBS}a-relire/<int:pk>/jumelles/", twins.decide, name="twins"),
    path(f"{_JOBS}a-relire/jumelles/<int:pk>/annuler/", twins.undo, name="twins_undo"),
    path(f"{_JOBS}sources/", imports.feeds, name="feeds"),
    path(f"{_JOBS}sources/offres.csv", imports.sample, name="columns"),
    path(f"{_JOBS}sources/<slug:slug>/", imports.feed, name="feed"),
    path(f"{_JOBS}sources/<slug:slug>/modifier/", feeds.change, name="feed_change"),
    path(f"{_JOBS}imports/<int:pk>/", imports.review, name="import"),
    path(f"{_JOBS}imports/distinguer/<int:pk>/", imports.split, name="split"),
]
