"""A paper as an OpenDocument text, to be edited by hand: the same words, tables and charts."""

from collections.abc import Callable
from io import BytesIO
from struct import unpack
from typing import Any

from odf.draw import Frame, Image
from odf.opendocument import OpenDocumentText
from odf.style import Footer as FooterArea
from odf.style import (
    MasterPage,
    PageLayout,
    PageLayoutProperties,
    ParagraphProperties,
    Style,
    TableCellProperties,
    TableColumnProperties,
    TableProperties,
    TableRowProperties,
    TextProperties,
)
from odf.svg import Desc
from odf.svg import Title as PictureTitle
from odf.table import Table as OdfTable
from odf.table import TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import (
    H,
    LineBreak,
    List,
    ListItem,
    ListLevelStyleNumber,
    ListStyle,
    P,
    PageNumber,
)

from bassin.ui.charts.client import ask_all
from bassin.ui.charts.words import credit, word
from bassin.ui.papers.model import COLOURS, Heading, Items, Paper, Paragraph, Picture, Table

PAGE_CM = 17.0
"""Width of the text on a sheet of A4 with margins of 2 cm."""

_TEXTS = {
    "Text": {},
    "Strong": {"fontweight": "bold"},
    "Caption": {"fontweight": "bold"},
    "Soft": {"color": "#4A5157", "fontsize": "9pt"},
    "Sample": {"color": "#8A5A00", "fontsize": "14pt", "fontweight": "bold"},
    "Title": {"fontsize": "24pt", "fontweight": "bold"},
    "Cell": {"fontsize": "9pt"},
    "Number": {"fontsize": "9pt"},
    "Head": {"fontsize": "8pt", "fontweight": "bold"},
    "HeadNumber": {"fontsize": "8pt", "fontweight": "bold"},
}
_IN_CELLS = ("Cell", "Number", "Head", "HeadNumber")
FONT = "Arial"
"""Office programs have it, or letters of the same widths; they do not read a list of families."""

_HEADINGS = {1: {"fontsize": "15pt"}, 2: {"fontsize": "12pt"}, 3: {}}


class _Writer:
    """Writes the blocks one after the other into a fresh document."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.doc = OpenDocumentText()
        self.count = 0
        self._styles()
        self._page()

    def _styles(self) -> None:
        region = "GB" if self.paper.language == "en" else "FR"
        spoken = {"language": self.paper.language, "country": region}
        for name, shown in _TEXTS.items():
            style = Style(name=name, family="paragraph")
            style.addElement(TextProperties(fontfamily=FONT, **spoken, **shown))
            align = "end" if name.endswith("Number") else "start"
            below = "0cm" if name in _IN_CELLS else "0.2cm"
            held = {"keepwithnext": "always"} if name == "Caption" else {}
            style.addElement(ParagraphProperties(marginbottom=below, textalign=align, **held))
            self.doc.styles.addElement(style)
        for level, shown in _HEADINGS.items():
            style = Style(name=f"Heading {level}", family="paragraph", defaultoutlinelevel=level)
            coloured = {"color": COLOURS[self.paper.room]} if level == 1 else {}
            style.addElement(
                TextProperties(fontfamily=FONT, fontweight="bold", **spoken, **shown, **coloured)
            )
            style.addElement(
                ParagraphProperties(margintop="0.5cm", marginbottom="0.25cm", keepwithnext="always")
            )
            self.doc.styles.addElement(style)
        # Items carry their own sign, so that what is read aloud and what is printed are the same.
        plain = ListStyle(name="Items")
        plain.addElement(ListLevelStyleNumber(level=1, numformat=""))
        self.doc.automaticstyles.addElement(plain)
        cell = Style(name="Line", family="table-cell")
        cell.addElement(TableCellProperties(bordertop="0.5pt solid #C9CDD1", padding="0.1cm"))
        self.doc.automaticstyles.addElement(cell)
        row = Style(name="Row", family="table-row")
        row.addElement(TableRowProperties(keeptogether="always"))
        self.doc.automaticstyles.addElement(row)

    def _page(self) -> None:
        layout = PageLayout(name="Sheet")
        layout.addElement(PageLayoutProperties(pagewidth="21cm", pageheight="29.7cm", margin="2cm"))
        self.doc.automaticstyles.addElement(layout)
        master = MasterPage(name="Standard", pagelayoutname=layout)
        foot = P(stylename="Soft", text=f"{self.paper.foot} · " if self.paper.foot else "")
        foot.addElement(PageNumber(selectpage="current"))
        area = FooterArea()
        area.addElement(foot)
        master.addElement(area)
        self.doc.masterstyles.addElement(master)

    def write(self) -> bytes:
        self.doc.meta.addElement(_meta("title", self.paper.title))
        self.doc.meta.addElement(_meta("creator", self.paper.author))
        self.doc.meta.addElement(_meta("language", self.paper.language))
        if self.paper.sample:
            self._text("Sample", word("sample", self.paper.language))
        self._text("Title", self.paper.title)
        for line in self.paper.facts:
            self._text("Soft", line)
        charts = [each.chart for each in self.paper.blocks if isinstance(each, Picture)]
        drawn = iter(ask_all([(chart, "png") for chart in charts]))
        for block in self.paper.blocks:
            if isinstance(block, Picture):
                self._picture(block, next(drawn))
            else:
                _WRITERS[type(block)](self, block)
        out = BytesIO()
        self.doc.write(out)
        return out.getvalue()

    def _text(self, style: str, text: str, into: Any = None) -> None:
        first, *more = text.split("\n")
        written = P(stylename=style, text=first)
        for line in more:
            written.addElement(LineBreak())
            written.addText(line)
        (self.doc.text if into is None else into).addElement(written)

    def heading(self, block: Heading) -> None:
        self.doc.text.addElement(
            H(outlinelevel=block.level, stylename=f"Heading {block.level}", text=block.text)
        )

    def paragraph(self, block: Paragraph) -> None:
        self._text("Strong" if block.strong else "Soft" if block.soft else "Text", block.text)

    def items(self, block: Items) -> None:
        listed = List(stylename="Items")
        for number, text in enumerate(block.items, start=1):
            item = ListItem()
            self._text("Text", f"{number}. {text}" if block.numbered else f"• {text}", item)
            listed.addElement(item)
        self.doc.text.addElement(listed)

    def table(self, block: Table) -> None:
        self._text("Caption", block.caption)
        self.count += 1
        name = f"Table{self.count}"
        frame = Style(name=name, family="table")
        frame.addElement(TableProperties(width=f"{PAGE_CM}cm", align="margins"))
        self.doc.automaticstyles.addElement(frame)
        made = OdfTable(name=name, stylename=frame)
        shares = block.widths or [1.0] * len(block.columns)
        for at, share in enumerate(shares):
            column = Style(name=f"{name}.{at}", family="table-column")
            width = PAGE_CM * share / sum(shares)
            column.addElement(TableColumnProperties(columnwidth=f"{width:.2f}cm"))
            self.doc.automaticstyles.addElement(column)
            made.addElement(TableColumn(stylename=column))
        head = TableHeaderRows()
        head.addElement(self._row(block.columns, block.numbers, "Head"))
        made.addElement(head)
        for row in block.rows:
            made.addElement(self._row(row, block.numbers, "Cell"))
        self.doc.text.addElement(made)
        self._text("Soft", block.note)

    def _row(self, texts: Any, numbers: Any, style: str) -> TableRow:
        line = TableRow(stylename="Row")
        for at, text in enumerate(texts):
            cell = TableCell(stylename="Line", valuetype="string")
            kind = {"Cell": "Number", "Head": "HeadNumber"}[style] if at in numbers else style
            self._text(kind, text, cell)
            line.addElement(cell)
        return line

    def _picture(self, block: Picture, drawn: bytes) -> None:
        self.count += 1
        wide, high = unpack(">II", drawn[16:24])  # the size that a PNG file begins with
        height = PAGE_CM * high / wide
        name = self.doc.addPictureFromString(drawn, "image/png")
        frame = Frame(
            name=f"Picture{self.count}", width=f"{PAGE_CM}cm", height=f"{height:.2f}cm",
            anchortype="as-char",
        )  # fmt: skip
        frame.addElement(Image(href=name, type="simple", show="embed", actuate="onLoad"))
        frame.addElement(PictureTitle(text=block.chart.title))
        frame.addElement(Desc(text=f"{block.chart.said} {credit(block.chart)}"))
        holder = P(stylename="Text")
        holder.addElement(frame)
        self._text("Text", block.chart.said)
        self.doc.text.addElement(holder)  # the picture holds its own source


_WRITERS: dict[type, Callable[[_Writer, Any], None]] = {
    Heading: _Writer.heading,
    Paragraph: _Writer.paragraph,
    Items: _Writer.items,
    Table: _Writer.table,
}


def _meta(name: str, text: str) -> Any:
    from odf import dc

    made = {"title": dc.Title, "creator": dc.Creator, "language": dc.Language}[name]()
    made.addText(text)
    return made


def odt(paper: Paper) -> bytes:
    """The paper as an OpenDocument text.

    Raises:
        ChartError: one of its charts cannot be drawn.
    """
    return _Writer(paper).write()
