"""The words of this floor as Arrow tables, ready to be published in the store and joined."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

from bassin.taxonomies import legal, naf
from bassin.taxonomies.classification import Classification
from bassin.taxonomies.headcounts import bands
from bassin.taxonomies.perimeters import Perimeter, perimeters
from bassin.types import Text

NAF = pa.schema(
    [
        ("naf_code", pa.string()),
        ("level", pa.int8()),
        ("label_fr", pa.string()),
        ("label_en", pa.string()),
        ("parent_code", pa.string()),
        ("section", pa.string()),
        ("division", pa.string()),
        ("nomenclature", pa.string()),
    ]
)
HEADCOUNT_BANDS = pa.schema(
    [
        ("family", pa.string()),
        ("band", pa.string()),
        ("minimum", pa.int32()),
        ("maximum", pa.int32()),
        ("unsure", pa.bool_()),
        ("label_fr", pa.string()),
        ("label_en", pa.string()),
    ]
)
PERIMETER_NAF = pa.schema(
    [("perimeter", pa.string()), ("version", pa.int16()), ("naf_code", pa.string())]
)
LEGAL_CATEGORIES = pa.schema(
    [
        ("legal_category", pa.string()),
        ("level", pa.int8()),
        ("label_fr", pa.string()),
        ("label_en", pa.string()),
        ("family", pa.string()),
        ("ess", pa.bool_()),
        ("natural_person", pa.bool_()),
    ]
)


def tables(
    rev2: Classification | None = None,
    naf_2025: Classification | None = None,
    legal_labels: Mapping[str, Text] | None = None,
    declared_perimeters: Iterable[Perimeter] | None = None,
) -> dict[str, pa.Table]:
    """The tables `naf`, `headcount_bands`, `perimeter_naf` and `legal_categories`.

    Keys: naf (naf_code, nomenclature); headcount_bands (family, band); perimeter_naf (perimeter,
    naf_code); legal_categories (legal_category). `level` is 1 to 5 (NAF) or 1 to 3 (legal).
    `maximum` is null in an open band; `label_en` and `parent_code` are null where there is none.

    Args:
        rev2, naf_2025: nomenclatures completed from INSEE's files; else as known without them.
        legal_labels: labels of level III, from `insee.legal_categories`.
        declared_perimeters: those of the installation; else those of this floor.

    Raises:
        SourceError: the labels of NAF rev. 2 are not installed.
    """
    nomenclatures = (rev2 or naf.rev2(), naf_2025 or naf.naf_2025())
    chosen = perimeters().values() if declared_perimeters is None else declared_perimeters
    return {
        "naf": pa.Table.from_pylist(_naf_rows(nomenclatures), NAF),
        "headcount_bands": pa.Table.from_pylist(_band_rows(), HEADCOUNT_BANDS),
        "perimeter_naf": pa.Table.from_pylist(
            _perimeter_rows(chosen, nomenclatures), PERIMETER_NAF
        ),
        "legal_categories": pa.Table.from_pylist(_legal_rows(legal_labels or {}), LEGAL_CATEGORIES),
    }


def _naf_rows(nomenclatures: Iterable[Classification]) -> list[dict[str, object]]:
    return [
        {
            "naf_code": entry.code,
            "level": int(entry.level),
            "label_fr": entry.label.fr,
            "label_en": entry.label.en or None,
            "parent_code": entry.parent or None,
            "section": entry.section,
            "division": entry.division or None,
            "nomenclature": entry.nomenclature.value,
        }
        for classification in nomenclatures
        for entry in classification
    ]


def _band_rows() -> list[dict[str, object]]:
    return [
        {
            "family": family,
            "band": band.code,
            "minimum": band.minimum,
            "maximum": band.maximum,
            "unsure": band.unsure,
            "label_fr": band.label.fr,
            "label_en": band.label.en,
        }
        for family in ("sirene", "clap")
        for band in bands(family).values()
    ]


def _perimeter_rows(
    chosen: Iterable[Perimeter], nomenclatures: Iterable[Classification]
) -> list[dict[str, object]]:
    complete = [one for one in nomenclatures if one.complete]
    return [
        {"perimeter": one.id, "version": one.version, "naf_code": code}
        for one in chosen
        if one.computable
        for classification in complete
        for code in one.naf_codes(classification)
    ]


def _legal_rows(loaded: Mapping[str, Text]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for code, label in sorted({**legal.labels(), **loaded}.items()):
        family = legal.family(code)
        rows.append(
            {
                "legal_category": code,
                "level": {1: 1, 2: 2, 4: 3}[len(code)],
                "label_fr": label.fr,
                "label_en": label.en or None,
                "family": family.id if family else None,
                "ess": legal.is_ess(code),
                "natural_person": legal.is_natural_person(code),
            }
        )
    return rows
