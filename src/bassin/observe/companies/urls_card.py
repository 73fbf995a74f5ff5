"""Addresses of one establishment: its card, the firm's own page, the errors reported on it."""

from django.urls import path, register_converter

from bassin.observe.companies.views import card, corrections, mine


class SiretConverter:
    """What begins as a number: a malformed one gets a sentence, a word is another page's."""

    regex = r"[0-9][0-9A-Za-z .\-]{0,39}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SiretConverter, "siret")
_CARD = "entreprises/<siret:siret>/"

public = (
    path("entreprises/corrections.csv", corrections.exported, name="corrections_data"),
    path(_CARD, card.page, name="establishment"),
    path(f"{_CARD}signaler/", corrections.report, name="report"),
    path(f"{_CARD}signaler/merci/", corrections.reported, name="reported"),
    path("mon-entreprise/", mine.find, name="mine_find"),
    path("mon-entreprise/<siret:siret>/", mine.page, name="mine"),
)
private = [path("entreprises/corrections/", corrections.queue, name="corrections")]
