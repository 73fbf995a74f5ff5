"""Addresses of who prepares and runs workshops; none is open to visitors."""

from django.urls import path, register_converter

from bassin.debate.workshops.views import (
    computing,
    editor,
    facilitator,
    loops,
    moderation,
    notes,
    rehearsal,
    series_editing,
    steps,
    tickets,
    translation,
)


class SixDigits:
    """The code of a workshop."""

    regex = "[0-9]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SixDigits, "code")

_ROOM = "debattre/ateliers/<code:code>"
_RUN = f"{_ROOM}/animer"
_PREPARE = f"{_ROOM}/preparer"

RUNNING = [
    path(f"{_RUN}/", facilitator.console, name="run"),
    path(f"{_RUN}/textes/<int:pk>/", moderation.texts, name="texts"),
    path(f"{_RUN}/textes/<int:pk>/decider/", moderation.decide, name="decide_texts"),
    path(f"{_RUN}/billets/", tickets.tickets, name="tickets"),
    path(f"{_RUN}/billets/pdf/", tickets.tickets_pdf, name="tickets_pdf"),
    path(f"{_RUN}/billets/<int:pk>/<slug:name>/", tickets.ticket_deed, name="ticket_deed"),
    path(f"{_RUN}/bulletins/", tickets.papers, name="papers"),
    path(f"{_RUN}/notes/", notes.add, name="add_note"),
    path(f"{_RUN}/notes/<int:pk>/", notes.edit, name="note"),
    path(f"{_RUN}/notes/<int:pk>/retirer/", notes.remove, name="remove_note"),
    path(f"{_RUN}/geste/<slug:name>/", facilitator.deed, name="deed"),
]

PREPARING = [
    path("debattre/ateliers/", editor.mine, name="mine"),
    path("debattre/ateliers/nouveau/", editor.begin, name="begin"),
    path("debattre/ateliers/serie-nouvelle/", series_editing.write, name="begin_series"),
    path("debattre/series/<slug:slug>/modifier/", series_editing.write, name="edit_series"),
    path(f"{_PREPARE}/", editor.prepare, name="prepare"),
    path(f"{_PREPARE}/fiche/", editor.edit, name="edit"),
    path(f"{_PREPARE}/etapes/ajouter/<slug:kind>/", steps.add, name="add_step"),
    path(f"{_PREPARE}/etapes/<int:pk>/", steps.edit, name="edit_step"),
    path(f"{_PREPARE}/etapes/<int:pk>/copier/", steps.copy_statement, name="copy_statement"),
    path(f"{_PREPARE}/etapes/<int:pk>/monter/", editor.sheet_deed, {"name": "up"}, "step_up"),
    path(
        f"{_PREPARE}/etapes/<int:pk>/descendre/", editor.sheet_deed, {"name": "down"}, "step_down"
    ),
    path(
        f"{_PREPARE}/etapes/<int:pk>/retirer/", editor.sheet_deed, {"name": "remove"}, "remove_step"
    ),
    path(f"{_PREPARE}/etapes/<int:pk>/reponses/<slug:answer>/", computing.compute, name="compute"),
    path(f"{_PREPARE}/etapes/<int:pk>/boucle/", loops.loop, name="loop"),
    path(f"{_PREPARE}/reprendre/", steps.reuse, name="reuse"),
    path(f"{_PREPARE}/reprendre/poser/", steps.ask_again, name="ask_again"),
    path(f"{_PREPARE}/traduire/<slug:spoken>/", translation.translate, name="translate"),
    path(f"{_PREPARE}/repeter/", rehearsal.rehearse, name="rehearse"),
    path(f"{_PREPARE}/repetition/", rehearsal.progress, name="rehearsal"),
    path(f"{_PREPARE}/repetition/arreter/", rehearsal.stop, name="stop_rehearsal"),
    path(f"{_PREPARE}/dupliquer/", editor.copy, {"name": "duplicate"}, "duplicate"),
    path(f"{_PREPARE}/suite/", editor.copy, {"name": "following"}, "following"),
    path(f"{_PREPARE}/archiver/", editor.put_away, name="put_away"),
    path(f"{_PREPARE}/ressortir/", editor.bring_back, name="bring_back"),
    path(f"{_PREPARE}/garder/", editor.keep, name="keep"),
    path(f"{_PREPARE}/animateurs/", editor.people, name="people"),
    path(f"{_PREPARE}/animateurs/<int:pk>/retirer/", editor.dismiss, name="dismiss"),
]
