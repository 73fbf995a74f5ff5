"""In which files a dataset is given, and where."""

from dataclasses import dataclass

from django.urls import reverse

from bassin.observe.opendata.datasets import Dataset, Kind

MOST_IN_JSON = 10_000
"""Rows above which nobody opens a JSON file: the table is then given by its other formats."""


@dataclass(frozen=True, slots=True)
class Form:
    """One format: the ending of its address, its name, its media type."""

    ending: str
    label: str
    media: str


CSV = Form("csv", "CSV", "text/csv")
PARQUET = Form("parquet", "Parquet", "application/vnd.apache.parquet")
JSON = Form("json", "JSON", "application/json")
GEOJSON = Form("geojson", "GeoJSON", "application/geo+json")


def forms(dataset: Dataset) -> list[Form]:
    """The formats in which a dataset is given; none for a table that is not open."""
    if not dataset.is_open:
        return []
    small = dataset.kind == Kind.FIGURE or dataset.version.rows <= MOST_IN_JSON
    return [CSV, PARQUET, *([JSON] if small else []), *([GEOJSON] if dataset.shape else [])]


def page(dataset: Dataset) -> str:
    """Address of the page of a dataset."""
    return reverse(f"opendata:{dataset.kind}", kwargs={"key": dataset.key})


def address(dataset: Dataset, ending: str) -> str:
    """Address of a file of a dataset, or of what describes it."""
    return reverse(
        f"opendata:{dataset.kind}_file", kwargs={"key": dataset.key, "extension": ending}
    )
