"""Who trains and where: training bodies, and the sites where their courses take place."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.match.skills.models.processings import CAMPUS
from bassin.parties.models import ORIGINS, Archivable, Organisation, Person
from bassin.parties.privacy.declared import Hold, Nothing, Personal
from bassin.parties.privacy.processings import ARCHIVED
from bassin.types import Origin, Text


class Catalogue(models.Model):
    """Where courses come from again and again: the catalogue of a région, a body's own list."""

    class Kind(models.TextChoices):
        CSV = "csv", _("our table (CSV)")
        LHEO = "lheo", _("LHÉO 2.2 (XML), the format of CARIF-OREF")

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("name of the catalogue"), max_length=120)
    kind = models.CharField(_("format"), max_length=5, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("brought by"),
    )  # fmt: skip
    read_on = models.DateField(_("last read on"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Nothing(Text("un catalogue de formations", "a catalogue of courses"))

    class Meta:
        verbose_name = _("catalogue of courses")
        verbose_name_plural = _("catalogues of courses")
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title


class TrainingBody(Archivable):
    """A body that trains. `organisation` is the account that keeps its sites and courses."""

    name = models.CharField(_("name"), max_length=250)
    siret = models.CharField(
        max_length=14, blank=True, db_index=True, validators=[RegexValidator(r"^\d{14}$")]
    )
    activity_number = models.CharField(_("declaration of activity"), max_length=11, blank=True)
    qualiopi = models.BooleanField(_("certified Qualiopi"), null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("kept up to date by"),
    )  # fmt: skip
    commune_code = models.CharField(_("commune of its head office"), max_length=5, blank=True)
    place = models.CharField(_("address of its head office"), max_length=250, blank=True)
    page = models.URLField(_("web page"), max_length=500, blank=True)
    body_telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    body_email = models.EmailField(_("e-mail address"), blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=CAMPUS,
        data=Text("qui a archivé un organisme de formation", "who put a training body away"),
        holds=(ARCHIVED,),
        also=("body_telephone", "body_email"),
    )

    class Meta:
        verbose_name = _("training body")
        verbose_name_plural = _("training bodies")
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Site(Archivable):
    """Where people are trained. Journeys are counted from its commune."""

    body = models.ForeignKey(TrainingBody, models.CASCADE, related_name="sites")
    name = models.CharField(_("name of the site"), max_length=250, blank=True)
    commune_code = models.CharField(
        _("commune"), max_length=5, blank=True, db_index=True,
        validators=[RegexValidator(r"^(\d{2}|2[AB])\d{3}$")],
    )  # fmt: skip
    place = models.CharField(_("address"), max_length=250, blank=True)
    latitude = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    airport_badge = models.BooleanField(
        _("an airport badge is needed to get in"), null=True, blank=True
    )
    stands_there = models.BooleanField(
        _("courses do take place at this address"), null=True, blank=True
    )
    key = models.CharField(max_length=300, blank=True, editable=False, db_index=True)
    edition = models.PositiveIntegerField(default=1, editable=False)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Personal(
        processing=CAMPUS,
        data=Text("qui a archivé un site de formation", "who put a training site away"),
        holds=(ARCHIVED,),
        unaudited=("key",),
    )

    class Meta:
        verbose_name = _("training site")
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name or self.body.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep by what it is found again."""
        self.key = site_key(self.commune_code, self.place, self.name)
        super().save(*args, **kwargs)

    @property
    def is_doubtful(self) -> bool:
        """Whether it may only be the head office of its body: nobody said that courses are there.

        Catalogues often give the address of the head office where that of the course is not known.
        """
        if self.stands_there is not None:
            return not self.stands_there
        head, here = self.body, (self.commune_code, folded(self.place))
        return bool(head.commune_code) and here == (head.commune_code, folded(head.place))


def folded(text: str) -> str:
    """The name of a place as it is compared."""
    from bassin.territory.search import folded  # reads all places: the live part never asks for it

    return folded(text)


def site_key(commune_code: str, place: str, name: str) -> str:
    """By what a site of a body is found again in its next file."""
    return f"{commune_code}|{folded(place) or folded(name)}"[:300]


class CatalogueImport(models.Model):
    """What was read of a catalogue, while a person reviews it: nothing is half written."""

    class State(models.TextChoices):
        OPEN = "open", _("under review")
        WRITTEN = "written", _("written")
        DROPPED = "dropped", _("dropped")

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="imports")
    document = models.CharField(_("file"), max_length=200, blank=True)
    findings = models.BinaryField(default=bytes)
    whole = models.BooleanField(_("all the courses of the catalogue are in it"), default=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    begun_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    begun_on = models.DateField()
    written_on = models.DateField(null=True, blank=True)
    result: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(
        default=dict, blank=True
    )

    personal = Personal(
        processing=CAMPUS,
        data=Text("qui a commencé l'import", "who began the import"),
        holds=(
            Hold(
                person="begun_by",
                months=3,
                since="begun_on",
                since_words=Text("l'import", "the import"),
                show=("document", "begun_on"),
            ),
        ),
        unaudited=("findings",),
    )

    class Meta:
        verbose_name = _("import of courses")
        verbose_name_plural = _("imports of courses")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.catalogue} {self.begun_on}"
