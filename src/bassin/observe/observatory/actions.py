"""What people do with figures: cite one, or keep what a scenario said, for good."""

import hashlib
import json
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from bassin.errors import Refused
from bassin.indicators import export
from bassin.indicators.figure import Figure
from bassin.indicators.scenarios.study import Study
from bassin.indicators.sentences import sentence
from bassin.observe.observatory.models import Citation, Statement
from bassin.types import LANGUAGES
from bassin.ui.shared import exposure as told


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


@transaction.atomic
def state(study: Study, *, release: str, now: datetime) -> Statement:
    """Keep what a declared scenario says of a place; the same answer gives the same statement.

    Raises:
        Refused: a reader changed the assumptions, or the figure is hidden.
    """
    scenario, total = study.scenario, study.total
    if scenario.edited:
        raise Refused(
            _("Only the observatory's own assumptions are kept. Yours are in the address: copy it.")
        )
    if not total.verdict.shown:
        why = total.verdict.reason.fr if total.verdict.reason else ""
        raise Refused(_("This figure is hidden ({why}); there is nothing to keep.").format(why=why))
    made, _created = Statement.objects.get_or_create(
        code=_code_of(study),
        defaults={
            "scenario_id": scenario.id,
            "scenario_version": scenario.version,
            "scenario": {each: scenario.title.say(each) for each in LANGUAGES},
            "shocks": [[s.id, s.low, s.high] for s in scenario.shocks],
            "naf": sorted(scenario.activities()),
            "place_key": study.place.key,
            "place_name": study.place.name,
            "source": study.source.code,
            "period": study.period,
            "origin": study.origin.value,
            "table_version": study.table_version,
            "release": release,
            "low": total.exposed.low,
            "high": total.exposed.high,
            "touched_low": total.touched.low,
            "touched_high": total.touched.high,
            "sentence": {each: _said(study, each) for each in LANGUAGES},
            "said_at": now,
            "due_on": _months_after(now.date(), scenario.horizon_months),
        },
    )
    return made


def _said(study: Study, language: str) -> str:
    with override(language):
        return told.sentence(study, language)


def _code_of(study: Study) -> str:
    scenario = study.scenario
    parts = [
        scenario.id, scenario.version, [[s.id, s.low, s.high] for s in scenario.shocks],
        study.place.key, study.source.code, study.period, study.table_version,
    ]  # fmt: skip
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.blake2s(text.encode(), digest_size=10).hexdigest()


def _months_after(day: date, months: int) -> date:
    """The first of the month that many months later, plus one: the horizon is then over."""
    later = day.year * 12 + day.month + months
    return date(later // 12, later % 12 + 1, 1)
