"""The very-high-speed network: sites, links, capacity, cost."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bassin.parties.models import ORIGINS
from bassin.parties.privacy.declared import Nothing
from bassin.types import Origin, Text


class Network(models.Model):
    """One network, with what its payback is computed from; an amount not known is null."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("description"), blank=True)
    capex_eur = models.DecimalField(
        _("investment (€)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    subsidy_pct = models.DecimalField(
        _("share subsidised (%)"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    old_invoices_eur = models.DecimalField(
        _("yearly invoices before (€)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    new_costs_eur = models.DecimalField(
        _("yearly costs with the network (€)"),
        max_digits=12, decimal_places=2, null=True, blank=True,
    )  # fmt: skip
    source = models.CharField(_("source"), max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Nothing(Text("un réseau", "a network"))

    class Meta:
        verbose_name = _("network")
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title


class Site(models.Model):
    """A building on the network; `core` ones are where it meets the rest of the world."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="sites")
    code = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    commune_code = models.CharField(max_length=5, blank=True)
    core = models.BooleanField(_("core of the network"), default=False)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Nothing(Text("un bâtiment public", "a public building"))

    class Meta:
        verbose_name = _("site")
        ordering: ClassVar = ["network", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "code"], name="one_site_per_code")
        ]

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """A fibre between two sites; two links between the same sites are two separate paths."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="links")
    code = models.SlugField(max_length=60)
    one = models.ForeignKey(Site, models.CASCADE, related_name="+")
    other = models.ForeignKey(Site, models.CASCADE, related_name="+")
    in_service = models.BooleanField(_("in service"), default=True)
    length_m = models.PositiveIntegerField(_("length (m)"), null=True, blank=True)
    capacity_mbps = models.PositiveIntegerField(_("capacity (Mb/s)"), null=True, blank=True)
    traffic_p95_mbps = models.PositiveIntegerField(
        _("traffic, 95th percentile (Mb/s)"), null=True, blank=True
    )
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REAL.value)

    personal = Nothing(Text("une fibre", "a fibre"))

    class Meta:
        verbose_name = _("link")
        ordering: ClassVar = ["network", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "code"], name="one_link_per_code"),
            models.CheckConstraint(
                condition=~models.Q(one=models.F("other")), name="link_joins_two_sites"
            ),
        ]

    def __str__(self) -> str:
        return self.code
