"""A dataset as schema.org tells it, inside its page, for search engines."""

import json
from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bassin.observe.opendata import files
from bassin.observe.opendata.datasets import Dataset
from bassin.observe.opendata.quality import Quality
from bassin.observe.opendata.units import unit_of


def described(
    dataset: Dataset, quality: Quality, absolute: Callable[[str], str], language: str
) -> dict[str, Any]:
    """The dataset in the words of schema.org."""
    said: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{absolute(files.page(dataset))}#dataset",
        "name": dataset.title.say(language),
        "description": dataset.definition.say(language) or dataset.title.say(language),
        "url": absolute(files.page(dataset)),
        "identifier": dataset.identity,
        "version": dataset.release,
        "inLanguage": ["fr", "en"],
        "isAccessibleForFree": dataset.is_open,
        "creator": {"@type": "Organization", "name": dataset.publisher},
        "dateModified": dataset.received_on.isoformat(),
        "keywords": [dataset.declared.theme.title.say(language)],
        "variableMeasured": [_variable(dataset, name, language) for name in dataset.columns],
        "additionalProperty": {
            "@type": "PropertyValue", "name": "criteria met", "value": quality.met, "maxValue": 9,
        },
        "distribution": [
            {
                "@type": "DataDownload", "encodingFormat": form.media, "name": form.label,
                "contentUrl": absolute(files.address(dataset, form.ending)),
            }
            for form in files.forms(dataset)
        ],
    }  # fmt: skip
    if dataset.licence.is_known:
        said["license"] = dataset.licence.uri
    if dataset.version.vintage:
        said["temporalCoverage"] = dataset.version.vintage
    return said


def _variable(dataset: Dataset, name: str, language: str) -> dict[str, str]:
    label = dataset.columns[name].label.say(language)
    said = {"@type": "PropertyValue", "name": name, "description": label}
    return {**said, **({"unitText": unit_of(name)} if unit_of(name) else {})}


def script(
    dataset: Dataset, quality: Quality, absolute: Callable[[str], str], language: str
) -> SafeString:
    """The same as a block of data in a page: a browser runs nothing of it."""
    written = json.dumps(described(dataset, quality, absolute, language), ensure_ascii=False)
    safe = written.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    # Nothing in it can end the block: the three signs that could are written by their numbers.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(safe))  # noqa: S308
