"""Whether two records are one offer: the cases that decide, and what holds whatever is typed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bassin.match.jobs.imports.records import Reading, Record
from bassin.match.jobs.imports.twins import Described, judge, likeness
from bassin.match.jobs.imports.writing import write
from bassin.match.jobs.models import Feed, Offer, OfferSource
from bassin.match.jobs.tests.conftest import TODAY

ONE = Described(
    title="Cariste CACES 3 H/F", text="Charger au quai.", employer="Atelier Exemple SAS",
    rome_code="N1101", commune_code="94074", contract="cdi", on=TODAY,
)  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"title": "CARISTE (caces 3) F/H"},
        {"employer": "ATELIER EXEMPLE"},
        {"rome_code": ""},
        {"contract": ""},
        {"on": TODAY - timedelta(45)},
        {"text": "Tout autre texte, d'une agence."},
    ],
)
def test_the_same_offer_told_otherwise_is_recognised_with_its_reasons(change):
    judged = judge(ONE, replace(ONE, **change))

    assert judged.same
    assert all(each.fr and each.en for each in judged.reasons)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"commune_code": "94081"}, "communes"),
        ({"rome_code": "N1103"}, "métiers"),
        ({"contract": "interim"}, "contrats"),
        ({"employer": "Fonderie Exemple"}, "employeurs"),
        ({"on": TODAY - timedelta(46)}, "écart"),
        ({"title": "Responsable d'entrepôt H/F"}, "intitulés"),
        ({"commune_code": ""}, "lieu"),
    ],
)
def test_what_differs_makes_two_offers_and_says_which(change, why):
    judged = judge(ONE, replace(ONE, **change))

    assert not judged.same
    assert any(why in each.fr for each in judged.reasons)


def test_without_an_employer_only_nearly_the_same_words_are_the_same_offer():
    unnamed = replace(ONE, employer="")

    assert judge(ONE, unnamed).same
    assert not judge(ONE, replace(unnamed, text="Nettoyer les bureaux le soir.")).same
    assert not judge(ONE, replace(unnamed, title="Cariste de nuit CACES 5")).same


def test_a_siret_decides_before_a_name():
    first = replace(ONE, siret="00000000200016")

    assert judge(first, replace(first, employer="Tout autre nom")).same
    assert not judge(first, replace(first, siret="00000000200024")).same


words = st.text(alphabet="abcdéè /H()", max_size=20)
described = st.builds(
    Described, title=words, text=words, employer=st.sampled_from(["", "Atelier", "Fonderie SA"]),
    siret=st.sampled_from(["", "1", "2"]), rome_code=st.sampled_from(["", "N1101", "N1103"]),
    commune_code=st.sampled_from(["", "94074"]), contract=st.sampled_from(["", "cdi", "cdd"]),
    on=st.none() | st.dates(date(2026, 10, 1), date(2026, 12, 1)),
)  # fmt: skip


@given(described, described)
def test_the_order_of_the_two_changes_nothing(one, other):
    assert judge(one, other).same == judge(other, one).same
    assert likeness(one.title, other.title) == likeness(other.title, one.title)


records = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from(["Cariste", "Cariste de nuit", "Cuisinier", "Agent"]),
        st.sampled_from(["Atelier", "Fonderie", ""]), st.sampled_from(["94074", "94081"]),
    ),
    max_size=6, unique_by=lambda each: each[0],
)  # fmt: skip


def reading(rows):
    return Reading(
        [Record(str(number), {"title": title, "employer_name": firm, "commune_code": commune,
                              "apply_by": "adviser"}, published_on=TODAY)
         for number, title, firm, commune in rows]
    )  # fmt: skip


def kept() -> list:
    return [
        sorted(OfferSource.objects.values_list("feed__slug", "external_id", "offer_id")),
        sorted(Offer.objects.values_list("pk", "title", "state", "edition")),
    ]


@pytest.mark.django_db
@settings(max_examples=12)
@given(records, records)
def test_readings_written_again_in_any_order_change_nothing_and_lose_nothing(first, second):
    OfferSource.objects.all().delete()
    Offer.objects.all().delete()
    Feed.objects.all().delete()
    one = Feed.objects.create(slug="one", title="Un", kind="csv", trusted=True)
    two = Feed.objects.create(slug="two", title="Deux", kind="csv", trusted=True)
    if first:
        write(reading(first), one, TODAY)
    if second:
        write(reading(second), two, TODAY)

    before = kept()
    for feed, rows in ((two, second), (one, first), (one, first)):
        if rows:
            write(reading(rows), feed, TODAY)

    assert kept() == before
    assert OfferSource.objects.count() == len(first) + len(second)
    for offer in Offer.objects.all():
        feeds = list(offer.sources.values_list("feed", flat=True))
        assert feeds
        assert len(feeds) == len(set(feeds)), "two records of one feed are two offers"
