"""Addresses of the follow-up, under /accompagner/suivi/. Every page asks to sign in."""

from django.urls import path

from bassin.match.support.views import bringing, cases, doing, pack, pathways, portfolio, sharing

app_name = "support"
_HERE = "accompagner/suivi/"
_CASE = f"{_HERE}dossiers/<int:pk>/"

urlpatterns = [
    path(_HERE, portfolio.home, name="home"),
    path(f"{_HERE}dossiers/", portfolio.listed, name="cases"),
    path(f"{_HERE}dossiers/emporter/", bringing.export, name="export"),
    path(f"{_HERE}reprise/", bringing.bring, name="bring"),
    path(f"{_HERE}reprise/<int:pk>/", bringing.review, name="import"),
    path(f"{_HERE}reprise/<int:pk>/lignes.csv", bringing.refused, name="refused"),
    path(f"{_HERE}nouveau/", cases.new, name="new"),
    path(_CASE, cases.page, name="case"),
    path(f"{_CASE}modifier/", cases.change, name="change"),
    path(f"{_CASE}reponse/", pack.page, name="pack"),
    path(f"{_CASE}faire/", cases.act, name="act"),
    path(f"{_CASE}echange/", doing.note, name="note"),
    path(f"{_CASE}tache/", doing.task, name="task"),
    path(f"{_CASE}document/", doing.paper, name="paper"),
    path(f"{_CASE}partager/", sharing.share, name="share"),
    path(f"{_HERE}taches/<int:pk>/", doing.tick, name="tick"),
    path(f"{_HERE}documents/<int:pk>/", doing.read_paper, name="read_paper"),
    path(f"{_HERE}documents/<int:pk>/supprimer/", doing.drop_paper, name="drop_paper"),
    path(f"{_HERE}accords/<int:pk>/reprendre/", sharing.withdraw, name="withdraw"),
    path(f"{_HERE}parcours/", pathways.page, name="pathways"),
    path(f"{_HERE}demandes/", sharing.inbox, name="inbox"),
    path(f"{_HERE}demandes/<int:pk>/", sharing.answer, name="answer"),
]
