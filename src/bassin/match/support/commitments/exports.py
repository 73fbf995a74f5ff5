"""Commitments as a table: no signatory, no proof, nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from bassin.match.support.models import Commitment
from bassin.match.support.models.commitments import facts
from bassin.match.support.models.promised import STATES, pillar
from bassin.ui.data import safe
from bassin.ui.spreadsheets import MEDIA, table, workbook

FORMS = {"csv": "text/csv; charset=utf-8", **MEDIA}


def columns() -> list[str]:
    """The headings, in their order."""
    return [
        _("commitment"), _("name of the firm"), _("SIRET"), _("commune"), _("scheme"),
        _("pillar"), _("what the firm promises"), _("how much"), _("of what"),
        _("proved and accepted"), _("state"), _("signed on"), _("before"), _("proofs that wait"),
        _("to review"), _("shown to everyone"), _("action of a programme"),
    ]  # fmt: skip


def rows(
    found: Iterable[Commitment], communes: dict[str, str], today: date
) -> list[dict[str, Any]]:  # fmt: skip
    """One row a commitment, under the words of the columns."""
    names, yes = columns(), _("yes")
    return [
        safe(dict(zip(names, _values(each, communes, today, yes), strict=True))) for each in found
    ]


def _values(each: Commitment, communes: dict[str, str], today: date, yes: str) -> list[Any]:
    stands = facts(each, today)
    return [
        each.pk, each.firm_name, each.siret, communes.get(each.commune_code, each.commune_code),
        str(each.get_scheme_display()), pillar(each.scheme, each.pillar), each.title, each.target,
        str(each.get_unit_display()), stands["done"], str(STATES[stands["state"]]),
        each.signed_on.isoformat(), each.due_on.isoformat(), stands["waiting"],
        yes if stands["to_review"] else "", yes if each.public else "", each.action,
    ]  # fmt: skip


def written(form: str, listed: list[dict[str, Any]]) -> bytes:
    """The file, in one of `FORMS`."""
    if form != "csv":
        return workbook(form, {"engagements": table(listed) if listed else [columns()]})
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(listed)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
