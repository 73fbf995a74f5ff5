"""The files of the sample, each with the source that reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bassin.demo import (
    campus,
    failures,
    housing,
    labour,
    places,
    quarters,
    residents,
    sirene,
    successions,
    trades,
    transport,
    workplaces,
)
from bassin.demo.world import World


@dataclass(frozen=True, slots=True)
class Part:
    """One source of the sample: which files, and what writes them in a folder.

    Files are named as in a data pack, since some readers take the year from the name.
    """

    source: str
    files: tuple[str, ...]
    write: Callable[[World, Path], None]


PARTS = (
    Part("establishments", (sirene.ESTABLISHMENTS,), sirene.write_establishments),
    Part("legal_units", (sirene.LEGAL_UNITS,), sirene.write_legal_units),
    Part("failures", (failures.NAME,), failures.write),
    Part("establishments_by_size", (places.SIZES,), places.write_sizes),
    Part("insertion_employers", (places.INSERTION,), places.write_insertion),
    Part("green_projects", (places.GREEN,), places.write_green_projects),
    Part("successions", (successions.NAME,), successions.write),
    Part("census", residents.CENSUS, residents.write_census),
    Part("income_communes", (residents.INCOME_COMMUNES,), residents.write_income_communes),
    Part("income_iris", (residents.INCOME_IRIS,), residents.write_income_iris),
    Part("tax_income", (residents.TAX_INCOME,), residents.write_tax_income),
    Part("pay", (residents.PAY,), residents.write_pay),
    Part("prices", housing.PRICES, housing.write_prices),
    Part("prices_median", (housing.PRICES_MEDIAN,), housing.write_prices_median),
    Part("rents", (housing.RENTS,), housing.write_rents),
    Part("housing_vacancy", (housing.VACANCY,), housing.write_vacancy),
    Part("jobs_at_workplace", workplaces.JOBS, workplaces.write_jobs),
    Part("commuting", (workplaces.COMMUTING,), workplaces.write_commuting),
    Part("urssaf_headcounts", (workplaces.URSSAF,), workplaces.write_urssaf),
    Part("local_taxes", (workplaces.TAXES,), workplaces.write_taxes),
    Part("fiscal_potential", (workplaces.FISCAL_POTENTIAL,), workplaces.write_fiscal_potential),
    Part("employment_areas", (labour.AREAS,), labour.write_areas),
    Part("offers", (labour.OFFERS,), labour.write_offers),
    Part("hiring_needs", (labour.NEEDS,), labour.write_needs),
    Part("tension", (labour.TENSION,), labour.write_tension),
    Part("jobseekers", (labour.JOBSEEKERS,), labour.write_jobseekers),
    Part("rome_occupations", (labour.ROME3,), labour.write_rome3),
    Part("rome_appellations", (trades.APPELLATIONS,), trades.write_appellations),
    Part("rome_items", trades.ITEMS, trades.write_items),
    Part("rome_skills", (trades.LINKS,), trades.write_links),
    Part("rome_texts", (trades.TEXTS,), trades.write_texts),
    Part("rome_mobilities", (trades.MOVES,), trades.write_moves),
    Part("occupation_hirings", (trades.HIRINGS,), trades.write_hirings),
    Part("qpv", (quarters.QUARTERS,), quarters.write_quarters),
    Part("stations", (transport.STATIONS,), transport.write_stations),
    Part("lines", (transport.LINES,), transport.write_lines),
    Part("rome4_occupations", (labour.ROME4,), labour.write_rome4),
    Part("certifications", (campus.CARDS,), campus.write_cards),
    Part("certification_occupations", (campus.TRADES,), campus.write_trades),
    Part("certification_domains", campus.DOMAINS, campus.write_domains),
)
