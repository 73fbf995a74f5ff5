"""Votes: who may answer, who did, and what was answered, never in one row.

A ticket opens the vote. A participation says who took part in a round, without the answer. A
ballot holds an answer under a key made from the ticket and the round's secret. Closing the round
destroys the secret and writes the ballots again, shuffled, under fresh random receipts: from then
on nobody can tell whose a ballot is (steer-debate, 4).
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.debate.workshops.models.workshops import Step, Workshop
from bassin.parties.privacy.declared import Basis, Hold, Nothing, Personal, Processing
from bassin.types import Text

VOTES = Processing(
    slug="votes",
    title=Text("Votes des ateliers", "Votes in workshops"),
    purpose=Text(
        "Compter une fois la réponse de chaque participant, sans pouvoir dire qui a répondu quoi.",
        "Count each participant's answer once, without being able to tell who answered what.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("participants, jamais nommés", "participants, never named"),
    recipients=Text(
        "personne pendant le vote ; ensuite, par totaux d'au moins 5",
        "nobody during the vote; then, by totals of at least 5",
    ),
)
_BALLOT = Nothing(
    Text(
        "réponses sans auteur : la clé qui y menait est détruite à la clôture",
        "answers without an author: the key that led there is destroyed at close",
    ),
    audited=False,
)


class Round(models.Model):
    """A statement put to the vote once; a second round after debate shows what moved."""

    class State(models.TextChoices):
        PENDING = "pending", _("not open yet")
        OPEN = "open", _("open")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")
        REVEALED = "revealed", _("shown")
        VOID = "void", _("void")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="rounds")
    step = models.ForeignKey(Step, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PENDING)
    seed = models.PositiveIntegerField(editable=False)  # of the order in which options are shown
    secret = models.BinaryField(max_length=32, null=True, editable=False)
    # The question as it was asked, frozen at opening, so that a later edit changes no result.
    asked = models.JSONField(default=dict, editable=False)
    results = models.JSONField(null=True, editable=False)
    ballots_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    void_why = models.CharField(max_length=300, blank=True, editable=False)

    personal = Nothing(
        Text("une question mise au vote", "a question put to the vote"), unaudited=("secret",)
    )

    class Meta:
        verbose_name = _("round of a vote")
        ordering: ClassVar = ["workshop", "step", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "number"], name="one_round_per_number"),
            models.UniqueConstraint(
                fields=["workshop"],
                condition=models.Q(state__in=["open", "paused"]),
                name="one_open_round_per_workshop",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} · {self.number}"

    @property
    def live_secret(self) -> bytes:
        """The secret while the round runs; empty once it was destroyed."""
        return bytes(self.secret or b"")


class Ticket(models.Model):
    """What lets one device, paper or proxy answer. Holds the digest of its token only."""

    class Channel(models.TextChoices):
        QR = "qr", _("code or QR")
        PRINTED = "printed", _("printed ticket")
        ROSTER = "roster", _("list of attendance")
        PROXY = "proxy", _("proxy")
        PAPER = "paper", _("paper ballot")

    class State(models.TextChoices):
        ISSUED = "issued", _("issued")
        CLAIMED = "claimed", _("in use")
        REVOKED = "revoked", _("revoked")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="tickets")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    number = models.PositiveIntegerField(null=True, blank=True)  # printed on the ticket
    group = models.CharField(_("group"), max_length=60, blank=True)
    channel = models.CharField(_("channel"), max_length=7, choices=Channel, default=Channel.QR)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.ISSUED)
    issued_on = models.DateField()

    personal = Personal(
        processing=VOTES,
        data=Text(
            "un jeton sans nom, un groupe déclaré, l'usage d'un billet",
            "a token without a name, a group said, the use of a ticket",
        ),
        holds=(
            Hold(
                find=lambda person: models.Q(pk__in=()),
                months=12,
                since="issued_on",
                since_words=Text("la remise du billet", "the ticket was handed out"),
            ),
        ),
        secret=("token_hash",),
        also=("group",),
        audited=False,
    )

    class Meta:
        verbose_name = _("ticket")
        ordering: ClassVar = ["workshop", "number", "pk"]

    def __str__(self) -> str:
        return f"{self.workshop} · {self.number or self.pk}"


class Participation(models.Model):
    """That a ticket took part in a round, at which minute; never with what answer."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="participations")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="participations")
    voted_at = models.DateTimeField()  # cut to the minute

    personal = Personal(
        processing=VOTES,
        data=Text("qu'un jeton a répondu, à la minute", "that a token answered, to the minute"),
        holds=(
            Hold(
                find=lambda person: models.Q(pk__in=()),
                months=12,
                since="voted_at",
                since_words=Text("la réponse", "the answer"),
            ),
        ),
        audited=False,
    )

    class Meta:
        verbose_name = _("participation")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "ticket"], name="one_participation_per_ticket")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} · {self.ticket_id}"


class Ballot(models.Model):
    """One answer. `key` is made from the ticket and the round's secret until the round closes,
    then random: the receipt under which it is published."""

    key = models.CharField(max_length=64, primary_key=True)
    round = models.ForeignKey(Round, models.CASCADE, related_name="ballots")
    answer = models.JSONField()
    group = models.CharField(max_length=60, blank=True)

    personal = _BALLOT

    class Meta:
        verbose_name = _("ballot")
        ordering: ClassVar = ["round", "key"]

    def __str__(self) -> str:
        return self.key[:8]


class Expression(models.Model):
    """What was decided about a word or a text that people wrote: shown or not, merged, grouped.

    Counts are never kept here: they come from the ballots.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("to read")
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("not shown")

    round = models.ForeignKey(Round, models.CASCADE, related_name="expressions")
    key = models.CharField(max_length=64)  # digest of the text without case, accents and spaces
    label = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.PENDING)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    theme = models.CharField(_("theme"), max_length=120, blank=True)
    why = models.CharField(_("why it is not shown"), max_length=200, blank=True)

    personal = _BALLOT

    class Meta:
        verbose_name = _("text written by participants")
        ordering: ClassVar = ["round", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "key"], name="one_expression_per_key")
        ]

    def __str__(self) -> str:
        return self.label[:60]
