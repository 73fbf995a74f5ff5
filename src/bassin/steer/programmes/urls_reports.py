"""Addresses of reports, bodies, balance sheets, obstacles and calls: part of `urls`."""

from django.urls import path

from bassin.steer.programmes.views import (
    balance,
    bodies,
    calls,
    changes,
    deciding,
    mail,
    manifesto,
    meetings,
    obstacles,
)
from bassin.ui.public import everyone

_FRAMEWORK = "piloter/cadres/<slug:slug>"
_BODY = "piloter/instances/<slug:slug>"
_OBSTACLE = "piloter/obstacles/<int:pk>"
_MEETING = "piloter/reunions/<int:pk>"

patterns = [
    path("piloter/instances/nouvelle/", bodies.create, name="create_body"),
    *everyone(
        path("piloter/compte-rendu/merci/", mail.confirmed, name="confirmed"),
        path("piloter/compte-rendu/<str:token>/", mail.confirm, name="confirm"),
        path("piloter/obstacles/", obstacles.listing, name="obstacles"),
        path("piloter/obstacles/signaler/", obstacles.file, name="file_obstacle"),
        path("piloter/obstacles/merci/", obstacles.filed, name="obstacle_filed"),
        path(f"{_FRAMEWORK}/signataires/", manifesto.listing, name="signatories"),
        path("piloter/instances/", bodies.listing, name="bodies"),
        path(f"{_BODY}/", bodies.detail, name="body"),
        path(f"{_MEETING}/", meetings.detail, name="meeting"),
    ),
    path(f"{_BODY}/modifier/", bodies.edit, name="edit_body"),
    path(f"{_BODY}/rejoindre/", bodies.join, name="join"),
    path(f"{_BODY}/sieges/nouveau/", bodies.seat, name="give_seat"),
    path(f"{_BODY}/sieges/<int:pk>/finir/", bodies.end, name="end_seat"),
    path(f"{_BODY}/sieges/<int:pk>/repondre/", bodies.answer, name="answer_seat"),
    path(f"{_BODY}/reunions/nouvelle/", meetings.call, name="call_meeting"),
    path(f"{_MEETING}/preparer/", meetings.prepare, name="prepare"),
    path(f"{_MEETING}/dossier.<str:extension>", meetings.pack, name="pack"),
    path(f"{_MEETING}/ordre-du-jour/nouvelle-ligne/", meetings.item, name="add_item"),
    path(f"{_MEETING}/ordre-du-jour/<int:line>/retirer/", meetings.remove, name="remove_item"),
    path(f"{_MEETING}/modifier/", changes.move, name="move_meeting"),
    path(f"{_MEETING}/annuler/", changes.cancel, name="cancel_meeting"),
    path(f"{_MEETING}/compte-rendu/", changes.minutes, name="minutes"),
    path(f"{_MEETING}/compte-rendu/ajouter/", changes.keep_minutes, name="keep_minutes"),
    path("piloter/decisions/<int:pk>/remplacer/", changes.supersede, name="supersede"),
    path("piloter/decisions/<int:pk>/preuve/", changes.prove, name="prove"),
    path(f"{_MEETING}/decisions/nouvelle/", meetings.decide, name="decide"),
    path("piloter/decider/", deciding.where, name="where_to_decide"),
    path(f"{_FRAMEWORK}/signataires/<int:pk>/signer/", manifesto.sign, name="sign"),
    path(
        f"{_FRAMEWORK}/signataires/<int:pk>/retirer/", manifesto.withdraw, name="withdraw_signature"
    ),
    path(f"{_FRAMEWORK}/bilan/", balance.detail, name="balance"),
    path(f"{_FRAMEWORK}/bilan.<str:extension>", balance.download, name="balance_file"),
    path(f"{_FRAMEWORK}/suite/", balance.draft, name="next"),
    path("piloter/obstacles/a-traiter/", obstacles.handle, name="handle_obstacles"),
    path(f"{_OBSTACLE}/", obstacles.detail, name="obstacle"),
    path(f"{_OBSTACLE}/transmettre/", obstacles.pass_on, name="pass_on_obstacle"),
    path(f"{_OBSTACLE}/repondre/", obstacles.answer, name="answer_obstacle"),
    path(f"{_OBSTACLE}/publier/", obstacles.publish, name="publish_obstacle"),
    path(f"{_OBSTACLE}/archiver/", obstacles.archive, name="archive_obstacle"),
    path("piloter/appels/", calls.listing, name="calls"),
    path("piloter/appels/nouveau/", calls.write, name="write_call"),
    path("piloter/appels/<int:pk>/", calls.detail, name="call"),
    path("piloter/appels/<int:pk>/modifier/", calls.write, name="edit_call"),
    path("piloter/appels/<int:pk>/actions/<int:action>/", calls.settle, name="settle_call"),
]
