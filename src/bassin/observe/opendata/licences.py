"""The licences that publishers write, read: their name, their address, whether one may re-use."""

import re
from dataclasses import dataclass

from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as its publisher writes it; `uri` is empty when it is not known which one it is."""

    said: str
    uri: str = ""
    code: str = ""

    @property
    def text(self) -> Text:
        """Its words for people: a licence keeps its name, what is said of it has its English."""
        english = self.said
        for french, words in _ENGLISH:
            english = english.replace(french, words)
        return Text(self.said, english)

    @property
    def is_known(self) -> bool:
        """Whether it is one of the licences that anybody can read at its address."""
        return bool(self.uri)


_KNOWN = (
    ("Licence Ouverte", "https://spdx.org/licenses/etalab-2.0", "etalab-2.0"),
    ("ODbL", "https://opendatacommons.org/licenses/odbl/1-0/", "ODbL-1.0"),
    ("MIT", "https://spdx.org/licenses/MIT", "MIT"),
)
"""What is found in a publisher's words, the address of that licence, and its SPDX code."""

_ENGLISH = (
    ("à vérifier : aucune mention avec la copie", "to be checked: nothing is said with the copy"),
    ("licence des données à vérifier", "licence of the data to be checked"),
    ("Celle des horaires recopiés", "that of the timetables copied"),
    ("pour les données de la DGFiP", "for the data of the DGFiP"),
    ("pour DVF", "for DVF"),
    ("Licence Mobilités ou ODbL", "Licence Mobilités or ODbL"),
    ("à vérifier", "to be checked"),
    ("non précisée", "not stated"),
    ("(dépôt)", "(repository)"),
    ("(paquet)", "(package)"),
)
"""What our own declarations say around the name of a licence, the longest first."""

_DOUBT = re.compile("à vérifier|non précisée|Celle des", re.IGNORECASE)


def licence(said: str) -> Licence:
    """The licence that a publisher's words name; without an address when they doubt."""
    if _DOUBT.search(said):
        return Licence(said)
    for words, uri, code in _KNOWN:
        if words in said:
            return Licence(said, uri, code)
    return Licence(said)
