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


LABELS = {
    "created_at": Text("ajouté le", "added on"),
    "created": Text("demandé le", "asked on"),
    "last_used_at": Text("utilisé le", "last used on"),
    "last_seen_at": Text("dernière visite", "last visit"),
    "last_login": Text("dernière connexion", "last sign-in"),
    "date_joined": Text("première connexion", "first sign-in"),
    "expire_date": Text("fin de la session", "session ends"),
    "ip": Text("adresse sur le réseau", "network address"),
    "user_agent": Text("navigateur", "browser"),
    "type": Text("genre", "kind"),
    "email": Text("adresse électronique", "e-mail address"),
    "verified": Text("confirmée", "confirmed"),
    "primary": Text("principale", "main"),
    "provider": Text("service de connexion", "sign-in service"),
    "uid": Text("identifiant", "identifier"),
    "timestamp": Text("date", "date"),
    "action": Text("geste", "deed"),
    "content_type": Text("genre de fiche", "kind of record"),
    "archived_at": Text("archivé le", "put away on"),
    "archived_why": Text("raison de l'archivage", "why it was put away"),
    "added_at": Text("ajouté le", "added on"),
    "given_at": Text("donné le", "given on"),
    "withdrawn_at": Text("repris le", "taken back on"),
    "sent_at": Text("envoyée le", "sent on"),
    "expires_at": Text("valable jusqu'au", "valid until"),
    "accepted_at": Text("acceptée le", "accepted on"),
    "siret": Text("SIRET", "SIRET"),
    "reviewed_on": Text("relu le", "reviewed on"),
    "review_text": Text("relecture", "review"),
    "written_at": Text("écrit le", "written on"),
}
"""Words for fields whose model gives none."""

OTHERS: dict[str, Declared] = {
    "account.EmailAddress": Personal(
        name=Text("adresse de connexion", "sign-in address"),
        processing=ACCOUNTS,
        data=Text(
            "adresse électronique, confirmée ou non",
            "e-mail address, confirmed or not",
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
            "son genre, sa date, sa dernière utilisation",
            "its kind, its date, its last use",
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
        data=Text("jeton donné par le service", "token given by the service"),
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
            "navigateur, adresse sur le réseau, dates",
            "browser, network address, dates",
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
        data=Text("fin de la session", "end of the session"),
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
            "messages à envoyer, avec leur adresse",
            "messages to send, with their address",
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
