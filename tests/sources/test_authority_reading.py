"""What people bring, as spreadsheets and maps write it, and what is told of each row."""

import json
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from bassin.errors import Refused
from bassin.sources.authority import layers, schemes, tabular
from bassin.sources.authority.accepting import accept
from bassin.sources.authority.declaration import Declaration, Declared, read, written
from bassin.sources.authority.guessing import guess
from bassin.sources.authority.judging import judge, todo
from bassin.sources.authority.repairs import propose
from bassin.sources.reasons import said
from bassin.types import Text

TODAY = date(2026, 11, 20)
SHOPS = Declaration(
    key="shared_shops", title=Text("Commerces", "Shops"), definition=Text(""), publisher="Ville",
    level="internal", unique=("siret",), dated_on="2026", cog=2026,
    columns=(
        Declared("siret", "siret", Text("Siret")),
        Declared("commune_code", "commune_code", Text("Code Insee"), required=True),
        Declared("area_m2", "number", Text("Surface"), minimum=0),
        Declared("seen_on", "date", Text("Vu le")),
        Declared("state", "text", Text("État"), choices=("vide", "occupé")),
    ),
)  # fmt: skip
HEADER = "Siret;Code Insee;Surface;Vu le;État\n"
GOOD = "73282932000074;01004;12.5;2026-03-31;vide\n"


def brought(tmp_path, text, made=SHOPS, repairs=(), encoding="utf-8"):
    path = tmp_path / "brought"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    out, broken, faults = (tmp_path / name for name in ("out.csv", "broken.csv", "f.parquet"))
    accepted = accept(path, made, out, broken, repairs=repairs)
    judged = judge(made, out, broken, faults, TODAY)
    asked = f"SELECT line, column_name, value, reason FROM read_parquet('{faults}')"
    return accepted, judged, duckdb.sql(asked).fetchall()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_encoding_and_separator_are_found(tmp_path, encoding, mark):
    accepted, judged, faults = brought(
        tmp_path, (HEADER + GOOD).replace(";", mark), encoding=encoding
    )

    assert (judged.rows, judged.refused, faults) == (1, 0, [])
    assert accepted.delimiter == mark
    assert (tmp_path / "out.csv").read_text("utf-8").splitlines()[1].startswith("7328293200")


def test_every_fault_of_every_row_is_told_with_its_line(tmp_path):
    rows = [
        GOOD, ";01004;1;;\n", "12;1004;douze;31/03/2026;démoli\n", GOOD, "\n",
        "73282932000074;01004;-1\n", "732829320000" + "75;01004;-1;2026-02-30;\n",
    ]  # fmt: skip

    accepted, judged, faults = brought(tmp_path, HEADER + "".join(rows))

    assert (accepted.rows, judged.rows, judged.refused) == (6, 1, 5)
    told = {(line, column): said(reason, "fr") for line, column, _value, reason in faults}
    assert told[3, "siret"] == "est vide"
    assert told[4, "siret"] == "n'a pas 14 chiffres, zéros de tête compris"
    assert told[4, "area_m2"] == "n'est pas un nombre"
    assert told[4, "state"] == "n'est pas une des valeurs prévues (vide, occupé)"
    assert told[5, "siret"] == "a déjà été donné par une ligne précédente"
    assert told[7, ""] == "n'a pas autant de cases que la première ligne"
    assert told[8, "siret"] == "a une clé fausse : un de ses chiffres est erroné"
    assert told[8, "area_m2"] == "est inférieur à 0"
    assert told[8, "seen_on"] == "n'est pas une date (AAAA-MM-JJ)"
    assert all(todo(reason, value).en for _line, _column, value, reason in faults)


def test_what_a_spreadsheet_did_is_proposed_and_changed_only_when_one_agrees(tmp_path):
    text = HEADER + "5410537540029;1004;12,5 %;31/03/2026;vide\n"

    before, judged, faults = brought(tmp_path, text)

    assert (judged.rows, len(faults)) == (0, 4)
    assert {key: (each.before, each.after) for key, each in before.proposals.items()} == {
        "siret:zero": ("5410537540029", "05410537540029"),
        "commune_code:zero": ("1004", "01004"),
        "area_m2:percent": ("12,5 %", "12.5"),
        "seen_on:day": ("31/03/2026", "2026-03-31"),
    }
    after, judged, faults = brought(tmp_path, text, repairs=tuple(before.proposals))
    assert (after.made, judged.rows, faults) == (4, 1, [])


@pytest.mark.parametrize(
    ("value", "kind", "after"),
    [
        ("5600000000048", "siret", "05600000000048"), ("3,56E+13", "siret", None),
        ("356 000 000 00048", "siret", "35600000000048"), ("1004", "commune_code", "01004"),
        ("2A004", "commune_code", None), ("1500", "postal_code", "01500"),
        ("12,5", "number", "12.5"), ("1 234,5", "number", "1234.5"), ("12,5 %", "number", "12.5"),
        ("12,0", "integer", "12"), ("12,5", "integer", None), ("douze", "number", None),
        ("1/2/2026", "date", "2026-02-01"), ("oui", "boolean", "true"),
        ("peut-être", "boolean", None), ("2026-T2", "period", "2026-Q2"),
        ("03/2026", "period", "2026-03"),
    ],
)  # fmt: skip
def test_a_repair_says_what_a_value_would_become(value, kind, after):
    proposed = propose(value, kind)

    assert (proposed[1] if proposed else None) == after


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rest", "workbook"), (b"a;b\x00c\n", "no text"), (b"", "is empty"),
        (b"a;A\n1;2\n", "Two columns"), (b"a;;b\n1;2;3\n", "Column 2 has no name"),
        (HEADER.encode(), "no row"), (b"nom;lieu\n1;2\n", "lacks: siret, commune_code"),
        (HEADER.encode() + b'1;"' + b"x" * 2_000_000, "never closed"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused_with_what_to_do(tmp_path, content, words):
    with pytest.raises(Refused, match=words) as refusal:
        brought(tmp_path, content)

    assert refusal.value.text.fr


def square(*points):
    return {"type": "Polygon", "coordinates": [[list(point) for point in points]]}


def collection(*geometries, **more):
    listed = [
        {"type": "Feature", "properties": {"name": f"n{at}", "stalls": at}, "geometry": each}
        for at, each in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", **more, "features": listed})


LAYER = Declaration(
    key="shared_layer", title=Text("Couche"), definition=Text(""), publisher="Ville",
    level="internal", unique=("name",), geometry="polygon",
    columns=(Declared("name", "text", Text("Nom")), Declared("stalls", "integer", Text("Étals"))),
)  # fmt: skip
FINE = square((5.0, 45.9), (5.1, 45.9), (5.1, 46.0), (5.0, 45.9))


def test_each_outline_that_cannot_be_is_told_and_the_others_are_kept(tmp_path):
    bow = square((5.0, 45.9), (5.1, 46.0), (5.1, 45.9), (5.0, 46.0), (5.0, 45.9))
    world = square((-170.0, -80.0), (170.0, -80.0), (170.0, 80.0), (-170.0, -80.0))
    flat = square((5.0, 45.9), (5.1, 45.9), (5.2, 45.9), (5.0, 45.9))
    swapped = square((45.9, 5.0), (45.9, 5.1), (46.0, 5.1), (45.9, 5.0))
    point = {"type": "Point", "coordinates": [5.0, 45.9]}
    bad = {"type": "Polygon", "coordinates": [[[5.0]]]}

    text = collection(FINE, bow, world, flat, swapped, point, bad, None)
    _accepted, judged, faults = brought(tmp_path, text, LAYER)

    assert (judged.rows, judged.refused) == (1, 7)
    reasons = [reason for _line, _column, _value, reason in faults]
    assert reasons[0] == layers.CROSSES
    assert reasons[1] == layers.HUGE
    assert reasons[2] in (layers.FLAT, layers.CROSSES)
    assert reasons[3:] == [
        layers.SWAPPED, layers.OTHER_SHAPE, layers.BAD_SHAPE, layers.NO_SHAPE,
    ]  # fmt: skip
    assert all(said(reason, "fr") != reason for reason in reasons)


@pytest.mark.parametrize(
    "text",
    [
        collection({"type": "Point", "coordinates": [652000.0, 6862000.0]}),
        collection(FINE, crs={"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}),
    ],
)
def test_a_layer_in_lambert_93_is_refused_in_a_sentence(tmp_path, text):
    with pytest.raises(Refused, match="Lambert-93"):
        brought(tmp_path, text, LAYER)


@pytest.mark.parametrize("text", ["{", "[]", '{"features": 3}', '{"features": [1]}', "{}"])
def test_what_is_no_geojson_is_refused(tmp_path, text):
    with pytest.raises(Refused, match="not a whole GeoJSON"):
        brought(tmp_path, text, LAYER)


def test_a_declaration_is_guessed_and_is_one_that_may_be_published(tmp_path):
    path = tmp_path / "shops.csv"
    rows = [
        f"{at};1004;Rue {at};{at},5;oui;2026;{'vide' if at % 2 else 'plein'}" for at in range(25)
    ]
    path.write_text("N°;Insee;order;Surface (m²);Ouvert;Année;État\n" + "\n".join(rows), "utf-8")

    made = guess(path, key="shared_guessed", title="X", publisher="Ville", layer=False)

    found = {each.name: each.kind for each in made.columns}
    assert found == {
        "n": "integer", "commune_code": "commune_code", "order_1": "text",
        "surface_m2": "number", "ouvert": "boolean", "period": "period", "etat": "text",
    }  # fmt: skip
    assert made.columns[-1].choices == ("plein", "vide")
    assert made.unique == ("n",)
    assert read(written(made)) == made


def test_a_layer_is_guessed_with_its_geometry(tmp_path):
    path = tmp_path / "layer.geojson"
    path.write_text(collection(FINE, FINE), "utf-8")

    made = guess(path, key="shared_guessed", title="X", publisher="Ville", layer=True)

    assert made.geometry == "polygon"
    assert [(each.name, each.kind) for each in made.columns] == [
        ("name", "text"), ("stalls", "integer"),
    ]  # fmt: skip


def test_a_table_schema_is_read_back_as_it_was_given():
    given = json.dumps(schemes.scheme(SHOPS, "fr")).encode()

    found = schemes.read(given, replace(SHOPS, columns=(), unique=()))

    assert [(each.name, each.kind, each.choices) for each in found.columns] == [
        (each.name, each.kind, each.choices) for each in SHOPS.columns
    ]
    assert found.unique == SHOPS.unique
    with pytest.raises(Refused, match="no Table Schema"):
        schemes.read(b"{}", SHOPS)


def test_a_large_file_is_read_row_after_row(tmp_path):
    path = tmp_path / "big.csv"
    path.write_text(HEADER + GOOD * 50_000, "utf-8")
    told = []

    accepted = accept(path, SHOPS, tmp_path / "o", tmp_path / "b", told=told.append)

    assert accepted.rows == 50_000
    assert told == [20_000, 40_000]
    assert next(tabular.opened(path).rows())[0] == 2
