"""Papers: a document declared once, made as a PDF that anyone can read and as a text to edit."""

from bassin.ui.papers.model import (
    Block,
    Heading,
    Items,
    Paper,
    Paragraph,
    Picture,
    Table,
)
from bassin.ui.papers.opendocument import odt
from bassin.ui.papers.typeset import pdf

__all__ = [
    "MEDIA", "Block", "Heading", "Items", "Paper", "Paragraph", "Picture", "Table", "odt", "pdf",
]  # fmt: skip

MEDIA = {"pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text"}
"""Media type of each format."""
