"""A dataset as Table Schema, and its files as a Data Package (specs.frictionlessdata.io)."""

from collections.abc import Callable
from typing import Any

from bassin.observe.opendata import files
from bassin.observe.opendata.datasets import Dataset
from bassin.observe.opendata.exports.rows import EXAMPLE
from bassin.observe.opendata.units import unit_of
from bassin.sources.contract import Column
from bassin.types import Text

TYPES = {
    "VARCHAR": "string", "TINYINT": "integer", "SMALLINT": "integer", "INTEGER": "integer",
    "BIGINT": "integer", "DOUBLE": "number", "FLOAT": "number", "DATE": "date",
    "BOOLEAN": "boolean",
}  # fmt: skip
"""Types of the store in the words of Table Schema. Outlines are not in CSV files."""

_MARK = Text("Dit que la ligne est inventée", "Says that the row is invented")


def table_schema(dataset: Dataset, language: str) -> dict[str, Any]:
    """The schema of the CSV file of a dataset."""
    fields = [
        _field(name, column, language)
        for name, column in dataset.columns.items()
        if column.type in TYPES
    ]
    if dataset.is_invented:
        mark = {"name": EXAMPLE, "type": "string", "title": _MARK.say(language)}
        fields = [mark, *fields]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if dataset.unique:
        schema["primaryKey"] = list(dataset.unique)
    return {
        "name": dataset.key, "title": dataset.title.say(language),
        "description": dataset.definition.say(language), "version": dataset.release, **schema,
    }  # fmt: skip


def _field(name: str, column: Column, language: str) -> dict[str, Any]:
    said = {"name": name, "type": TYPES[column.type], "title": column.label.say(language)}
    if unit_of(name):
        said["unit"] = unit_of(name)
    asked: dict[str, Any] = {}
    if column.required:
        asked["required"] = True
    if column.pattern:
        asked["pattern"] = column.pattern
    if column.minimum is not None:
        asked["minimum"] = column.minimum
    if column.maximum is not None:
        asked["maximum"] = column.maximum
    return {**said, **({"constraints": asked} if asked else {})}


def package(dataset: Dataset, absolute: Callable[[str], str], language: str) -> dict[str, Any]:
    """The dataset as a Data Package: its CSV file at its address, with its schema."""
    licence = dataset.licence
    said: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": dataset.key.replace("_", "-"),
        "id": absolute(files.page(dataset)),
        "title": dataset.title.say(language),
        "description": dataset.definition.say(language),
        "version": dataset.release,
        "homepage": absolute(files.page(dataset)),
        "sources": [{"title": dataset.publisher}],
        "resources": [
            {
                "name": dataset.key.replace("_", "-"), "profile": "tabular-data-resource",
                "path": absolute(files.address(dataset, files.CSV.ending)),
                "format": "csv", "mediatype": files.CSV.media, "encoding": "utf-8",
                "schema": table_schema(dataset, language),
            }
        ] if dataset.is_open else [],
    }  # fmt: skip
    if licence.is_known:
        said["licenses"] = [{"name": licence.code, "path": licence.uri, "title": licence.said}]
    return said
