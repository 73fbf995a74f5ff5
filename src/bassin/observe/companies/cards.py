"""What the firms have to say of a place: how many are open, how many people they employ."""

from django.urls import reverse
from django.utils.http import urlencode

from bassin.errors import Refused
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.standing import standing
from bassin.systems import Card
from bassin.taxonomies import headcounts
from bassin.types import Text
from bassin.ui.opened import house

TITLE = Text("Entreprises", "Firms")


def place(key: str, language: str) -> Card | None:
    """The open establishments of a place and their staff, an interval; None without any."""
    opened = house()
    if not opened.reader.has(TABLE):
        return None
    try:
        where = opened.territory.place(key)
    except Refused:
        return None
    codes = list(where.communes)
    if not codes:
        return None
    rows = opened.reader.rows(
        f"SELECT headcount_band, count(*), count(*) FILTER (is_employer) FROM {TABLE} "
        "WHERE state = 'A' AND commune_code IN (SELECT unnest(?)) GROUP BY headcount_band",
        [codes],
    )
    total = headcounts.counted({band: held for band, held, _employers in rows})
    employers = sum(each for _band, _held, each in rows)
    if not total.units_count:
        return None
    context = {
        "total": total,
        "employers": employers,
        "standing": standing(opened, language),
        "url": f"{reverse('companies:home')}?{urlencode({'lieu': where.key})}",
    }
    return Card("companies", TITLE, "companies/_place_card.html", context, order=30)
