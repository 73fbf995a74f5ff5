"""A portfolio as the table that people like: their columns, in their order, and nothing run."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from bassin.match.support.models import Case
from bassin.ui.data import safe
from bassin.ui.spreadsheets import MEDIA, table, workbook

COLUMNS: dict[str, Any] = {
    "pk": _("case"),
    "kind": _("case of"),
    "firm_name": _("name of the firm or of the project"),
    "siret": _("SIRET"),
    "siren": _("SIREN"),
    "commune": _("commune"),
    "title": _("the need in a few words"),
    "needs": _("what for"),
    "stage": _("stage"),
    "adviser": _("lead adviser"),
    "asked_on": _("asked on"),
    "answered_on": _("first answer"),
    "last_contact_on": _("last contact"),
    "state": _("state"),
    "outcome": _("what came of it"),
    "contact_name": _("whom to ask for"),
    "contact_telephone": _("telephone"),
    "contact_email": _("e-mail address"),
    "text": _("what was asked"),
}
FORMS = {"csv": "text/csv; charset=utf-8", **MEDIA}


def rows(
    cases: Iterable[Case], columns: Sequence[str], communes: dict[str, str]
) -> list[dict[str, Any]]:
    """One row a case, under the words of the columns."""
    return [
        safe({str(COLUMNS[name]): _value(case, name, communes) for name in columns})
        for case in cases
    ]


def _value(case: Case, name: str, communes: dict[str, str]) -> Any:
    if name in ("kind", "stage", "state", "outcome"):
        return str(getattr(case, f"get_{name}_display")())
    if name.startswith("contact_"):
        first = next(iter(case.contacts.all()), None)
        return getattr(first, name) if first else ""
    told: dict[str, Any] = {
        "commune": communes.get(case.commune_code, case.commune_code),
        "needs": ", ".join(case.need_labels),
        "adviser": str(case.adviser or ""),
        "asked_on": case.asked_at.date().isoformat(),
        "answered_on": case.answered_at.date().isoformat() if case.answered_at else "",
        "last_contact_on": case.last_contact_on.isoformat(),
    }
    return told[name] if name in told else getattr(case, name)


def written(form: str, listed: list[dict[str, Any]], columns: Sequence[str]) -> bytes:
    """The file, in one of `FORMS`."""
    titles = [str(COLUMNS[name]) for name in columns]
    if form != "csv":
        return workbook(form, {"dossiers": table(listed) if listed else [titles]})
    out = io.StringIO()
    writer = csv.DictWriter(out, titles, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(listed)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
