"""Addresses of open data: its pages under /donnees/. Machines' own lie in sub-packages."""

from django.urls import include, path, re_path

from bassin.observe.opendata.views import (
    brought,
    catalogue,
    charter,
    dataset,
    declaring,
    downloads,
    reserved,
    shared,
    sharing,
)
from bassin.ui.public import everyone

app_name = "opendata"
_DATA = "donnees/"
_TABLES, _FIGURES = f"{_DATA}tables/", f"{_DATA}chiffres/"
_SHARED = f"{_DATA}partages/"
_EMBED = "embed/"
_LINKED = r"(?P<extension>ttl|jsonld|rdf)$"

_pages = everyone(
    path(_DATA, catalogue.home, name="home"),
    path(f"{_DATA}catalogue.<str:extension>", catalogue.linked, name="linked"),
    path(f"{_DATA}nouveautes.atom", catalogue.feed, name="feed"),
    path(f"{_DATA}qualite/", catalogue.quality, name="quality"),
    path(f"{_DATA}charte/", charter.charter, name="charter"),
    path(f"{_DATA}au-service-de-qui/", charter.whose, name="whose"),
    path(f"{_DATA}journal/", charter.journal, name="journal"),
    path(_SHARED, sharing.sharing, name="sharing"),
    path(f"{_SHARED}accords/<slug:slug>/", sharing.agreement, name="agreement"),
    path(f"{_DATA}journal.csv", charter.journal_csv, name="journal_csv"),
    path(f"{_TABLES}<slug:key>/", dataset.table, name="table"),
    path(
        f"{_EMBED}{_TABLES}<slug:key>/", dataset.embedded, {"kind": "table"}, name="table_embed"
    ),
    path(f"{_TABLES}<slug:key>/refus.csv", downloads.refused, name="refused"),
    path(
        f"{_TABLES}<slug:key>/versions/<slug:version>.parquet", downloads.version, name="version"
    ),
    re_path(
        rf"^{_TABLES}(?P<key>[-\w]+)\.{_LINKED}", catalogue.described, {"kind": "table"},
        name="table_linked",
    ),
    path(f"{_TABLES}<slug:key>.<str:extension>", downloads.table, name="table_file"),
    path(f"{_FIGURES}<slug:key>/", dataset.figure, name="figure"),
    path(
        f"{_EMBED}{_FIGURES}<slug:key>/", dataset.embedded, {"kind": "figure"}, name="figure_embed"
    ),
    re_path(
        rf"^{_FIGURES}(?P<key>[-\w]+)\.{_LINKED}", catalogue.described, {"kind": "figure"},
        name="figure_linked",
    ),
    path(f"{_FIGURES}<slug:key>.<str:extension>", downloads.figure, name="figure_file"),
)  # fmt: skip

_YOURS, _RESERVED = f"{_DATA}vos-chiffres/", f"{_DATA}chiffres-reserves/"
_ONE = f"{_YOURS}<int:pk>/"

_private = [
    path(_YOURS, declaring.listed, name="declared"),
    path(f"{_YOURS}nouveau/", declaring.begin, name="declare"),
    path(_ONE, declaring.shown, name="declared_one"),
    path(f"{_ONE}mesure/", declaring.measure, name="declared_measure"),
    path(f"{_ONE}mots/", declaring.words, name="declared_words"),
    path(f"{_ONE}declaration.toml", declaring.declaration, name="declared_file"),
    path(f"{_ONE}publier/", declaring.publish, name="declared_publish"),
    path(f"{_ONE}changer/", declaring.revise, name="declared_revise"),
    path(f"{_ONE}retirer/", declaring.end, name="declared_end"),
    path(f"{_ONE}jeter/", declaring.throw_away, name="declared_throw"),
    path(f"{_RESERVED}<slug:name>/", reserved.page, name="reserved"),
    path(f"{_RESERVED}<slug:name>.csv", reserved.file, name="reserved_file"),
]

_members = [
    path(f"{_SHARED}nouvel-accord/", sharing.agreement_new, name="agreement_new"),
    path(f"{_SHARED}accords/<slug:slug>/modifier/", sharing.agreement_edit, name="agreement_edit"),
    path(f"{_SHARED}accords/<slug:slug>/nouvelle-table/", brought.table_new, name="table_new"),
    path(f"{_SHARED}tables/<slug:key>/", shared.table, name="shared"),
    path(f"{_SHARED}tables/<slug:key>/declaration/", brought.declaration, name="declaration"),
    path(f"{_SHARED}tables/<slug:key>/schema.json", brought.schema, name="shared_schema"),
    path(f"{_SHARED}tables/<slug:key>/usages.csv", shared.uses_csv, name="uses_csv"),
    path(f"{_SHARED}tables/<slug:key>.<slug:extension>", shared.file, name="shared_file"),
    path(f"{_SHARED}depots/<int:pk>/", brought.deposit, name="deposit"),
    path(f"{_SHARED}depots/<int:pk>/refus.csv", brought.deposit_faults, name="deposit_faults"),
]
"""Pages for those who signed in."""

urlpatterns = [
    path("", include("bassin.observe.opendata.api.urls")),
    path("", include("bassin.observe.opendata.features.urls")),
    *_pages,
    *_private,
    *_members,
]
