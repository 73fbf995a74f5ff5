"""The live part: everything that moves while people answer, apart from the pages.

    GET  /live/workshops/<code>/state    what the room sees, as JSON with an ETag
    GET  /live/workshops/<code>/events   the same each time it changes, as server-sent events
    POST /live/workshops/<code>/join     take a ticket (`group`), or use a printed one (`token`)
    POST /live/workshops/<code>/vote     answer (`round`, and the fields of the answer)

`?lang=` chooses the language. The state is {"revision", "state", "step", "round": {"id", "state",
"number"} or null, "html"}: an event named `state` carries it whole. `?key=` (`devices.screen_key`)
adds events named `count` for whoever runs the workshop: {"round", "people"}, "answers" while a
question runs, and the "results" so far when the secrecy of the workshop is « open ».

The ticket is a cookie that scripts cannot read (`devices.py`). A plain form that was taken is sent
back to the participant's page (303). A script, which asks for JSON or sends it, receives
{"verdict", "message", "receipt", "round"} with 200, 403, 409, 413, 422, 503 or 507. What is told as
recorded is on the disk.
"""

from bassin.debate.workshops.live.app import application, ending

__all__ = ["application", "ending"]
