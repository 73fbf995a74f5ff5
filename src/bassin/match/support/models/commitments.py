"""What a firm promises, what proves it, and what it says of itself: kept apart from its cases."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bassin.match.support.models.processings import MONTHS, wrote
from bassin.match.support.models.promised import Scheme, Unit
from bassin.parties.models import ORIGINS, Organisation, Person
from bassin.parties.privacy.declared import Basis, Hold, Personal, Processing
from bassin.types import Origin, Text

REVIEWED_EVERY = timedelta(days=182)
"""A promise of which nothing was proved nor said for half a year is to be reviewed."""

COMMITMENTS = Processing(
    slug="support_commitments",
    title=Text("Engagements des entreprises", "Commitments of firms"),
    purpose=Text(
        "Suivre ce qu'une entreprise s'est engagée à faire (PAQTE, Plan 10 000 entreprises, « La "
        "France une chance », RSE territoriale) et ce qui en est prouvé.",
        "Follow what a firm promised to do (PAQTE, Plan 10 000 entreprises, “La France une "
        "chance”, territorial CSR) and what of it is proved.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "signataires des entreprises ; personnes qui apportent ou jugent une preuve",
        "people who sign for firms; people who bring or judge a proof",
    ),
    recipients=Text(
        "l'organisation qui tient l'engagement et l'entreprise elle-même ; tout le monde pour la "
        "promesse et ce qui en est prouvé, si l'entreprise l'a voulu",
        "the organisation that keeps the commitment and the firm itself; everyone for the promise "
        "and what of it is proved, if the firm wished so",
    ),
)

_SIREN = RegexValidator(r"^[0-9]{9}$")
_SIRET = RegexValidator(r"^[0-9]{14}$")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Reads of commitments; `permissions_commitments` says which ones somebody reads."""

    def proved(self) -> "CommitmentQuerySet":
        """Each with what its accepted proofs add up to, and the day of its last news."""
        accepted = models.Q(proofs__state=Proof.State.ACCEPTED)
        return self.annotate(
            done=Coalesce(models.Sum("proofs__quantity", filter=accepted), 0),
            proved_on=models.Max("proofs__judged_on", filter=accepted),
            waiting=models.Count("proofs", filter=models.Q(proofs__state=Proof.State.WAITING)),
        )


class Commitment(models.Model):
    """A promise of a firm: how much of what, before which day. Only accepted proofs move it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    siret = models.CharField(_("SIRET"), max_length=14, db_index=True, validators=[_SIRET])
    siren = models.CharField(_("SIREN"), max_length=9, db_index=True, validators=[_SIREN])
    firm_name = models.CharField(_("name of the firm"), max_length=200)
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    scheme = models.CharField(_("scheme"), max_length=12, choices=Scheme)
    pillar = models.CharField(_("pillar"), max_length=12)
    title = models.CharField(_("what the firm promises"), max_length=200)
    target = models.PositiveIntegerField(_("how much"), validators=[MinValueValidator(1)])
    unit = models.CharField(_("of what"), max_length=12, choices=Unit)
    signed_on = models.DateField(_("signed on"))
    due_on = models.DateField(_("before"))
    signatory_name = models.CharField(_("who signed, in the firm"), max_length=120)
    signatory_role = models.CharField(_("function"), max_length=120, blank=True)
    public = models.BooleanField(_("shown to everyone"), default=False)
    agreed_name = models.CharField(_("who agreed to show it"), max_length=120, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    action = models.CharField(_("action of a programme"), max_length=120, blank=True)
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    objects = CommitmentQuerySet.as_manager()

    personal = Personal(
        processing=COMMITMENTS,
        data=Text(
            "qui a signé pour l'entreprise, qui a accepté que ce soit montré ; qui l'a écrit",
            "who signed for the firm, who agreed that it be shown; who wrote it down",
        ),
        holds=(
            Hold(
                find=lambda person: models.Q(pk__in=()),
                what=Text("engagement d'une entreprise", "commitment of a firm"),
                months=MONTHS,
                since="due_on",
                since_words=Text("l'échéance de l'engagement", "the commitment is due"),
            ),
            wrote("by", Text("qui l'a écrit", "who wrote it down"), "signed_on",
                  ("title", "signed_on"), Text("la signature", "the signature")),
        ),
        also=("signatory_name", "agreed_name"),
        unaudited=("signatory_name", "signatory_role", "agreed_name", "firm_name", "siret",
                   "siren", "title", "why"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("commitment")
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("signed_on")),
                name="commitment_is_due_after_it_is_signed",
            ),
            models.CheckConstraint(
                condition=models.Q(public=False)
                | models.Q(agreed_on__isnull=False) & ~models.Q(agreed_name=""),
                name="commitment_is_shown_by_the_firm_s_agreement",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | ~models.Q(why=""),
                name="ended_commitment_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(target__gte=1), name="commitment_promises_something"
            ),
        ]

    def __str__(self) -> str:
        # Journals that others read show this: it names nobody.
        return f"{_('commitment')} {self.pk}"

    def state(self, done: int, today: date) -> str:
        """Where it stands on a day: a code of `promised.STATES`."""
        if self.ended_on is not None:
            return "ended"
        if done >= self.target:
            return "kept"
        return "late" if self.due_on < today else "going"

    def to_review(self, proved_on: date | None, today: date) -> bool:
        """Whether nothing was proved nor said of it for half a year."""
        known = (self.signed_on, self.reviewed_on, proved_on)
        last = max(each for each in known if each is not None)
        return self.ended_on is None and today - last > REVIEWED_EVERY


class Proof(models.Model):
    """A document, or a fact that one states: it counts once somebody else accepted it."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("a document")
        FACT = "fact", _("a fact that one states")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="proofs")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    quantity = models.PositiveIntegerField(_("how much it proves"))
    on = models.DateField(_("done on"))
    text = models.CharField(_("what was done"), max_length=600)
    source = models.CharField(_("who says so"), max_length=200)
    file = models.FileField(_("file"), upload_to="support/proofs/%Y/", blank=True)
    extension = models.CharField(max_length=5, blank=True)
    brought_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    brought_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    brought_on = models.DateField(_("brought on"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    judged_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    judged_on = models.DateField(_("judged on"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)

    personal = Personal(
        processing=COMMITMENTS,
        data=Text(
            "qui a apporté la preuve, qui l'a jugée", "who brought the proof, who judged it"
        ),
        holds=(
            wrote("brought_by", Text("qui l'a apportée", "who brought it"), "brought_on",
                  ("text", "brought_on"), Text("l'apport", "it was brought")),
            wrote("judged_by", Text("qui l'a jugée", "who judged it"), "brought_on",
                  ("judged_on",), Text("l'apport", "it was brought")),
        ),
        unaudited=("text", "source", "why"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("proof")
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(judged_by=None)
                | models.Q(brought_by=None)
                | ~models.Q(judged_by=models.F("brought_by")),
                name="nobody_judges_a_proof_that_they_brought",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", judged_on=None)
                | ~models.Q(state="waiting") & models.Q(judged_on__isnull=False),
                name="judged_proof_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(why=""),
                name="refused_proof_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('proof')} {self.pk}"


class Assessment(models.Model):
    """What a firm says of itself on a day, question by question. It declares, it proves nothing."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("shared with")
    )
    siret = models.CharField(_("SIRET"), max_length=14, db_index=True, validators=[_SIRET])
    siren = models.CharField(_("SIREN"), max_length=9, db_index=True, validators=[_SIREN])
    firm_name = models.CharField(_("name of the firm"), max_length=200)
    version = models.CharField(_("version"), max_length=20)
    answers: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    on = models.DateField(_("answered on"))
    agreed_name = models.CharField(_("who answered, in the firm, and agreed to keep it"),
                                   max_length=120)  # fmt: skip
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=COMMITMENTS,
        data=Text(
            "qui a répondu pour l'entreprise, qui l'a écrit",
            "who answered for the firm, who wrote it down",
        ),
        holds=(
            Hold(
                find=lambda person: models.Q(pk__in=()),
                what=Text("réponses d'une entreprise sur elle-même", "a firm's answers on itself"),
                months=MONTHS,
                since="on",
                since_words=Text("les réponses", "the answers"),
            ),
            wrote("by", Text("qui l'a écrit", "who wrote it down"), "on", ("on",),
                  Text("les réponses", "the answers")),
        ),
        also=("agreed_name",),
        unaudited=("answers", "agreed_name", "firm_name", "siret", "siren"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("self-assessment")
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{_('self-assessment')} {self.pk}"


def facts(found: Commitment, today: date) -> dict[str, Any]:
    """What a page says of where a commitment stands; it was read with `proved()`."""
    done = int(getattr(found, "done", 0))
    return {
        "done": done,
        "state": found.state(done, today),
        "to_review": found.to_review(getattr(found, "proved_on", None), today),
        "waiting": int(getattr(found, "waiting", 0)),
        "percent": min(100, 100 * done // found.target),
    }
