"""Who is who: persons, organisations, the dated roles that link them, invitations and consent.

A person is someone we know; with an e-mail address they can sign in. Nobody has a password.
A role belongs to a membership, is dated, and says nothing once it has ended.
"""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce, Greatest, Lower, TruncDate
from django.utils.translation import gettext_lazy as _

from bassin.parties.privacy.declared import Hold, Nothing, Personal
from bassin.parties.privacy.processings import ACCOUNTS, CONSENTS
from bassin.types import Origin, Text

ORIGINS = [(each.value, each.label.fr) for each in Origin]
"""Where a record comes from: the same three marks as figures, shown wherever it is shown."""


class PersonManager(BaseUserManager["Person"]):
    """Makes persons; none of them ever has a password."""

    def create_user(self, email: str, **fields: Any) -> "Person":
        """A person who signs in with a code sent to that address."""
        person = self.model(email=email.strip().lower(), **fields)
        # An empty password counts as usable, and pages would ask for it.
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone known to the authority. Without an e-mail address, they cannot sign in."""

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fr")
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("known since"), auto_now_add=True)
    seen_on = models.DateField(_("last seen on"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ACCOUNTS,
        data=Text(
            "nom, adresse électronique, téléphone, langue, dates de première et dernière visite",
            "name, e-mail address, telephone, language, dates of the first and last visits",
        ),
        holds=(
            Hold(
                find=lambda person: models.Q(pk=person.pk),
                months=36,
                since=Greatest(
                    Coalesce("seen_on", TruncDate("created_at")),
                    Coalesce(TruncDate("last_login"), TruncDate("created_at")),
                ),
                since_words=Text(
                    "la dernière visite, quand aucun rôle n'est plus tenu",
                    "the last visit, once no role is held any more",
                ),
            ),
            Hold(
                find=lambda person: models.Q(pk=person.pk),
                # Who asked has a main address; those whom others wrote down have none yet.
                among=models.Q(seen_on=None, last_login=None, emailaddress__primary=True)
                & ~models.Q(emailaddress__verified=True),
                what=Text(
                    "compte demandé dont l'adresse n'a jamais été confirmée",
                    "account asked for whose address was never confirmed",
                ),
                months=1,
                since=TruncDate("created_at"),
                since_words=Text("la demande de compte", "the account was asked for"),
            ),
        ),
        also=("email", "name", "telephone"),
        secret=("password",),
        unaudited=("last_login", "seen_on"),
    )

    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="email_in_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email or ""


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads of organisations."""

    def with_members(self, day: date) -> "OrganisationQuerySet":
        """Each with its number of members on a day."""
        held = models.Q(memberships__starts_on__lte=day) & (
            models.Q(memberships__ends_on=None) | models.Q(memberships__ends_on__gte=day)
        )
        people = models.Count("memberships__person", filter=held, distinct=True)
        return self.annotate(members=people)


class Organisation(models.Model):
    """A body that acts: the authority, a commune, a chamber, a firm by its SIRET…"""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("the authority")
        COMMUNE = "commune", _("commune")
        CHAMBER = "chamber", _("chamber")
        FRANCE_TRAVAIL = "france_travail", _("France Travail")
        MISSION_LOCALE = "mission_locale", _("Mission locale")
        PLIE = "plie", _("PLIE")
        TRAINING_BODY = "training_body", _("training body")
        FIRM = "firm", _("firm")
        ASSOCIATION = "association", _("association")
        STATE = "state", _("the State")
        REGION = "region", _("région")
        OTHER = "other", _("other body")

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    short = models.CharField(_("short name"), max_length=60, blank=True)
    siren = models.CharField(max_length=9, blank=True, validators=[RegexValidator(r"^\d{9}$")])
    siret = models.CharField(
        max_length=14, null=True, blank=True, unique=True, validators=[RegexValidator(r"^\d{14}$")]
    )
    commune_code = models.CharField(max_length=5, blank=True)
    page = models.URLField(_("web page"), blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    objects = OrganisationQuerySet.as_manager()

    personal = Nothing(
        Text(
            "organisations, par leur nom et leur identifiant publics",
            "bodies, by their public name and identifier",
        )
    )

    class Meta:
        verbose_name = _("organisation")
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.short or self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of memberships."""

    def on(self, day: date) -> "MembershipQuerySet":
        """Those that hold on a day, both ends included."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day), starts_on__lte=day)


class Membership(models.Model):
    """A person in an organisation, with one role, from one day to another."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("administrator")  # and lets others in
        OFFICER = "officer", _("officer")  # writes for the organisation
        ELECTED = "elected", _("elected official")
        MEMBER = "member", _("member")  # reads what the organisation is shown

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    title = models.CharField(_("function"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    personal = Personal(
        processing=ACCOUNTS,
        data=Text("organisation, rôle, fonction, dates", "organisation, role, function, dates"),
        holds=(
            Hold(
                person="person",
                months=36,
                since="ends_on",
                since_words=Text("la fin du rôle", "the role ends"),
            ),
        ),
        ties=lambda today: models.Q(ends_on=None) | models.Q(ends_on__gte=today),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        ordering: ClassVar = ["organisation", "person", "starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=models.Q(ends_on=None),
                name="one_open_membership_per_role",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} ({self.role})"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def waiting(self) -> "InvitationQuerySet":
        """Those neither used nor taken back; the ones that are too old can be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None).select_related("organisation")


class Invitation(models.Model):
    """A seat offered by e-mail; the link holds a token of which only the digest is kept."""

    email = models.EmailField(_("e-mail address"))
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    role = models.CharField(_("role"), max_length=15, choices=Membership.Role.choices)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    personal = Personal(
        processing=ACCOUNTS,
        data=Text(
            "adresse électronique de la personne invitée, rôle offert, qui l'invite",
            "e-mail address of the person invited, role offered, who invites",
        ),
        holds=(
            Hold(
                address="email",
                what=Text("adresse invitée, rôle offert", "address invited, role offered"),
                months=6,
                since="sent_at",
                since_words=Text("l'envoi", "it was sent"),
            ),
            Hold(person="accepted_by", what=Text("qui l'a acceptée", "who accepted it")),
            Hold(
                person="invited_by",
                what=Text("qui invite", "who invites"),
                blank={"invited_by": None},
                why=Text(
                    "L'invitation est celle d'une autre personne.",
                    "The invitation is another person's.",
                ),
                since_words=Text("la suppression de l'invitation", "the invitation is deleted"),
                show=("role", "sent_at"),
            ),
        ),
        secret=("token_digest",),
    )

    class Meta:
        verbose_name = _("invitation")
        ordering: ClassVar = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"


class Consent(models.Model):
    """What a person agreed to, for one purpose, until they take it back."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=80)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    personal = Personal(
        processing=CONSENTS,
        data=Text(
            "ce qui a été accepté, quand, et quand l'accord a été repris",
            "what was agreed to, when, and when the agreement was taken back",
        ),
        holds=(
            Hold(
                person="person",
                months=60,
                since="withdrawn_at",
                since_words=Text("la reprise de l'accord", "the agreement was taken back"),
            ),
        ),
    )

    class Meta:
        verbose_name = _("consent")
        ordering: ClassVar = ["-given_at"]

    def __str__(self) -> str:
        return f"{self.person} · {self.purpose}"


class Archivable(models.Model):
    """A record that is never deleted: it is put away, with who did it, when and why."""

    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    archived_why = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
