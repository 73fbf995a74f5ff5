"""Records that several systems use: each is born here, once.

They refer to places and firms by official codes (`commune_code`, `siret`), and to records of other
systems by a reference `system:kind:id`.
"""

from typing import Any, ClassVar
from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Cast, Concat
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS, Archivable, Organisation, Person
from bassin.parties.privacy.declared import Basis, Hold, Nothing, Personal, Processing
from bassin.parties.privacy.processings import ARCHIVED, ARCHIVING
from bassin.types import Origin, Text

HIRES = Processing(
    slug="hires",
    title=Text("Embauches comptées une fois", "Hires counted once"),
    purpose=Text(
        "Compter une seule fois chaque embauche que plusieurs services ont aidée, sans savoir de "
        "qui il s'agit.",
        "Count once each hire that several services helped, without knowing whose it is.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("personnes embauchées, jamais nommées", "people hired, never named"),
    recipients=Text(
        "les agents de la collectivité ; le public, par totaux d'au moins 5",
        "the authority's officers; the public, by totals of at least 5",
    ),
)


class Visibility(models.TextChoices):
    """Who may see a record."""

    PUBLIC = "public", _("public")
    PARTNERS = "partners", _("partners")
    INTERNAL = "internal", _("the authority's own officers")


class Document(models.Model):
    """A file, or the address of one, attached to any record by its reference."""

    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to="documents/%Y/", null=True, blank=True)
    url = models.URLField(_("address"), blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    reference = models.CharField(max_length=120, blank=True, db_index=True)
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    visibility = models.CharField(
        _("who sees it"), max_length=10, choices=Visibility, default=Visibility.INTERNAL
    )
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a ajouté le document", "who added the document"),
        holds=(
            Hold(
                person="added_by",
                blank={"added_by": None},
                why=Text(
                    "Le document est celui de la collectivité ; votre nom en est retiré.",
                    "The document is the authority's; your name is taken off it.",
                ),
                months=60,
                since="added_at",
                since_words=Text("l'ajout", "it was added"),
                show=("title", "added_at"),
            ),
        ),
    )

    class Meta:
        verbose_name = _("document")
        ordering: ClassVar = ["-added_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(url="") | (~models.Q(file="") & ~models.Q(file=None)),
                name="document_has_a_file_or_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Operation(Archivable):
    """A development project or a great project: where, who leads, how far, what floor space."""

    class Kind(models.TextChoices):
        GREAT_PROJECT = "great_project", _("great project")
        DEVELOPMENT = "development", _("development project")

    class Phase(models.TextChoices):
        STUDY = "study", _("study")
        DESIGN = "design", _("design")
        WORKS = "works", _("works")
        DELIVERED = "delivered", _("delivered")
        UNKNOWN = "unknown", _("not said")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, default=Phase.UNKNOWN)
    phase_on = models.DateField(_("phase known on"), null=True, blank=True)
    lead = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="operations"
    )
    commune_codes = models.JSONField(_("communes"), default=list, blank=True)
    text = models.TextField(_("description"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    visibility = models.CharField(
        _("who sees it"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a archivé l'opération", "who put the operation away"),
        holds=(ARCHIVED,),
    )

    class Meta:
        verbose_name = _("operation")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Perimeter(models.Model):
    """The outline of an operation as decided on a day; the next one ends it."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="perimeters")
    valid_from = models.DateField(_("since"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    geometry = models.JSONField(_("outline (GeoJSON, WGS 84)"))
    source = models.CharField(_("source"), max_length=300)

    personal = Nothing(Text("contour d'une opération", "outline of an operation"))

    class Meta:
        verbose_name = _("perimeter")
        ordering: ClassVar = ["operation", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation", "valid_from"], name="one_perimeter_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.valid_from}"


class FloorSpace(models.Model):
    """What an operation is to build: one use, its square metres, planned and delivered."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="floors")
    use = models.CharField(_("use"), max_length=60)
    planned_m2 = models.PositiveIntegerField(_("planned (m²)"), null=True, blank=True)
    delivered_m2 = models.PositiveIntegerField(_("delivered (m²)"), null=True, blank=True)
    delivery_on = models.DateField(_("delivery"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    personal = Nothing(Text("surfaces d'une opération", "floor space of an operation"))

    class Meta:
        verbose_name = _("floor space")
        ordering: ClassVar = ["operation", "use"]

    def __str__(self) -> str:
        return f"{self.operation}: {self.use}"


class Event(Archivable):
    """One line of the one agenda."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)  # its name in calendars
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    text = models.TextField(_("description"), blank=True)
    text_en = models.TextField(_("description in English"), blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    whole_day = models.BooleanField(_("no hour said"), default=False)
    place = models.CharField(_("place"), max_length=200, blank=True)
    commune_code = models.CharField(max_length=5, blank=True)
    organiser = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="events"
    )
    reference = models.CharField(max_length=120, blank=True, db_index=True)
    url = models.URLField(_("address"), blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    visibility = models.CharField(
        _("who sees it"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)  # RFC 5545 §3.8.7.4
    changed_at = models.DateTimeField(auto_now=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a archivé l'événement", "who put the event away"),
        holds=(ARCHIVED,),
        unaudited=("changed_at", "sequence"),
    )

    class Meta:
        verbose_name = _("event")
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")),
                name="event_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """Its title in the reader's language; as it was written where it has no English."""
        return Text(self.title, self.title_en).say((get_language() or "fr")[:2])


class Placement(models.Model):
    """A hire, counted once, whatever the number of systems that helped. Names nobody.

    `token` is an opaque identifier made by the system that follows the person; it cannot be turned
    back into a person from here.
    """

    token = models.CharField(max_length=64, unique=True)
    hired_on = models.DateField(_("hired on"))
    employer_siret = models.CharField(max_length=14, validators=[RegexValidator(r"^\d{14}$")])
    rome_code = models.CharField(max_length=5, blank=True)
    contract = models.CharField(_("contract"), max_length=40, blank=True)
    resident_commune_code = models.CharField(max_length=5, blank=True)
    from_qpv = models.BooleanField(_("lives in a priority neighbourhood"), null=True)
    references = models.JSONField(default=list, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=HIRES,
        data=Text(
            "une embauche sous un jeton : date, employeur, métier, commune et quartier",
            "a hire under a token: date, employer, trade, commune and neighbourhood",
        ),
        holds=(
            Hold(
                find=lambda person: models.Q(pk__in=()),
                blank={
                    "token": Concat(
                        models.Value("forgotten-"), Cast("pk", models.CharField(max_length=20))
                    ),
                    "resident_commune_code": "",
                    "from_qpv": None,
                    "references": [],
                },
                why=Text(
                    "Le nombre d'embauches d'une année passée reste juste.",
                    "The number of hires of a past year stays right.",
                ),
                months=72,
                since="hired_on",
                since_words=Text("l'embauche", "the hire"),
            ),
        ),
        also=("token",),
        audited=False,
    )

    class Meta:
        verbose_name = _("placement")
        ordering: ClassVar = ["-hired_on", "pk"]

    def __str__(self) -> str:
        return f"{self.employer_siret} {self.hired_on}"


class PairingWeight(models.Model):
    """What the authority decided that a criterion counts for, from a day on; never changed after.

    A decision is one line for each signal of a pairing, written together.
    """

    pairing = models.CharField(max_length=80, db_index=True)
    criterion = models.CharField(max_length=40)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2)
    valid_from = models.DateField(_("from"))
    why = models.CharField(_("why"), max_length=300)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("written on"))

    personal = Personal(
        processing=ARCHIVING,
        data=Text("qui a fixé le poids d'un critère", "who set the weight of a criterion"),
        holds=(
            Hold(
                person="decided_by",
                blank={"decided_by": None},
                why=Text(
                    "La décision est celle de la collectivité ; votre nom en est retiré.",
                    "The decision is the authority's; your name is taken off it.",
                ),
                months=60,
                since="decided_at",
                since_words=Text("la décision", "the decision"),
                show=("pairing", "criterion", "weight", "valid_from"),
            ),
        ),
    )

    class Meta:
        verbose_name = _("weight of a criterion")
        ordering: ClassVar = ["-valid_from", "-decided_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(weight__gte=0), name="weight_from_zero")
        ]

    def __str__(self) -> str:
        return f"{self.pairing} {self.criterion} {self.weight}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once."""
        if not self._state.adding:
            raise ValueError("A decision is never changed: write another one.")
        super().save(*args, **kwargs)
