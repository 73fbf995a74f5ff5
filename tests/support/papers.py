"""Read back a PDF or an OpenDocument text that the service made."""

import io
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

UA = "{http://www.aiim.org/pdfua/ns/id/}"


@dataclass
class Read:
    """What a reader of a PDF gets: its text, what it says of itself, its structure."""

    text: str
    pages: int
    title: str
    language: str
    ua_part: str
    marked: bool
    shows_title: bool
    tags: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    """Scope of each header cell, in the order of reading."""


def read_pdf(made: bytes) -> Read:
    reader = PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"].get_object()
    told = ET.fromstring(root["/Metadata"].get_object().get_data())  # noqa: S314  our own file
    part = next((each.text for each in told.iter(f"{UA}part")), "")
    pages = [page.extract_text() for page in reader.pages]
    tags: list[str] = []
    alternatives: list[str] = []
    heads: list[str] = []
    _walk(root["/StructTreeRoot"].get_object(), tags, alternatives, heads)
    return Read(
        text=" ".join(" ".join(pages).split()),
        pages=len(pages),
        title=reader.metadata.title,
        language=str(root.get("/Lang", "")),
        ua_part=part,
        marked=bool(root["/MarkInfo"]["/Marked"]),
        shows_title=bool(root["/ViewerPreferences"]["/DisplayDocTitle"]),
        tags=tags,
        alternatives=alternatives,
        heads=heads,
    )


def _walk(node, tags: list[str], alternatives: list[str], heads: list[str]) -> None:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, ArrayObject):
        for each in node:
            _walk(each, tags, alternatives, heads)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            tags.append(str(node["/S"]).lstrip("/"))
        if node.get("/S") == "/TH":
            told = [each.get_object() for each in node["/A"]]
            heads += [str(each["/Scope"]).lstrip("/") for each in told if "/Scope" in each]
        if "/Alt" in node:
            alternatives.append(str(node["/Alt"]))
        if "/K" in node:
            _walk(node["/K"], tags, alternatives, heads)


def read_odt(made: bytes) -> tuple[str, str]:
    """Text of an OpenDocument text, and its raw content."""
    with zipfile.ZipFile(io.BytesIO(made)) as whole:
        raw = whole.read("content.xml").decode()
    texts = ET.fromstring(raw).itertext()  # noqa: S314  our own file
    return " ".join(" ".join(texts).split()), raw
