"""Papers: a PDF that screen readers read, an OpenDocument text with the same words."""

import pytest

from bassin.types import Origin
from bassin.ui.charts.model import ChartInput, Point
from bassin.ui.papers import Heading, Items, Paper, Paragraph, Picture, Table, odt, pdf
from tests.support.papers import read_odt, read_pdf

CHART = ChartInput(
    kind="bars",
    title="Avancement par axe",
    said="L'axe 2 avance le plus : 60 %.",
    points=(Point("Axe 1", 20.0), Point("Axe 2", 60.0), Point("Axe 3", None, state="missing")),
    unit="%",
    source="Suivi des actions, 26 novembre 2026",
    origin=Origin.REAL,
)
HOSTILE = '#panic("lu") $x$ *gras* <script> [crochets] @ref'


def paper(*, sample: bool = False, language: str = "fr") -> Paper:
    return Paper(
        title="Comité du 3 décembre 2026",
        author="Une autorité",
        language=language,
        sample=sample,
        facts=["Avancement depuis le 3 septembre"],
        foot="édité le 26 novembre",
        blocks=[
            Heading("Ordre du jour"),
            Items(["Décider du budget", HOSTILE], numbered=True),
            Paragraph("12 actions sur 33 ont été rapportées.", strong=True),
            Heading("Les actions", 2),
            Table("Toutes", ["Action", "Avancement"], [["Quai fluvial", "60 %"]], numbers=[1],
                  note="Sur 33 actions."),
            Picture(CHART),
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf(paper())


def test_the_pdf_declares_what_pdf_ua_asks_for(made):
    read = read_pdf(made)

    assert read.ua_part == "1"
    assert read.marked
    assert read.shows_title
    assert read.language.startswith("fr")
    assert read.title == "Comité du 3 décembre 2026"


def test_headings_lists_tables_and_pictures_are_told_to_a_screen_reader(made):
    read = read_pdf(made)

    assert {"H1", "H2", "L", "Table", "TH", "TD", "Figure"} <= set(read.tags)
    assert read.alternatives == [CHART.said]


def test_the_first_cell_of_each_row_of_a_table_is_told_as_its_header(made):
    rows = [[f"Action {number}", "60 %"] for number in range(90)]  # over several pages
    long = pdf(Paper(title="x", author="x", language="fr",
                     blocks=[Table("Toutes", ["Action", "Avancement"], rows)]))  # fmt: skip

    assert read_pdf(made).heads == ["Column", "Column", "Row"]
    read = read_pdf(long)
    assert read.pages > 2
    assert read.heads == ["Column", "Column", *["Row"] * 90]
    assert read.tags.count("TD") == 90
    assert (read.ua_part, read.marked, read.text.count("60 %")) == ("1", True, 90)


def test_the_text_of_the_pdf_is_read_back_word_for_word(made):
    read = read_pdf(made)

    for words in (
        "Décider du budget",
        "12 actions sur 33",
        "Quai fluvial",
        "60 %",
        "Sur 33 actions.",
    ):
        assert words in read.text


def test_what_people_wrote_is_never_run(made):
    assert HOSTILE in read_pdf(made).text


def test_a_sign_without_a_font_is_stood_for_and_it_is_said():
    strange = [Paragraph("Bravo 👍🏽 合作 한국 \ue000 ✓"), Paragraph("مرحبا, мой, काम")]
    words = pdf(Paper(title="Atelier", author="Une autorité", language="fr", blocks=strange))

    text = read_pdf(words).text
    assert "Bravo ¤ ¤¤ ¤¤" in text
    assert "✓" in text
    assert "¤ tient la place d'un signe" in text
    assert "мой" in text


def test_a_line_break_in_a_cell_is_one_in_the_text_to_edit():
    table = Table("Votes", ["Réponse"], [["Oui\nSelon l'Insee"]])

    _text, raw = read_odt(odt(Paper(title="Votes", author="x", language="fr", blocks=[table])))

    assert "Oui<text:line-break" in raw


def test_a_bar_is_drawn_and_not_read(made):
    table = Table("Votes", ["Réponse", "Part"], [["Oui", "60 %"], ["Non", "0 %"], ["Autre", "–"]],
                  bars=[60.0, 0.0, None])  # fmt: skip
    barred = pdf(Paper(title="Votes", author="x", language="fr", blocks=[table], room="debate"))

    assert "Figure" not in read_pdf(barred).tags
    assert "Oui" in read_pdf(barred).text


def test_a_paper_of_the_sample_says_so_across_every_page():
    assert "EXEMPLE" in read_pdf(pdf(paper(sample=True))).text
    assert "SAMPLE" in read_pdf(pdf(paper(sample=True, language="en"))).text


def test_a_real_paper_is_no_example(made):
    assert "EXEMPLE" not in read_pdf(made).text


def test_the_opendocument_text_holds_the_same_words_and_the_picture_described():
    text, raw = read_odt(odt(paper(sample=True)))

    for words in ("EXEMPLE", "1. Décider du budget", HOSTILE, "Quai fluvial", "60 %", CHART.said):
        assert words in text
    assert "table:table-header-rows" in raw
    assert "svg:desc" in raw
