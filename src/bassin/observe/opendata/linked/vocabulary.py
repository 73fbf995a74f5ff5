"""The words of others that the catalogue speaks: namespaces, and codes of European authorities."""

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef

DCAT = Namespace("http://www.w3.org/ns/dcat#")  # of version 3, which rdflib does not hold yet
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
DQV = Namespace("http://www.w3.org/ns/dqv#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"

HVD_LAW = URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj")
"""Regulation (EU) 2023/138 on high-value datasets."""

HVD = {
    "geospatial": URIRef("http://data.europa.eu/bna/c_ac64a52d"),
    "environment": URIRef("http://data.europa.eu/bna/c_dd313021"),
    "statistics": URIRef("http://data.europa.eu/bna/c_e1da4e07"),
    "companies": URIRef("http://data.europa.eu/bna/c_a9135398"),
    "mobility": URIRef("http://data.europa.eu/bna/c_b79e35eb"),
}
"""The categories of that regulation, by the words of `tables.toml`."""

LANGUAGES = {"fr": URIRef(f"{EU}language/FRA"), "en": URIRef(f"{EU}language/ENG")}
FRANCE = URIRef(f"{EU}country/FRA")

_CADENCES = (
    ("chaque jour", "DAILY"), ("en continu", "UPDATE_CONT"), ("chaque mois", "MONTHLY"),
    ("chaque trimestre", "QUARTERLY"), ("deux fois par an", "ANNUAL_2"),
    ("chaque année", "ANNUAL"), ("arrêtée", "NEVER"), ("une seule édition", "NEVER"),
    ("publié une fois", "NEVER"),
)  # fmt: skip
"""How a cadence begins, and its code among European frequencies."""

_PREFIXES = {
    "adms": ADMS, "dcat": DCAT, "dcatap": DCATAP, "dct": DCTERMS, "dqv": DQV, "foaf": FOAF,
    "prov": PROV, "skos": SKOS, "vcard": VCARD, "xsd": XSD,
}  # fmt: skip

__all__ = [
    "ADMS", "DCAT", "DCATAP", "DCTERMS", "DQV", "EU", "FOAF", "FRANCE", "HVD", "HVD_LAW", "IANA",
    "LANGUAGES", "PROV", "RDF", "RDFS", "SKOS", "VCARD", "XSD", "empty", "frequency",
]  # fmt: skip


def empty() -> Graph:
    """A graph that knows the prefixes."""
    graph = Graph(bind_namespaces="core")
    for prefix, namespace in _PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def frequency(cadence: str) -> URIRef:
    """A publisher's rhythm among European frequencies; irregular when it says nothing known."""
    code = next((code for words, code in _CADENCES if cadence.startswith(words)), "IRREG")
    return URIRef(f"{EU}frequency/{code}")
