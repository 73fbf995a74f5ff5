"""How publishers write a value in a cell, and what it is once read.

A masked value is NULL, never zero; a number may have a decimal comma and blanks between
thousands; a code may have lost its leading zeros.
"""

from collections.abc import Iterable

import ibis.expr.types as ir

SECRET = ("*", "s", "nd", "ns", "n.d.", "[ND]", "c", "sec_stat")


def number(cell: ir.StringValue) -> ir.StringValue:
    """The number as text SQL can cast: no blank between thousands, a point before decimals.

    Other text is left as it is, so that a refused row shows what the publisher wrote.
    """
    grouped = cell.strip().re_replace(r"[\s\x{00A0}\x{202F}]+(\d{3})", r"\1")
    return grouped.re_replace(r",(\d+)$", r".\1")


def masked(cell: ir.StringValue, marks: Iterable[str] = SECRET) -> ir.BooleanValue:
    """Whether the publisher hid the value (an empty cell is missing, not hidden)."""
    return cell.strip().isin(list(marks)).fill_null(False)


def shown(cell: ir.StringValue, marks: Iterable[str] = SECRET) -> ir.StringValue:
    """The cell, NULL where its value is hidden."""
    return masked(cell, marks).ifelse(None, cell)


def padded(cell: ir.StringValue, length: int) -> ir.StringValue:
    """The code with the leading zeros a spreadsheet took away."""
    text = cell.strip()
    return (text.length() < length).ifelse(text.lpad(length, "0"), text)


def dotted(naf: ir.StringValue) -> ir.StringValue:
    """A NAF code as Insee writes it: "0111Z" gives "01.11Z"."""
    return naf.strip().re_replace(r"^(\d{2})(\d.*)$", r"\1.\2")
