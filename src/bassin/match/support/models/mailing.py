"""Letters to a selection of firms: who may be written to, what was sent, who wants no more."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.support.models.cases import Contact
from bassin.match.support.models.processings import MONTHS, wrote
from bassin.parties.models import ORIGINS, Organisation, Person
from bassin.parties.privacy.declared import Basis, Hold, Personal, Processing
from bassin.types import Origin, Text

KEPT_MONTHS = 12
"""How long an address is kept beside a letter: to answer who asks why they were written to."""

MAILING = Processing(
    slug="support_mailing",
    title=Text("Lettres aux entreprises", "Letters to firms"),
    purpose=Text(
        "Écrire à des interlocuteurs professionnels d'entreprises suivies, sur un sujet de leur "
        "métier : une aide, une réunion, des travaux. Chacun s'y oppose d'un clic.",
        "Write to the professional contacts of firms that are followed, on a matter of their "
        "trade: an aid, a meeting, works. Each one may object by one click.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("interlocuteurs professionnels des entreprises", "professional contacts of firms"),
    recipients=Text(
        "l'organisation qui écrit et son serveur de messagerie",
        "the organisation that writes, and its mail server",
    ),
)

REFUSALS = Processing(
    slug="support_refusals",
    title=Text("Refus de recevoir des lettres", "Refusals of letters"),
    purpose=Text(
        "Ne plus jamais écrire à qui l'a demandé (RGPD, art. 21).",
        "Never write again to who asked so (GDPR, art. 21).",
    ),
    basis=Basis.LEGAL_DUTY,
    people=Text("personnes qui ont refusé", "people who refused"),
    recipients=Text("personne : une empreinte, sans adresse", "nobody: a digest, no address"),
)


class Reach(models.Model):
    """On what ground a contact may be sent letters; without one, none is sent."""

    class Ground(models.TextChoices):
        TOLD = "told", _("a work address, told at collection that letters may come")
        AGREED = "agreed", _("they agreed")

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="reach")
    ground = models.CharField(_("on what ground"), max_length=8, choices=Ground)
    on = models.DateField(_("since"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    personal = Personal(
        processing=MAILING,
        data=Text(
            "sur quelle base un contact peut recevoir une lettre, depuis quand, noté par qui",
            "on what ground a contact may be sent a letter, since when, noted by whom",
        ),
        holds=(
            Hold(
                find=lambda person: (
                    models.Q(contact__contact_email__iexact=person.email)
                    if person.email
                    else models.Q(pk__in=())
                ),
                what=Text("base d'envoi d'une lettre", "ground of a letter"),
                since_words=Text("la suppression du contact", "the contact is deleted"),
            ),
            wrote("by", Text("qui l'a noté", "who noted it"), "on", ("on",)),
        ),
        audited=False,
    )  # fmt: skip

    class Meta:
        verbose_name = _("ground of letters")

    def __str__(self) -> str:
        return f"{_('ground of letters')} {self.pk}"


class Mailing(models.Model):
    """A letter to a kept selection of firms: written, counted, confirmed, then sent in batches."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        SENDING = "sending", _("leaving")
        SENT = "sent", _("sent off")
        STOPPED = "stopped", _("stopped")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("in the name of")
    )
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    selection = models.CharField(_("selection of firms"), max_length=120)
    selection_name = models.CharField(_("name of the selection"), max_length=200, blank=True)
    purpose = models.CharField(_("what for"), max_length=200)
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("letter"), max_length=8000)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    left_out: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(
        default=dict, blank=True
    )
    written_on = models.DateField(_("written on"))
    confirmed_at = models.DateTimeField(_("confirmed for sending on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=MAILING,
        data=Text("qui a écrit la lettre, qui l'a envoyée", "who wrote the letter, who sent it"),
        holds=(
            Hold(
                find=lambda person: models.Q(pk__in=()),
                what=Text("lettre à des entreprises", "letter to firms"),
                months=MONTHS,
                since="written_on",
                since_words=Text("l'écriture", "it was written"),
            ),
            wrote("author", Text("qui a écrit la lettre", "who wrote the letter"), "written_on",
                  ("subject", "written_on")),
            wrote("confirmed_by", Text("qui a envoyé la lettre", "who sent the letter"),
                  "written_on", ("subject", "confirmed_at")),
        ),
        unaudited=("body", "left_out", "selection_name"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("letter to firms")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="draft", confirmed_at=None)
                | ~models.Q(state="draft") & models.Q(confirmed_at__isnull=False),
                name="a_letter_leaves_once_it_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('letter to firms')} {self.pk}"


class Delivery(models.Model):
    """One message of a letter. It is claimed before it leaves, so that none leaves twice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        LEAVING = "leaving", _("leaving")
        SENT = "sent", _("sent off")
        REFUSED = "refused", _("refused by the mail server")
        UNSURE = "unsure", _("interrupted: it may have left, and is not sent again")
        OPTED_OUT = "opted_out", _("wants no more letters")
        INVENTED = "invented", _("invented: nobody is written to")
        STOPPED = "stopped", _("stopped")

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="deliveries")
    address = models.EmailField(_("e-mail address"))
    digest = models.CharField(max_length=64, db_index=True)
    values: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    at = models.DateTimeField(_("when"))
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=MAILING,
        data=Text(
            "adresse à laquelle une lettre est partie, champs de la lettre, jour",
            "address to which a letter left, fields of the letter, day",
        ),
        holds=(
            Hold(
                address="address",
                what=Text("lettre reçue", "letter received"),
                months=KEPT_MONTHS,
                since="at",
                since_words=Text("l'envoi", "it was sent"),
                show=("at", "state"),
            ),
        ),
        secret=("digest",),
        also=("values",),
        audited=False,
    )

    class Meta:
        verbose_name = _("message of a letter")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mailing", "digest"], name="nobody_is_sent_a_letter_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{_('message of a letter')} {self.pk}"


class OptOut(models.Model):
    """An address that wants no more letters: its digest under our key, never the address."""

    digest = models.CharField(max_length=64, unique=True)
    on = models.DateField(_("since"))

    personal = Personal(
        processing=REFUSALS,
        data=Text(
            "empreinte d'une adresse qui ne veut plus de lettres",
            "digest of an address that wants no more letters",
        ),
        holds=(
            Hold(
                find=lambda person: models.Q(pk__in=()),
                what=Text("refus de recevoir des lettres", "refusal of letters"),
                since_words=Text("la fin du service", "the service ends"),
            ),
        ),
        secret=("digest",),
        audited=False,
    )

    class Meta:
        verbose_name = _("refusal of letters")

    def __str__(self) -> str:
        return f"{_('refusal of letters')} {self.pk}"
