"""What a filter does not know, or what makes no sense, is refused with what to do."""

from datetime import date

import pytest
from django.http import QueryDict

from bassin.commons.models import Operation, Perimeter
from bassin.errors import Refused
from bassin.observe.companies.finding import find
from bassin.observe.companies.selection import Selection
from bassin.observe.companies.tests.drawing import drawn_rows
from bassin.taxonomies import siret

TODAY = date(2026, 11, 20)
SQUARE = "2.35,48.75;2.42,48.75;2.42,48.80;2.35,48.80;2.35,48.75"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("lieu=commune:00000", "commune:00000"),
        ("lieu=iris:940810101", "iris"),
        ("qpv=QN00000Z", "QN00000Z"),
        ("naf=99.99Z", "99.99Z"),
        ("naf2025=99.99Z", "99.99Z"),
        ("naf=' OR 1=1 --", "OR 1=1"),
        ("perimetre=magic", "There are: .*industry"),
        ("domaine=none:such", "none:such"),
        ("effectif=dix", "10-49"),
        ("effectif=49-10", "10-49"),
        ("effectif=1-9&effectif=10-19", "given 2 times"),
        ("forme=xx", "xx"),
        ("&".join(f"naf={n}" for n in range(101)), "100 values at most"),
        ("forme=4999", "4999"),
        ("ess=peut-etre", "Give “oui” or “non”"),
        ("siege=1", "Give “oui” or “non”"),
        ("insertion=ZZ", "ACI"),
        ("creee=hier", "2019..2021"),
        ("creee=2021..2019", "2019..2021"),
        ("creee=2021-02-30..", "2019..2021"),
        ("creee=10-3ans", "Give ages"),
        ("fermee=2021", "2019..2021"),
        ("demenage=non", "arrivee"),
        ("procedure=faillite", "liquidation"),
        ("offres=non", "oui"),
        ("etat=Z", "tous"),
        ("zone=abc", "Give its points"),
        ("zone=2.35,48.75;2.42,48.75;2.42,48.80", "not closed"),
        ("zone=2.35,48.75;2.42,48.80;2.42,48.75;2.35,48.80;2.35,48.75", "crosses itself"),
        ("zone=0,0;90,0;90,80;0,80;0,0", "its area"),
        ("zone=2,48;2.00005,48;2.00005,48.00005;2,48", "its area"),
        ("zone=200,48;2,48;2,49;200,48", "not on Earth"),
        ("zone=" + ";".join(["2.0,48.0"] * 202), "200 at most"),
        ("rayon=500", "500@gares"),
        ("rayon=5@2.4,48.8", "from 10 to 50000"),
        ("rayon=500@siret:12345678901234", "Luhn"),
        ("rayon=500@siret:73282932000074", "No establishment loaded here"),
        ("rayon=500@gares", "Stations are not loaded here"),
        ("rayon=500@400,48.8", "500@gares"),
        ("operation=unheard-of", "unheard-of"),
    ],
)
def test_a_hostile_or_mistaken_filter_gets_a_sentence(many, db, query, said):
    with pytest.raises(Refused, match=said) as refused:
        Selection.read(QueryDict(query), many, TODAY, officer=True)

    assert refused.value.text.fr != refused.value.text.en


def test_an_establishment_without_published_position_is_no_centre(many):
    hidden = next(row["siret"] for row in drawn_rows(2000) if row["is_hidden"])

    with pytest.raises(Refused, match=r"position of .* is not published"):
        Selection.read(QueryDict(f"rayon=500@siret:{hidden}"), many, TODAY, officer=True)


def test_what_is_typed_never_reaches_the_words_of_the_query(many):
    typed = "q=atelier&forme=5710&naf=25.62B&lieu=commune:94081&insertion=ACI"
    where, values = Selection.read(QueryDict(typed), many, TODAY, officer=True).where()

    assert not {"atelier", "5710", "25.62B", "94081", "ACI"} & set(where.split("'"))
    assert "25.62B" in values


def operation(**facts) -> Operation:
    told = {"slug": "ateliers", "name": "Ateliers", "kind": Operation.Kind.DEVELOPMENT}
    return Operation.objects.create(**{**told, **facts})


def outline(*, hole: bool) -> dict:
    ring = [[2.35, 48.75], [2.42, 48.75], [2.42, 48.8], [2.35, 48.8], [2.35, 48.75]]
    inner = [[2.37, 48.76], [2.39, 48.76], [2.39, 48.78], [2.37, 48.78], [2.37, 48.76]]
    return {"type": "Polygon", "coordinates": [ring, inner] if hole else [ring]}


@pytest.mark.parametrize("hole", [False, True])
def test_inside_the_outline_that_an_operation_has_today_its_holes_left_out(many, db, hole):
    made = operation()
    before, since = date(2020, 1, 1), date(2023, 1, 2)
    Perimeter.objects.create(
        operation=made, valid_from=before, valid_to=date(2023, 1, 1), source="a",
        geometry={"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
    )  # fmt: skip
    Perimeter.objects.create(
        operation=made, valid_from=since, source="b", geometry=outline(hole=hole)
    )
    drawn = find(many, Selection.read(QueryDict(f"zone={SQUARE}"), many, TODAY)).total

    found = find(
        many,
        Selection.read(QueryDict("operation=ateliers"), many, TODAY),
        per_page=500,
    )

    inner = [r for r in found.rows if 2.37 < r.longitude < 2.39 and 48.76 < r.latitude < 48.78]
    assert (found.total < drawn) if hole else (found.total == drawn)
    assert bool(inner) is not hole


def test_an_operation_without_outline_says_what_else_to_choose(many, db):
    operation()

    with pytest.raises(Refused, match="outline of “Ateliers” is not known"):
        Selection.read(QueryDict("operation=ateliers"), many, TODAY)


def test_an_operation_that_is_not_public_is_no_filter(many, db):
    made = operation(visibility="internal")
    Perimeter.objects.create(operation=made, valid_from=date(2020, 1, 1), source="a",
                             geometry=outline(hole=False))  # fmt: skip

    with pytest.raises(Refused, match="No public operation"):
        Selection.read(QueryDict("operation=ateliers"), many, TODAY)


def test_firms_with_open_offers_are_those_that_another_system_tells(many, monkeypatch):
    told = [row["siret"] for row in drawn_rows(2000) if row["state"] == "A"][:7]
    monkeypatch.setattr(
        "bassin.observe.companies.filters.firms.firm_set", lambda name: frozenset(told)
    )

    found = find(many, Selection.read(QueryDict("offres=oui"), many, TODAY, officer=True))

    assert {row.siret for row in found.rows} == set(told)


def test_an_age_is_counted_from_today(many):
    found = find(many, Selection.read(QueryDict("creee=0-3ans&etat=tous"), many, TODAY),
                 per_page=2000)  # fmt: skip
    days = [row["created_on"] for row in drawn_rows(2000)]

    assert found.total == sum(1 for day in days if day and day > date(2023, 11, 20))


@pytest.mark.parametrize(
    ("number", "right"),
    [("73282932000074", True), ("73282932000075", False), ("35600000049837", True),
     ("00000000000000", False), ("7328293200007", False)],
)  # fmt: skip
def test_the_key_of_a_siret_is_luhn_s_and_that_of_la_poste_its_own(number, right):
    assert siret.is_siret(number) is right


def test_a_siren_has_a_key_too():
    assert siret.is_siren("732829320")
    assert siret.siren("732 829 320") == "732829320"
    with pytest.raises(Refused, match="Luhn"):
        siret.siren("732829321")
