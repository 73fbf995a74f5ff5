"""Declarations for the tables of the libraries in use: sign-in, sessions, audit, tasks."""

from typing import Any

from django.db.models import Q

from bassin.parties.privacy.declared import Declared, Hold, Nothing, Personal
from bassin.parties.privacy.processings import ACCOUNTS, AUDIT
from bassin.types import Text

_TECHNICAL = Nothing(
    Text("table technique, écrite par le logiciel", "technical table, written by the software"),
    audited=False,
)


def _sessions(person: Any) -> Q:
    """The open sessions of a person, known by those that the account lists."""
    from allauth.usersessions.models import UserSession

    keys = UserSession.objects.filter(user=person).values("session_key")
    return Q(session_key__in=keys)


OTHERS: dict[str, Declared] = {
    "account.EmailAddress": Personal(
        name=Text("adresse de connexion", "sign-in address"),
        processing=ACCOUNTS,
        data=Text(
            "adresse électronique de connexion, confirmée ou non",
            "e-mail address used to sign in, confirmed or not",
        ),
        holds=(Hold(person="user"),),
        also=("email",),
    ),
    "account.EmailConfirmation": Personal(
        name=Text("confirmation d'adresse", "confirmation of an address"),
        processing=ACCOUNTS,
        data=Text("demande de confirmation d'une adresse", "request to confirm an address"),
        holds=(
            Hold(
                find=lambda person: Q(email_address__user=person),
                months=1,
                since="created",
                since_words=Text("la demande", "the request"),
            ),
        ),
        also=("email_address",),
        secret=("key",),
        audited=False,
    ),
    "mfa.Authenticator": Personal(
        name=Text("second facteur", "second factor"),
        processing=ACCOUNTS,
        data=Text(
            "second facteur : son genre, sa date, sa dernière utilisation",
            "second factor: its kind, its date, its last use",
        ),
        holds=(Hold(person="user"),),
        secret=("data",),
        unaudited=("last_used_at",),
    ),
    "socialaccount.SocialAccount": Personal(
        name=Text("compte d'un service de connexion", "account of a sign-in service"),
        processing=ACCOUNTS,
        data=Text(
            "identifiant donné par le service de connexion de l'État ou de l'organisation",
            "identifier given by the sign-in service of the State or of the organisation",
        ),
        holds=(Hold(person="user"),),
        also=("extra_data",),
        unaudited=("extra_data", "last_login"),
    ),
    "socialaccount.SocialToken": Personal(
        name=Text("jeton de connexion", "sign-in token"),
        processing=ACCOUNTS,
        data=Text("jeton du service de connexion", "token of the sign-in service"),
        holds=(Hold(find=lambda person: Q(account__user=person)),),
        secret=("token", "token_secret"),
        audited=False,
    ),
    "socialaccount.SocialApp": Nothing(
        Text("services de connexion, non des personnes", "sign-in services, not people"),
        audited=False,
    ),
    "usersessions.UserSession": Personal(
        name=Text("appareil connecté", "signed-in device"),
        processing=ACCOUNTS,
        data=Text(
            "appareils connectés : navigateur, adresse sur le réseau, dates",
            "signed-in devices: browser, network address, dates",
        ),
        holds=(
            Hold(
                person="user",
                months=3,
                since="last_seen_at",
                since_words=Text("la dernière visite", "the last visit"),
                show=("created_at", "last_seen_at", "ip", "user_agent"),
            ),
        ),
        also=("ip", "user_agent"),
        secret=("session_key", "data"),
        audited=False,
    ),
    "sessions.Session": Personal(
        name=Text("session ouverte", "open session"),
        processing=ACCOUNTS,
        data=Text("sessions ouvertes", "open sessions"),
        holds=(
            Hold(
                find=_sessions,
                months=1,
                since="expire_date",
                since_words=Text("la fin de la session", "the session ends"),
                show=("expire_date",),
            ),
        ),
        secret=("session_key", "session_data"),
        audited=False,
    ),
    "auditlog.LogEntry": Personal(
        name=Text("entrée du journal", "audit entry"),
        processing=AUDIT,
        data=Text(
            "qui a lu ou modifié quelle fiche, quand, et les valeurs modifiées",
            "who read or changed which record, when, and the values changed",
        ),
        holds=(
            Hold(
                person="actor",
                blank={"actor": None, "actor_email": None, "remote_addr": None},
                why=Text(
                    "Le journal garde la trace du changement, sans vous nommer.",
                    "The audit keeps the trace of the change, without naming you.",
                ),
                months=12,
                since="timestamp",
                since_words=Text("la lecture ou la modification", "the read or the change"),
                show=("timestamp", "action", "content_type"),
                ends=True,
            ),
        ),
        also=("actor_email", "remote_addr", "object_repr", "changes"),
        audited=False,
    ),
    "django_tasks_database.DBTaskResult": Personal(
        name=Text("travail différé", "deferred work"),
        processing=ACCOUNTS,
        data=Text(
            "travaux différés, dont les messages à envoyer et leur adresse",
            "deferred work, among which messages to send and their address",
        ),
        holds=(
            Hold(
                find=lambda person: Q(pk__in=()),
                months=1,
                since="finished_at",
                since_words=Text("la fin du travail", "the work ended"),
            ),
        ),
        also=("args_kwargs",),
        audited=False,
    ),
    "contenttypes.ContentType": _TECHNICAL,
    "auth.Permission": _TECHNICAL,
    "auth.Group": _TECHNICAL,
}
