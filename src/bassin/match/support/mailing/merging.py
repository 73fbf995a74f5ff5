"""The recipients as a table for a word processor: the fields of the letter are its columns."""

import csv
import io
from collections.abc import Iterable

from bassin.match.support.mailing.fields import FIELDS
from bassin.match.support.mailing.recipients import Recipient
from bassin.types import Text
from bassin.ui.data import safe

ADDRESS = Text("Adresse électronique", "E-mail address")


def written(found: Iterable[Recipient], language: str) -> bytes:
    """A CSV that a French spreadsheet and a word processor read; nothing in it is run."""
    columns = {code: text.say(language) for code, text in FIELDS.items()}
    names = [ADDRESS.say(language), *columns.values()]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for each in found:
        said = {words: each.values.get(code, "") for code, words in columns.items()}
        writer.writerow(safe({names[0]: each.address, **said}))
    return b"\xef\xbb\xbf" + out.getvalue().encode()
