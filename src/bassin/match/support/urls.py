"""Addresses of the follow-up, under /accompagner/suivi/. Every page asks to sign in.

Two do not: the answer pack that somebody was given, and the end of letters.
"""

from django.urls import path

from bassin.match.support.views import (
    assessing,
    bringing,
    cases,
    chain,
    commitments,
    doing,
    mailing,
    pack,
    pathways,
    portfolio,
    sharing,
    stopping,
)
from bassin.ui.public import everyone

app_name = "support"
_HERE = "accompagner/suivi/"
_CASE = f"{_HERE}dossiers/<int:pk>/"

_PROMISES = f"{_HERE}engagements/"
_PROMISE = f"{_PROMISES}<int:pk>/"
_ASSESSED = f"{_HERE}questions/"
_LETTERS = f"{_HERE}lettres/"

urlpatterns = [
    path(_HERE, portfolio.home, name="home"),
    path(f"{_HERE}dossiers/", portfolio.listed, name="cases"),
    path(f"{_HERE}dossiers/emporter/", bringing.export, name="export"),
    path(f"{_HERE}reprise/", bringing.bring, name="bring"),
    path(f"{_HERE}reprise/<int:pk>/", bringing.review, name="import"),
    path(f"{_HERE}reprise/<int:pk>/lignes.csv", bringing.refused, name="refused"),
    path(f"{_HERE}reprendre/", portfolio.take_over, name="take_over"),
    path(f"{_HERE}nouveau/", cases.new, name="new"),
    path(_CASE, cases.page, name="case"),
    path(f"{_CASE}modifier/", cases.change, name="change"),
    path(f"{_CASE}chaine/", chain.of_case, name="chain"),
    path(f"{_HERE}chaine/", chain.of_signal, name="chain_of"),
    path(f"{_CASE}reponse/", pack.page, name="pack"),
    path(f"{_CASE}reponse.csv", pack.download, name="pack_as"),
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
    path(_PROMISES, commitments.listed, name="commitments"),
    path(f"{_PROMISES}emporter/", commitments.export, name="commitments_file"),
    path(f"{_PROMISES}nouveau/", commitments.promise, name="promise"),
    path(f"{_PROMISES}mon-entreprise/", commitments.own, name="own_commitments"),
    path(_PROMISE, commitments.page, name="commitment"),
    path(f"{_PROMISE}modifier/", commitments.change, name="commitment_change"),
    path(f"{_PROMISE}faire/", commitments.act, name="commitment_act"),
    path(f"{_PROMISE}preuve/", commitments.prove, name="prove"),
    path(f"{_HERE}preuves/<int:pk>/", commitments.judge, name="judge"),
    path(f"{_HERE}preuves/<int:pk>/document/", commitments.document, name="proof_document"),
    path(_ASSESSED, assessing.listed, name="assessments"),
    path(f"{_ASSESSED}repondre/", assessing.assess, name="assess"),
    path(f"{_ASSESSED}<int:pk>/", assessing.page, name="assessment"),
    path(f"{_ASSESSED}<int:pk>/supprimer/", assessing.forget, name="assessment_forget"),
    path(_LETTERS, mailing.listed, name="letters"),
    path(f"{_LETTERS}ecrire/", mailing.write, name="letter_new"),
    path(f"{_LETTERS}<int:pk>/", mailing.page, name="letter"),
    path(f"{_LETTERS}<int:pk>/ecrire/", mailing.write, name="letter_write"),
    path(f"{_LETTERS}<int:pk>/publipostage.csv", mailing.merge, name="letter_merge"),
    path(f"{_HERE}contacts/<int:pk>/lettres/", mailing.ground, name="ground"),
    *everyone(path("accompagner/lettres/stop/<str:token>/", stopping.page, name="stop")),
]
urlpatterns += everyone(path("accueillir/<str:token>/", pack.given, name="given"))
