"""A dataset as linked data: its own facts, its files, the period and the place it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s

from django.urls import reverse
from rdflib import BNode, Graph, Literal, URIRef

from bassin.observe.opendata import files
from bassin.observe.opendata.datasets import Dataset, Kind
from bassin.observe.opendata.linked.vocabulary import (
    ADMS,
    DCAT,
    DCATAP,
    DCTERMS,
    DQV,
    EU,
    FOAF,
    FRANCE,
    HVD,
    HVD_LAW,
    IANA,
    LANGUAGES,
    PROV,
    RDF,
    SKOS,
    VCARD,
    XSD,
    frequency,
)
from bassin.observe.opendata.quality import Quality
from bassin.store.history import Change
from bassin.types import Text

TABLE_SCHEMA = URIRef("https://specs.frictionlessdata.io/table-schema/")


@dataclass(frozen=True, slots=True)
class Here:
    """The installation: how its addresses are made whole, its name, who answers, its place."""

    absolute: Callable[[str], str]
    name: str
    email: str
    place: URIRef | None
    place_name: str

    def page(self, dataset: Dataset) -> str:
        """Whole address of a dataset's page."""
        return self.absolute(files.page(dataset))

    def node(self, dataset: Dataset) -> URIRef:
        """What names a dataset for ever."""
        return URIRef(f"{self.page(dataset)}#dataset")


def words(graph: Graph, subject: URIRef | BNode, predicate: URIRef, text: Text) -> None:
    """A text in the languages it is written in."""
    graph.add((subject, predicate, Literal(text.fr, lang="fr")))
    if text.en:
        graph.add((subject, predicate, Literal(text.en, lang="en")))


def agent(graph: Graph, name: str) -> BNode:
    """Somebody who publishes."""
    node = BNode(f"agent-{blake2s(name.encode(), digest_size=6).hexdigest()}")
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, FOAF.name, Literal(name)))
    return node


def add_dataset(graph: Graph, here: Here, dataset: Dataset, extent: tuple[str, str]) -> URIRef:
    """Everything of a dataset but its quality and its versions.

    Args:
        extent: first and last periods of its rows, "" where there are none.
    """
    node = here.node(dataset)
    graph.add((node, RDF.type, DCAT.Dataset))
    words(graph, node, DCTERMS.title, dataset.title)
    words(graph, node, DCTERMS.description, described(dataset))
    graph.add((node, DCTERMS.identifier, Literal(here.page(dataset))))
    graph.add((node, DCTERMS.publisher, agent(graph, dataset.publisher)))
    graph.add((node, DCTERMS.accrualPeriodicity, frequency(dataset.cadence.fr)))
    rights = "PUBLIC" if dataset.is_open else "NON_PUBLIC"
    graph.add((node, DCTERMS.accessRights, URIRef(f"{EU}access-right/{rights}")))
    graph.add((node, DCTERMS.modified, _day(dataset.received_on)))
    graph.add((node, DCAT.version, Literal(dataset.release)))
    graph.add((node, DCAT.landingPage, URIRef(here.page(dataset))))
    theme = dataset.declared.theme
    graph.add((node, DCAT.theme, URIRef(f"{EU}data-theme/{theme.european}")))
    words(graph, node, DCAT.keyword, theme.title)
    words(graph, node, DCAT.keyword, dataset.version.origin.label)
    for language in LANGUAGES.values():
        graph.add((node, DCTERMS.language, language))
    _contact(graph, here, node)
    _spatial(graph, here, node, dataset)
    _temporal(graph, node, extent)
    _lineage(graph, here, node, dataset)
    if dataset.declared.hvd and dataset.kind == Kind.TABLE:
        graph.add((node, DCATAP.applicableLegislation, HVD_LAW))
        graph.add((node, DCATAP.hvdCategory, HVD[dataset.declared.hvd]))
    for form in files.forms(dataset):
        _distribution(graph, here, node, dataset, form)
    return node


def described(dataset: Dataset) -> Text:
    """What a row is; its columns where nobody wrote it."""
    if dataset.definition.fr:
        return dataset.definition
    names = ", ".join(dataset.columns)
    return Text(f"{dataset.title.fr} : {names}.", f"{dataset.title.say('en')}: {names}.")


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)


def _contact(graph: Graph, here: Here, node: URIRef) -> None:
    contact = BNode("contact")
    graph.add((node, DCAT.contactPoint, contact))
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD.fn, Literal(here.name)))
    if here.email:
        graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{here.email}")))


def _spatial(graph: Graph, here: Here, node: URIRef, dataset: Dataset) -> None:
    graph.add((node, DCTERMS.spatial, FRANCE))
    if dataset.kind == Kind.TABLE and not dataset.is_invented:
        return
    place = here.place or BNode("territory")
    graph.add((node, DCTERMS.spatial, place))
    graph.add((place, RDF.type, DCTERMS.Location))
    graph.add((place, SKOS.prefLabel, Literal(here.place_name, lang="fr")))


def _temporal(graph: Graph, node: URIRef, extent: tuple[str, str]) -> None:
    begins, ends = extent
    if not begins:
        return
    period = BNode(f"period-{begins}-{ends}")
    graph.add((node, DCTERMS.temporal, period))
    graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((period, DCAT.startDate, Literal(begins, datatype=XSD.date)))
    graph.add((period, DCAT.endDate, Literal(ends, datatype=XSD.date)))


def _lineage(graph: Graph, here: Here, node: URIRef, dataset: Dataset) -> None:
    for name in dataset.inputs:
        page = here.absolute(reverse("opendata:table", kwargs={"key": name}))
        graph.add((node, PROV.wasDerivedFrom, URIRef(f"{page}#dataset")))
    if dataset.version.page:
        graph.add((node, DCTERMS.source, URIRef(dataset.version.page)))


def _distribution(
    graph: Graph, here: Here, dataset_node: URIRef, dataset: Dataset, form: files.Form
) -> None:
    node = URIRef(f"{here.page(dataset)}#{form.ending}")
    address = URIRef(here.absolute(files.address(dataset, form.ending)))
    graph.add((dataset_node, DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCTERMS.title, Literal(f"{dataset.title.fr} ({form.label})", lang="fr")))
    graph.add((node, DCAT.accessURL, address))
    graph.add((node, DCAT.downloadURL, address))
    graph.add((node, DCTERMS["format"], URIRef(f"{EU}file-type/{form.label.upper()}")))
    graph.add((node, DCAT.mediaType, URIRef(f"{IANA}{form.media}")))
    graph.add((node, DCATAP.availability, URIRef(f"{EU}planned-availability/STABLE")))
    if dataset.licence.is_known:
        graph.add((node, DCTERMS.license, URIRef(dataset.licence.uri)))
    if form == files.PARQUET and dataset.kind == Kind.TABLE:
        size = Literal(dataset.version.bytes, datatype=XSD.nonNegativeInteger)
        graph.add((node, DCAT.byteSize, size))
    if form == files.CSV:
        schema = URIRef(here.absolute(files.address(dataset, "schema.json")))
        graph.add((node, DCTERMS.conformsTo, schema))
        graph.add((schema, RDF.type, DCTERMS.Standard))
        graph.add((schema, DCTERMS.conformsTo, TABLE_SCHEMA))
    if dataset.declared.hvd and dataset.kind == Kind.TABLE:
        graph.add((node, DCATAP.applicableLegislation, HVD_LAW))


def add_quality(graph: Graph, here: Here, dataset: Dataset, judged: Quality) -> None:
    """The nine marks as measurements (DQV)."""
    node = here.node(dataset)
    for mark in judged.marks:
        measurement = URIRef(f"{here.page(dataset)}#quality-{mark.criterion.code}")
        graph.add((node, DQV.hasQualityMeasurement, measurement))
        graph.add((measurement, RDF.type, DQV.QualityMeasurement))
        metric = URIRef(f"{here.absolute(reverse('opendata:quality'))}#{mark.criterion.code}")
        graph.add((measurement, DQV.isMeasurementOf, metric))
        graph.add((measurement, DQV.value, Literal(round(mark.share, 4), datatype=XSD.decimal)))
        graph.add((measurement, DCTERMS.date, _day(judged.on)))


def add_versions(graph: Graph, here: Here, dataset: Dataset, changes: tuple[Change, ...]) -> None:
    """The versions of a table that are still kept, each with its file."""
    node = here.node(dataset)
    for change in changes:
        if not change.is_kept:
            continue
        version = URIRef(f"{here.page(dataset)}#version-{change.version.version}")
        graph.add((node, DCAT.hasVersion, version))
        graph.add((version, DCAT.isVersionOf, node))
        graph.add((version, RDF.type, DCAT.Dataset))
        words(graph, version, DCTERMS.title, dataset.title)
        words(graph, version, DCTERMS.description, described(dataset))
        graph.add((version, DCAT.version, Literal(change.version.version)))
        graph.add((version, DCTERMS.issued, _day(change.on)))
        note = Literal(f"{change.version.rows} lignes, {len(change.version.columns)} colonnes",
                       lang="fr")  # fmt: skip
        graph.add((version, ADMS.versionNotes, note))
