"""Components refuse to be shown without what they must say, and say it when they have it."""

import pytest
from django.template import engines
from django.test import RequestFactory

from bassin.types import Origin
from bassin.ui import gallery
from bassin.ui.parts import Cell, Column, Moment, Reason, Row
from bassin.ui.paths import PACKAGE
from bassin.ui.templatetags.ui import MissingInput

COMPONENTS = sorted(path.stem for path in (PACKAGE / "templates" / "cotton").glob("*.html"))
FIGURE = {
    "value": "14,3",
    "unit": "%",
    "place": "Orly",
    "asof": "2018",
    "source": "Insee",
    "mark": "real",
    "definition": "/d",
}


def write(tmp_path, settings, text: str, **context) -> str:
    """Render a template that lives in a file, as cotton compiles only those."""
    folder = tmp_path / "templates"
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_text(text)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(folder)]}]
    request = RequestFactory().get("/")
    return engines["django"].get_template("page.html").render(context, request)


@pytest.fixture
def show(tmp_path, settings):
    return lambda text, **context: write(tmp_path, settings, text, **context)


def figure(given: dict[str, str], slot: str = "taux de chômage") -> str:
    words = " ".join(f'{name}="{value}"' for name, value in given.items())
    return f"<c-figure {words}>{slot}</c-figure>"


def test_every_component_opens_with_the_list_of_its_inputs():
    for name in COMPONENTS:
        text = (PACKAGE / "templates" / "cotton" / f"{name}.html").read_text()

        assert text.startswith("{#"), name
        assert "Inputs:" in text.partition("#}")[0], name


def test_every_component_refuses_to_be_called_with_nothing(show):
    for name in COMPONENTS:
        with pytest.raises(MissingInput, match=f"<c-{name}> needs"):
            show(f"<c-{name}></c-{name}>")


@pytest.mark.parametrize("absent", FIGURE)
def test_a_figure_is_never_shown_without_one_of_its_facts(show, absent):
    given = {name: value for name, value in FIGURE.items() if name != absent}

    with pytest.raises(MissingInput, match=absent):
        show(figure(given))


def test_a_figure_without_caption_is_refused(show):
    with pytest.raises(MissingInput, match="slot"):
        show(figure(FIGURE, slot=""))


def test_a_figure_shows_its_place_date_source_mark_and_definition(show):
    html = show(figure(FIGURE | {"mark": "invented"}))

    for shown in ("14,3", "Orly", "2018", "Insee", "inventé", 'href="/d"', "is-invented"):
        assert shown in html


def test_a_figure_without_value_says_why(show):
    given = {name: value for name, value in FIGURE.items() if name != "value"}

    html = show(figure(given | {"why": "Secret statistique."}))

    assert "Secret statistique." in html
    assert "figure__value" not in html


def test_a_component_does_not_borrow_an_input_from_the_page(show):
    with pytest.raises(MissingInput, match="source"):
        show(figure({k: v for k, v in FIGURE.items() if k != "source"}), source="la page")


def test_a_zero_is_a_value(show):
    html = show('<c-bar :value="0" :largest="3" shown="0" title="Orly" />')

    assert 'width="0"' in html


def test_a_table_writes_why_a_cell_is_absent_and_what_it_is_sorted_by(show):
    rows = [Row(Cell("Orly"), [Cell("1 204", sort=1204), Cell(why="secret")], ours=True)]
    columns = [Column("Commune"), Column("Emplois", number=True), Column("Salaires", number=True)]

    html = show(
        '<c-table caption="Emplois" :columns="columns" :rows="rows" sortable />',
        columns=columns,
        rows=rows,
    )

    assert 'data-v="1204"' in html
    assert "is-absent" in html
    assert 'class="is-ours"' in html
    assert '<th scope="row">Orly</th>' in html


def test_an_invented_cell_is_marked(show):
    rows = [Row(Cell("Orly"), [Cell("3", origin=Origin.INVENTED)])]

    html = show(
        '<c-table caption="Offres" :columns="columns" :rows="rows" />',
        columns=[Column("Commune"), Column("Offres")],
        rows=rows,
    )

    assert '<span class="is-invented">3</span>' in html


def test_a_text_given_to_a_component_is_escaped(show):
    html = show('<c-alert title="{{ title }}">{{ title }}</c-alert>', title="<script>")

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 2


def test_at_most_three_reasons_are_shown_and_none_by_colour_alone(show):
    reasons = [Reason("yes", "un"), Reason("unknown", "deux"), Reason("no", "trois")]
    reasons.append(Reason("yes", "quatre"))

    html = show(
        '<c-reasons title="Offre" first="Tout y est." :reasons="reasons">Appeler</c-reasons>',
        reasons=reasons,
    )

    assert "quatre" not in html
    for word in ("Oui", "À vérifier", "Non"):
        assert word in html


def test_a_late_moment_says_so_in_words(show):
    moments = [Moment("mars 2026", "2026-03", "Étude", "late")]

    html = show('<c-timeline label="Action 12" :moments="moments" />', moments=moments)

    assert "(en retard)" in html
    assert '<time datetime="2026-03">mars 2026</time>' in html


def test_only_an_image_of_the_house_enters_a_page_unescaped(show):
    with pytest.raises(ValueError, match="Not an SVG"):
        show("{% load ui %}{{ drawn|image }}", drawn="<script>alert(1)</script>")


def test_a_field_in_error_says_what_to_do_and_is_tied_to_its_words(show):
    form = gallery.form(gallery.WORDS["fr"])

    html = show('<c-field :field="field" />', field=form["commune"])

    assert "Choisissez une commune du territoire." in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_commune_error"' in html
    assert 'id="id_commune_error"' in html
