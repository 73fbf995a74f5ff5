"""One declaration, one expression, whatever the engine that runs it."""

import ibis
import pytest
from ibis.config import Config

from bassin.indicators.catalogue import indicators
from bassin.indicators.compile import expression, sql
from bassin.indicators.compiled import Compiled
from tests.indicators.tiny_country import everywhere, rate, term, total


class SparkOptions(Config):
    """The options that Ibis itself sets once the Spark client is installed."""

    treat_nan_as_null: bool = False


PUBLISHED = sorted(each.id for each in indicators().values() if each.status != "draft")


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_indicator_compiles_for_duckdb_and_for_a_spark_cluster(name, monkeypatch):
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    found = indicators()[name]

    for dialect in ("duckdb", "pyspark"):
        text = str(ibis.to_sql(expression(found), dialect=dialect))
        assert found.dataset in text
        assert "scope" in text


def test_places_come_from_a_joined_table_and_are_never_written_in_the_text():
    text = sql(total("unemployed"))

    assert "JOIN" in text
    assert '"scope"' in text
    assert "94001" not in text


def test_the_text_is_compiled_once_per_indicator():
    indicator = total("unemployed")

    assert sql(indicator) is sql(indicator)


def test_texts_kept_on_disk_are_those_of_their_declaration_and_are_read_back(tmp_path):
    one, other = total("unemployed", id="draft"), total("active", id="draft")

    written = [Compiled(tmp_path).sql(each) for each in (one, other)]
    assert written == [sql(one), sql(other)]
    assert written[0] != written[1]

    for path in tmp_path.glob("*.sql"):
        path.write_text("kept")
    assert [Compiled(tmp_path).sql(each) for each in (one, other)] == ["kept", "kept"]
    assert Compiled(tmp_path).sql(one, everywhere="france:FR") == sql(one, everywhere="france:FR")


def test_two_versions_of_an_indicator_have_their_own_text():
    one = rate("unemployed", "active")
    other = rate("workers", "active")

    assert sql(one) != sql(other)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ('naf_code == "10.11Z"', 1),
        ('naf_code != "10.11Z"', 4),
        ('naf_code in ["10.11Z", "46.77Z"]', 2),
        ('naf_code not in ["10.11Z", "46.77Z"]', 3),
        ('naf_code in naf("C")', 1),
        ('naf_code in naf("43", "45.2")', 2),
        ('naf_code in perimeter("industry")', 2),
        ('naf_code in perimeter("industry") and establishments > 1', 0),
        ('naf_code in perimeter("industry") or naf_code == "46.77Z"', 3),
        ("not is_head_office", 2),
        ("establishments >= 1 and establishments <= 1 and establishments < 2", 5),
        ("establishments < 1", 0),
        ("establishments > 1", 0),
        ("establishments != 1", 0),
    ],
)
def test_a_condition_keeps_the_rows_it_says(country, where, expected):
    codes = ("10.11Z", "38.11Z", "43.21A", "45.20A", "46.77Z")
    rows = [
        {"commune_code": "94001", "period": "2026", "naf_code": code, "establishments": 1,
         "is_head_office": number < 3}
        for number, code in enumerate(codes)
    ]  # fmt: skip
    stock = country(establishment_stock=rows)
    counted = total("establishments", "establishment_stock", where=where)

    assert (stock.value(counted, "commune:94001") or 0) == expected


@pytest.mark.parametrize("negated", ["naf_code not in {}", "not naf_code in {}"])
def test_a_row_of_no_known_activity_is_neither_inside_nor_outside_a_set(country, negated):
    stock = country(
        establishment_stock=[
            {"commune_code": "94001", "period": "2026", "naf_code": code, "establishments": 1}
            for code in ("10.11Z", "46.77Z", None)
        ]
    )

    for few_or_many in ('["10.11Z"]', 'perimeter("industry")'):
        where = negated.format(few_or_many)
        outside = total("establishments", "establishment_stock", where=where)
        assert stock.value(outside, "commune:94001") == 1


def test_rows_are_counted_where_each_commune_has_one_and_communes_elsewhere():
    one_row, several, exhaustive = (
        sql(indicators()[name]) for name in ("population", "iris_count", "births")
    )

    assert "COUNT(DISTINCT" not in one_row
    assert "COUNT(DISTINCT" in several
    assert "COUNT(DISTINCT" not in exhaustive


def test_a_product_of_columns_gives_back_an_amount(country):
    prices = country(
        prices=everywhere("2024", mean_price_eur=lambda c, p: 100 + p / 1000, sales_count=2)
    )
    mean = rate(
        "", "", kind="mean",
        unit={"code": "EUR", "symbol": "€", "decimals": 0, "difference": "relative"},
        measure={"numerator": term("mean_price_eur * sales_count", "prices"),
                 "denominator": term("sales_count", "prices")},
    )  # fmt: skip

    assert prices.value(mean) == pytest.approx((120 + 110) / 2)
