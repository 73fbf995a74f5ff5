"""A case: one need of one firm, project holder or prospect, kept by one organisation."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.support.models.processings import CASES, MONTHS, wrote
from bassin.match.support.models.querysets import CaseQuerySet
from bassin.match.support.models.words import Channel, Need, Outcome, SocialForm, Stage
from bassin.parties.models import ORIGINS, Organisation, Person
from bassin.parties.privacy.declared import Hold, Personal
from bassin.types import Origin, Text

TOLD = (
    "title", "text", "needs", "siret", "siren", "firm_name", "commune_code", "naf_code", "source",
    "woman", "from_qpv", "social_form", "stage", "outcome", "headcount", "channel", "created_on",
    "last_contact_on", "answered_at", "asked_at", "origin", "kind", "jobs_count", "agreement",
)  # fmt: skip
"""What the audit never holds: its journal is read by more people than a case is."""


class Case(models.Model):
    """What an organisation does for a need. Its number says nothing of whom it is about."""

    class Kind(models.TextChoices):
        FIRM = "firm", _("a firm")
        HOLDER = "holder", _("a project holder")
        PROSPECT = "prospect", _("a prospect")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    kind = models.CharField(_("about"), max_length=10, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    adviser = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("lead adviser"),
    )  # fmt: skip
    title = models.CharField(_("the need in a few words"), max_length=160)
    text = models.TextField(_("what was asked"), blank=True, max_length=4000)
    needs: models.JSONField[list[str], list[str]] = models.JSONField(
        _("what for"), default=list, blank=True
    )
    siret = models.CharField(
        _("SIRET"), max_length=14, blank=True, db_index=True,
        validators=[RegexValidator(r"^[0-9]{14}$")],
    )  # fmt: skip
    siren = models.CharField(
        _("SIREN"), max_length=9, blank=True, db_index=True,
        validators=[RegexValidator(r"^[0-9]{9}$")],
    )  # fmt: skip
    firm_name = models.CharField(_("name of the firm or of the project"), max_length=200)
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    naf_code = models.CharField(_("activity"), max_length=6, blank=True)
    headcount = models.PositiveIntegerField(_("people it employs"), null=True, blank=True)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel, blank=True)
    source = models.CharField(_("comes from"), max_length=120, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, blank=True)
    jobs_count = models.PositiveIntegerField(_("jobs planned"), null=True, blank=True)
    social_form = models.CharField(_("social form"), max_length=12, choices=SocialForm, blank=True)
    woman = models.BooleanField(_("led by a woman"), null=True, blank=True)
    from_qpv = models.BooleanField(
        _("the holder lives in a priority neighbourhood"), null=True, blank=True
    )
    agreement = models.CharField(_("under which agreement"), max_length=80, blank=True)
    created_on = models.DateField(_("firm created on"), null=True, blank=True)

    asked_at = models.DateTimeField(_("asked on"))
    answered_at = models.DateTimeField(_("first answer"), null=True, blank=True)
    last_contact_on = models.DateField(_("last contact"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    objects = CaseQuerySet.as_manager()

    personal = Personal(
        processing=CASES,
        data=Text("conseiller référent", "lead adviser"),
        holds=(
            Hold(
                find=lambda person: (
                    models.Q(contacts__contact_email__iexact=person.email)
                    if person.email
                    else models.Q(pk__in=())
                ),
                what=Text("dossier dont vous êtes le contact", "case of which you are a contact"),
                blank={"text": "", "woman": None, "from_qpv": None},
                why=Text(
                    "Le dossier de l'entreprise reste à l'organisation qui le tient ; ce qui vous "
                    "décrit en est retiré.",
                    "The firm's case stays with the organisation that keeps it; what describes "
                    "you is taken off it.",
                ),
                months=MONTHS,
                since="last_contact_on",
                since_words=Text("le dernier contact", "the last contact"),
                show=("title", "text", "firm_name", "asked_at", "last_contact_on", "state"),
                ends=True,
            ),
            wrote("adviser", Text("conseiller référent", "lead adviser"), "last_contact_on",
                  ("asked_at",), Text("le dernier contact", "the last contact")),
        ),
        unaudited=TOLD,
    )  # fmt: skip

    class Meta:
        verbose_name = _("case")
        ordering: ClassVar = ["-last_contact_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="open", outcome="", closed_on=None)
                | models.Q(state="closed", closed_on__isnull=False) & ~models.Q(outcome=""),
                name="closed_case_says_its_outcome",
            ),
        ]

    def __str__(self) -> str:
        # Journals and lists that others read show this: it names nobody.
        return f"{_('case')} {self.pk}"

    @property
    def reference(self) -> str:
        """How other systems point at it."""
        return f"support:case:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state == self.State.OPEN

    @property
    def need_labels(self) -> list[str]:
        """What it is for, in words."""
        return [str(Need(each).label) for each in self.needs if each in Need.values]


class Contact(models.Model):
    """Somebody to call about a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="contacts")
    contact_name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=120, blank=True)
    contact_telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)

    personal = Personal(
        processing=CASES,
        data=Text(
            "nom, fonction, téléphone, adresse électronique de la personne à joindre",
            "name, function, telephone, e-mail address of the person to reach",
        ),
        holds=(
            Hold(
                address="contact_email",
                what=Text("personne à joindre", "person to reach"),
                since_words=Text("la suppression du dossier", "the case is deleted"),
            ),
        ),
        also=("contact_name", "contact_telephone"),
        audited=False,
    )

    class Meta:
        verbose_name = _("contact of a case")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{_('contact')} {self.pk}"


class Lead(models.Model):
    """Who led a case, from which day: the history stays when an adviser leaves."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="leads")
    adviser = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    since_on = models.DateField(_("since"))
    why = models.CharField(_("why"), max_length=300, blank=True)

    personal = Personal(
        processing=CASES,
        data=Text("conseillers référents d'un dossier", "lead advisers of a case"),
        holds=(
            wrote("adviser", Text("conseiller référent", "lead adviser"), "since_on",
                  ("since_on",)),
        ),
        unaudited=("why",),
    )  # fmt: skip

    class Meta:
        verbose_name = _("lead of a case")
        ordering: ClassVar = ["-since_on", "-pk"]

    def __str__(self) -> str:
        return f"{_('case')} {self.case_id}"
