"""Who may report an error on an establishment, and who decides."""

from datetime import date

from bassin.observe.companies.models import Correction
from tests.parties.test_matrix import Case

ALL = "awa bruno chloe dan eve visitor"


def _reported_by(name: str = ""):
    def make(people) -> Correction:
        return Correction(
            siret="00000000000000", column="naf_code", value="25.62B", quality="officer",
            reported_by=getattr(people, name) if name else None, reported_on=date(2026, 11, 26),
        )  # fmt: skip

    return make


PERMISSIONS = {
    "can_list_procedures": [Case("any firm", yes="awa")],
    "can_report": [Case("any establishment", yes=ALL)],
    "can_moderate": [
        Case("the list", yes="awa"),
        Case("what a visitor reported", _reported_by(), yes="awa"),
        Case("what Awa reported herself", _reported_by("awa"), yes=""),
        Case("what Bruno reported", _reported_by("bruno"), yes="awa"),
    ],
}
