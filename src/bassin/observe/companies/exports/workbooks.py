"""A workbook of many rows: the engine writes the cells, a zip takes them as they come.

Texts are told in their cell and stay texts: what begins with "=" is never run. A workbook made
cell by cell in Python takes some twenty times longer.
"""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from bassin.observe.companies.exports.asked import Asked
from bassin.observe.companies.exports.columns import Column, Kind

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SHEETS = (1, 2)
_DATE, _HEAD = 1, 2
"""Styles of a cell that holds a date, and of a heading."""

_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}">\
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>\
<cellXfs count="3"><xf/><xf numFmtId="164" applyNumberFormat="1"/>\
<xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1">\
<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def workbook(asked: Asked, path: Path) -> None:
    """Two sheets: the rows, and where they come from."""
    french = asked.language != "en"
    names = ("Entreprises", "À propos") if french else ("Firms", "About")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:
        for name, said in _frame(names).items():
            book.writestr(name, said)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as page:
            heads = [each.title.say(asked.language) for each in asked.columns]
            page.write(f"{_opening(len(heads), frozen=True)}{_row(heads, _HEAD)}".encode())
            for batch in asked.batches([f"{_line(asked.columns, french)} AS line"]):
                page.write("".join(batch.column(0).to_pylist()).encode())
            page.write(b"</sheetData></worksheet>")
        lines = "".join(_row(pair) for pair in asked.facts().items())
        book.writestr("xl/worksheets/sheet2.xml", f"{_opening(2)}{lines}</sheetData></worksheet>")


def _opening(columns: int, *, frozen: bool = False) -> str:
    pane = (
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        if frozen
        else ""
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}'
        f'</sheetView></sheetViews><cols><col min="1" max="{columns}" '
        f'width="{20 if frozen else 40}" customWidth="1"/></cols><sheetData>'
    )


def _row(values: Sequence[str], style: int = 0) -> str:
    cells = "".join(
        f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(each)}</t></is></c>'
        for each in values
    )
    return f"<row>{cells}</row>"


def _line(columns: Sequence[Column], french: bool) -> str:
    """SQL of a row's XML."""
    cells = " || ".join(f"coalesce({_cell(each, french)}, '<c/>')" for each in columns)
    return f"'<row>' || {cells} || '</row>'"


def _cell(column: Column, french: bool) -> str:
    read = column.read
    if column.kind == Kind.NUMBER:
        return f"'<c><v>' || {read} || '</v></c>'"
    if column.kind == Kind.DATE:  # a workbook counts days since the eve of 1900
        return f"'<c s=\"{_DATE}\"><v>' || ({read} - DATE '1899-12-30') || '</v></c>'"
    if column.kind == Kind.YES_NO:
        yes, no = ("oui", "non") if french else ("yes", "no")
        read = f"CASE WHEN {read} THEN '{yes}' WHEN NOT {read} THEN '{no}' END"
    else:  # signs that no XML may hold are left out
        kept = rf"regexp_replace({read}, '[\x00-\x08\x0b\x0c\x0e-\x1f]', '', 'g')"
        read = f"replace(replace(replace({kept}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
    return f"""'<c t="inlineStr"><is><t xml:space="preserve">' || {read} || '</t></is></c>'"""


def _frame(names: Sequence[str]) -> dict[str, str]:
    """The parts that name the sheets and their styles."""
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(_SHEETS, names, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_REL}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in _SHEETS
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{_OFFICE}.worksheet+xml"/>'
        for number in _SHEETS
    )
    return {
        "[Content_Types].xml": (
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
            f"{kinds}</Types>"
        ),
        "_rels/.rels": (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{sheets}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship '
            f'Id="rId9" Type="{_REL}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": _STYLES,
    }
