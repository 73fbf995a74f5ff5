"""Lists of projects as people keep them in spreadsheets."""

import io

import xlsxwriter

HEADER = [
    "N°", "Axe", "Titre", "Porteur de projet", "Date de début", "Échéance", "Budget", "Commune",
    "Statut",
]  # fmt: skip


def projects(count: int, holders: int, town: str = "Valmont") -> list[list[str]]:
    """A list of projects in four axes, with its line of titles."""
    rows = [
        [
            f"P{number}", f"Axe {'ABCD'[number % 4 - 1]}", f"Projet {number} de l’exemple",
            f"Porteur {number % holders}", "2026-01-01", "31/12/2027", f"{number * 10} k€", town,
            "en cours",
        ]
        for number in range(1, count + 1)
    ]  # fmt: skip
    return [HEADER, *rows]


def xlsx_of(rows: list[list[str]]) -> bytes:
    """The rows as an Excel file."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("Projets")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return kept.getvalue()


def csv_of(rows: list[list[str]]) -> str:
    """The rows as text, with the semicolons of French spreadsheets."""
    return "\n".join(";".join(row) for row in rows)
