"""What people do with figures: cite one, so that its link keeps showing the same number."""

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators import export
from bassin.indicators.figure import Figure
from bassin.indicators.sentences import sentence
from bassin.observe.observatory.models import Citation
from bassin.types import LANGUAGES


def code_of(figure: Figure) -> str:
    """The digest of what is shown: indicator and version, place, period, data version, value."""
    observed = figure.observation
    parts = [
        observed.indicator, observed.version, observed.place.key, observed.period,
        observed.table_version, observed.value, observed.upper, observed.status,
    ]  # fmt: skip
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.blake2s(text.encode(), digest_size=10).hexdigest()


@transaction.atomic
def cite(figure: Figure, *, release: str, now: datetime) -> Citation:
    """Freeze a figure; the same figure gives the same citation.

    Raises:
        Refused: it has no value, so there is nothing to cite.
    """
    observed = figure.observation
    if observed.value is None:
        why = observed.why.fr if observed.why else ""
        raise Refused(
            _("“{label}” has no value here ({why}); there is nothing to cite.").format(
                label=figure.label.fr, why=why
            )
        )
    made, _created = Citation.objects.get_or_create(
        code=code_of(figure),
        defaults={
            "indicator": observed.indicator,
            "indicator_version": observed.version,
            "place_key": observed.place.key,
            "period": observed.period,
            "table_version": observed.table_version,
            "release": release,
            "value": observed.value,
            "figure": {language: export.figure(figure, language) for language in LANGUAGES},
            "sentence": {language: sentence(figure, language) for language in LANGUAGES},
            "cited_at": now,
        },
    )
    return made
