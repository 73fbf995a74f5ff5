"""The whole catalogue as linked data, and one dataset alone."""

from collections.abc import Iterable

from django.urls import reverse
from rdflib import Graph, Literal, URIRef

from bassin.indicators.house import House
from bassin.observe.opendata import services
from bassin.observe.opendata.changes import history
from bassin.observe.opendata.datasets import Dataset, Kind, figures, tables
from bassin.observe.opendata.linked.nodes import (
    Here,
    add_dataset,
    add_quality,
    add_versions,
    agent,
    words,
)
from bassin.observe.opendata.linked.vocabulary import (
    DCAT,
    DCTERMS,
    EU,
    FOAF,
    LANGUAGES,
    RDF,
    XSD,
    empty,
)
from bassin.observe.opendata.measures import extent
from bassin.observe.opendata.quality import Quality
from bassin.types import Text

FORMATS = {
    "ttl": ("turtle", "text/turtle"),
    "jsonld": ("json-ld", "application/ld+json"),
    "rdf": ("xml", "application/rdf+xml"),
    "xml": ("xml", "application/rdf+xml"),
}
"""Endings, the names of the formats in rdflib, and their media types."""


def whole(opened: House, here: Here) -> Graph:
    """The catalogue with every dataset, open or not."""
    graph = empty()
    catalogue = URIRef(f"{here.absolute(reverse('opendata:home'))}#catalogue")
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    title = Text(f"Données ouvertes : {here.name}", f"Open data: {here.name}")
    words(graph, catalogue, DCTERMS.title, title)
    words(graph, catalogue, DCTERMS.description, Text(
        "Tables et chiffres publiés, avec leur licence, leur qualité mesurée et leurs fichiers.",
        "Published tables and figures, with their licence, measured quality and files.",
    ))  # fmt: skip
    graph.add((catalogue, DCTERMS.publisher, agent(graph, here.name)))
    graph.add((catalogue, FOAF.homepage, URIRef(here.absolute(reverse("opendata:home")))))
    graph.add((catalogue, DCTERMS.license, URIRef("https://spdx.org/licenses/etalab-2.0")))
    graph.add((catalogue, DCAT.themeTaxonomy, URIRef(f"{EU}data-theme")))
    moment = opened.reader.release.created_at if opened.reader.name else ""
    if moment:
        graph.add((catalogue, DCTERMS.modified, Literal(moment[:10], datatype=XSD.date)))
    for language in LANGUAGES.values():
        graph.add((catalogue, DCTERMS.language, language))
    every = [*tables(opened).values(), *figures(opened).values()]
    for dataset in every:
        graph.add((catalogue, DCAT.dataset, _added(graph, opened, here, dataset)))
    _add_services(graph, here, catalogue, every)
    return graph


def one(opened: House, here: Here, dataset: Dataset, judged: Quality) -> Graph:
    """One dataset with its quality and its versions."""
    graph = empty()
    _added(graph, opened, here, dataset)
    add_quality(graph, here, dataset, judged)
    if dataset.kind == Kind.TABLE and dataset.is_open:
        add_versions(graph, here, dataset, history(opened).get(dataset.key, ()))
    return graph


def _added(graph: Graph, opened: House, here: Here, dataset: Dataset) -> URIRef:
    table = dataset.key if dataset.kind == Kind.TABLE else dataset.inputs[0]
    return add_dataset(graph, here, dataset, extent(opened.reader, table))


def _add_services(graph: Graph, here: Here, catalogue: URIRef, datasets: Iterable[Dataset]) -> None:
    served = [(each, services.of(each)) for each in datasets]
    for service in services.every():
        address = URIRef(here.absolute(service.url))
        node = URIRef(f"{address}#service")
        graph.add((catalogue, DCAT.service, node))
        graph.add((node, RDF.type, DCAT.DataService))
        words(graph, node, DCTERMS.title, service.title)
        graph.add((node, DCAT.endpointURL, address))
        if service.description:
            described = URIRef(here.absolute(service.description))
            graph.add((node, DCAT.endpointDescription, described))
        for each, by in served:
            if service.label in {one.label for one in by}:
                graph.add((node, DCAT.servesDataset, here.node(each)))
