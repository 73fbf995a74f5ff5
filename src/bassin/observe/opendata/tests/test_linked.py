"""The catalogue as other catalogues harvest it: DCAT-AP 3, Atom, Table Schema."""

from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from bassin.observe.opendata.datasets import figures, tables

# rdflib 7.6 warns of what its own reader of JSON-LD, and pyshacl, still ask of it.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
DCT = Namespace("http://purl.org/dc/terms/")
DQV = Namespace("http://www.w3.org/ns/dqv#")
SHAPES = Path(__file__).with_name("dcat-shapes.ttl")
BASE = "http://testserver/donnees/tables"
CENSUS = URIRef(f"{BASE}/census/#dataset")
ATOM = "{http://www.w3.org/2005/Atom}"


def judged(graph: Graph) -> str:
    """What the shapes have to say of a graph; "" when it conforms."""
    conforms, _graph, told = validate(graph, shacl_graph=str(SHAPES), inference="none")
    return "" if conforms else told


@pytest.fixture(scope="module")
def read() -> dict[str, Graph]:
    """What was already read: the whole catalogue takes a second."""
    return {}


@pytest.fixture
def harvested(visit, read) -> Graph:
    """The catalogue as a harvester reads it. Never change it."""
    if not read:
        response = visit("/donnees/catalogue.ttl")
        read["whole"] = Graph().parse(data=response.content, format="turtle")
    return read["whole"]


def test_a_harvester_finds_every_table_and_every_figure_and_the_whole_conforms(
    harvested, installed
):
    listed = set(harvested.objects(None, DCAT.dataset))

    assert len(listed) == len(tables(installed)) + len(figures(installed))
    assert CENSUS in listed
    assert judged(harvested) == ""


def test_every_file_of_the_catalogue_can_be_taken_where_it_says(harvested, visit):
    addresses = {str(each) for each in harvested.objects(None, DCAT.downloadURL)}
    ours = {each for each in addresses if "census" in each.partition("/tables/")[2]}

    assert len(ours) == 3
    for address in ours:
        response = visit(address.removeprefix("http://testserver"))
        response.close()
        assert response.status_code == 200


def test_the_shapes_refuse_what_is_missing(visit):
    graph = Graph().parse(data=visit("/donnees/tables/census.ttl").content, format="turtle")
    graph.add((URIRef("http://testserver/donnees/#catalogue"), DCAT.dataset, CENSUS))
    assert judged(graph) == ""
    graph.remove((CENSUS, DCT.title, None))
    graph.remove((CENSUS, DCT.publisher, None))

    told = judged(graph)

    assert "title" in told
    assert "publisher" in told


def test_a_high_value_dataset_names_its_category_and_its_regulation(harvested):
    shown = URIRef(f"{BASE}/establishments_shown/#dataset")

    categories = set(harvested.objects(shown, DCATAP.hvdCategory))
    assert categories == {URIRef("http://data.europa.eu/bna/c_a9135398")}
    assert URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj") in set(
        harvested.objects(shown, DCATAP.applicableLegislation)
    )


def test_a_closed_table_is_in_the_catalogue_without_a_file(harvested):
    closed = URIRef(f"{BASE}/establishments/#dataset")

    assert (closed, RDF.type, DCAT.Dataset) in harvested
    assert not set(harvested.objects(closed, DCAT.distribution))
    rights = next(harvested.objects(closed, DCT.accessRights))
    assert str(rights).endswith("NON_PUBLIC")


@pytest.mark.parametrize(
    ("accepted", "ending"),
    [
        ("text/turtle", "ttl"),
        ("application/ld+json, */*;q=0.1", "jsonld"),
        ("application/rdf+xml", "rdf"),
    ],
)
def test_the_address_of_the_catalogue_gives_the_format_that_is_accepted(visit, accepted, ending):
    response = visit("/donnees/", headers={"accept": accepted})

    assert response.status_code == 303
    assert response.url == f"/donnees/catalogue.{ending}"
    assert "Accept" in response.headers["Vary"]


def test_a_browser_that_accepts_everything_gets_the_page(visit):
    response = visit("/donnees/", headers={"accept": "text/html,application/rdf+xml;q=0.9,*/*"})

    assert response.status_code == 200
    assert b"<h1" in response.content


@pytest.mark.parametrize(("ending", "name"), [("jsonld", "json-ld"), ("rdf", "xml")])
def test_one_dataset_says_the_same_in_each_format_with_its_quality_and_versions(
    visit, ending, name
):
    turtle = Graph().parse(data=visit("/donnees/tables/census.ttl").content, format="turtle")
    other = Graph().parse(data=visit(f"/donnees/tables/census.{ending}").content, format=name)

    assert len(turtle) == len(other)
    assert len(set(other.objects(CENSUS, DQV.hasQualityMeasurement))) == 9
    assert len(set(other.objects(CENSUS, DCAT.hasVersion))) == 2
    assert (None, DCT.issued, None) in other
    assert Literal("Recensement de la population, communes", lang="fr") in set(
        other.objects(CENSUS, DCT.title)
    )


def required(parent: Element, *names: str) -> None:
    """RFC 4287 asks for exactly one of each."""
    for name in names:
        assert len(parent.findall(f"{ATOM}{name}")) == 1, f"{parent.tag} without one {name}"


def test_the_feed_of_releases_is_atom(visit):
    response = visit("/donnees/nouveautes.atom")
    feed = fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")

    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert feed.tag == f"{ATOM}feed"
    required(feed, "id", "title", "updated", "author")
    assert {each.get("rel") for each in feed.findall(f"{ATOM}link")} == {"self", "alternate"}
    assert len(entries) > 1
    assert len({each.findtext(f"{ATOM}id") for each in entries}) == len(entries)
    for each in (feed, *entries):
        assert datetime.fromisoformat(each.findtext(f"{ATOM}updated")).tzinfo is not None
    for each in entries:
        required(each, "id", "title", "updated", "content")


def test_the_feed_tells_what_the_last_release_changed(visit):
    newest = fromstring(visit("/donnees/nouveautes.atom").content).find(f"{ATOM}entry")

    assert "Recensement de la population" in newest.findtext(f"{ATOM}content")
    assert "−8" in newest.findtext(f"{ATOM}content")
