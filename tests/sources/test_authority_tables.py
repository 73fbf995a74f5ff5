"""A table that an authority declares in a TOML file is a source like any other."""

from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from bassin.errors import Refused
from bassin.sources import Runner, registry
from bassin.sources.authority.declaration import Declaration, Declared, read, written
from bassin.sources.checks import key_holds
from bassin.sources.contract import Raw
from bassin.store import Reader, Store
from bassin.types import Origin, Text

MARKETS = Declaration(
    key="shared_markets", title=Text("Marchés « bio »", "Markets"), definition=Text("", ""),
    publisher="Ville \"d'Exemple\"", level="partners", unique=("name",), geometry="point",
    dated_on="2026", cog=2026, readers=("chamber",),
    columns=(
        Declared("name", "text", Text("Nom", "Name")),
        Declared("commune_code", "commune_code", Text("Commune"), required=True),
        Declared("stalls", "integer", Text("Étals"), Text("étals", "stalls"), minimum=0),
        Declared("covered", "text", Text("Couvert"), choices=("oui", "non")),
        Declared("siret", "siret", Text("Gestionnaire")),
    ),
)  # fmt: skip
HEADER = "name,commune_code,stalls,covered,siret,period,cog,longitude,latitude,line_number\n"
GOOD = "Halle,01004,12,oui,35600000000048,2026,2026,5.35,45.95,2\n"


@pytest.fixture
def folder(tmp_path):
    kept = list(registry._authority)
    tables = tmp_path / "authority" / "tables"
    tables.mkdir(parents=True)
    registry.follow(tables)
    yield tables
    registry._authority[:] = kept


def declare(folder, made=MARKETS):
    (folder / f"{made.key}.toml").write_text(written(made), encoding="utf-8")


def test_a_declaration_is_read_as_it_was_written():
    assert read(written(MARKETS)) == MARKETS


def test_a_declared_table_is_found_among_the_sources_and_follows_its_file(folder):
    assert "shared_markets" not in registry.sources()

    declare(folder)
    found = registry.sources()["shared_markets"]

    assert found.level == "partners"
    assert list(found.columns)[-4:] == ["period", "cog", "longitude", "latitude"]
    assert found.columns["stalls"].unit.en == "stalls"
    assert found.columns["name"].required  # its key

    declare(folder, replace(MARKETS, level="public"))
    assert registry.is_public("shared_markets")
    (folder / "shared_markets.toml").unlink()
    assert not registry.is_public("shared_markets")


def test_a_file_that_cannot_be_read_is_left_out_and_told(folder, caplog):
    declare(folder)
    (folder / "shared_bad.toml").write_text("key = ", encoding="utf-8")
    (folder / "shared_other.toml").write_text(written(MARKETS), encoding="utf-8")

    found = [key for key in registry.sources() if key.startswith("shared_")]

    assert found == ["shared_markets"]
    assert "shared_bad.toml is left out" in caplog.text
    assert "Rename it" in caplog.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": "communes"}, "no key of a shared table"),
        ({"level": "everyone"}, "no level"),
        ({"columns": ()}, "at least one column"),
        ({"columns": (Declared("order", "text", Text("x")),), "unique": ("order",)}, "“order_1”"),
        ({"columns": (Declared("a", "shape", Text("x")),), "unique": ("a",)}, "no type of column"),
        ({"columns": (Declared("period", "text", Text("x")),), "unique": ("period",)}, "the type"),
        ({"columns": (Declared("a", "text", Text("x")),) * 2, "unique": ("a",)}, "Two columns"),
        ({"unique": ()}, "tell a row from all others"),
        ({"unique": ("nom",)}, "no column of the table"),
    ],
)
def test_a_declaration_that_could_not_be_published_is_refused_in_words(change, said):
    with pytest.raises(Refused, match=said):
        read(written(replace(MARKETS, **change)))


def test_its_accepted_file_is_checked_and_published_as_a_publisher_s(folder, tmp_path):
    declare(folder, replace(MARKETS, max_refused_pct=90.0))
    rows = [
        GOOD, "Quai,1004,12,oui,,2026,2026,5.35,45.95,3\n",
        "Pont,01004,douze,oui,,2026,2026,5.35,45.95,4\n",
        "Gare,01004,1,parfois,,2026,2026,5.35,45.95,7\n",
        "Port,01004,1,oui,35600000000049,2026,2026,5.35,45.95,8\n", GOOD.replace(",2\n", ",9\n"),
    ]  # fmt: skip
    path = tmp_path / "accepted.csv"
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    store = Store(tmp_path / "store")
    runner = Runner(store, today=date(2026, 11, 20), now=lambda: datetime(2026, 11, 20, tzinfo=UTC))

    run = runner.load(registry.sources()["shared_markets"], [Raw(path, path.name)], Origin.REAL)

    assert (run.status, run.rows, run.refused) == ("published", 1, 5)
    reader = Reader(store)
    assert reader.rows("SELECT name, stalls, longitude FROM shared_markets") == [
        ("Halle", 12, 5.35)
    ]
    from bassin.sources.health import refused_rows

    told = {row["line"]: row["reason"] for row in refused_rows(store, "shared_markets").to_pylist()}
    assert list(told) == [3, 4, 7, 8, 9]
    assert told[7] == "is not one of the values allowed (oui, non)"
    assert told[8].startswith("has a wrong key")


@pytest.mark.parametrize(
    ("digits", "right"),
    [
        ("35600000000048", True), ("35600000000047", True), ("35600000000046", False),
        ("73282932000074", True), ("73282932000075", False), ("732829320", True),
        ("732829321", False), ("7328293200A", False), ("", False),
    ],
)  # fmt: skip
def test_the_last_digit_of_a_siret_answers_for_the_others(digits, right):
    with duckdb.connect(":memory:") as con:
        found = con.execute(f"SELECT {key_holds('given')} FROM (SELECT ? AS given)", [digits])

        assert found.fetchone() == (right,)
