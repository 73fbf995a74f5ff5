"""How the codes of offers are called in the sentences of reasons."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from bassin.match.jobs.licences import licences
from bassin.match.jobs.models import Offer
from bassin.taxonomies.rome import Rome
from bassin.types import Text

HOURS_SAID = {
    "day": Text("en journée", "in the daytime"),
    "early": Text("tôt le matin (5 h à 7 h)", "early in the morning (5 to 7)"),
    "late": Text("le soir (20 h à 23 h)", "in the evening (20 to 23)"),
    "night": Text("la nuit (23 h à 5 h)", "at night (23 to 5)"),
    "weekend": Text("le samedi ou le dimanche", "on Saturdays or Sundays"),
}


def _text(word: Any) -> Text:
    """A word of the interface in the languages of reasons."""

    def said(language: str) -> str:
        with override(language):
            return str(word)

    return Text.made(said)


def labels(rome: Rome) -> Mapping[str, Any]:
    """How codes are called in the sentences of reasons."""
    return {
        "occupation": rome.labels,
        "item": rome.item_label,
        "licence": {code: each.label for code, each in licences().items()},
        "contract": {code: _text(word) for code, word in Offer.Contract.choices},
        "level": {str(code): _text(word) for code, word in Offer.Level.choices},
        "french": {str(code): _text(word) for code, word in Offer.French.choices},
        "hours": HOURS_SAID,
    }
