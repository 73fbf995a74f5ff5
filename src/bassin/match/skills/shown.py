"""How a trade is shown: tables, the chart of its needs, and the sentences that go with them."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.indicators.numbers import number, percent
from bassin.match.skills import tags
from bassin.match.skills.forecast import Gap, Need, Values
from bassin.match.skills.hypotheses import YEARS, Supposed, question
from bassin.match.skills.near import KINDS
from bassin.match.skills.trades import Trade
from bassin.match.skills.workforce import FEWEST
from bassin.pairing.occupations import Neighbour
from bassin.taxonomies import naf
from bassin.types import Origin
from bassin.ui.charts.model import ChartInput, Point
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.reader import language

NEAR_ZERO = 0.5


def whole(value: float) -> str:
    """A number of people or jobs, as it is read."""
    return number(0.0 if abs(value) < NEAR_ZERO else value, 0, language())


def interval(values: Values) -> str:
    """The central value, with its two ends when they differ: “93 (45 to 140)”."""
    low, central, high = (whole(each) for each in values)
    if low == high:
        return central
    return _("{central} ({low} to {high})").format(central=central, low=low, high=high)


def scenario_columns(first: str) -> list[Column]:
    """A heading, then low, central and high."""
    names = (_("low"), _("central"), _("high"))
    return [Column(first), *(Column(name, number=True) for name in names)]


def _cells(values: Values, origin: Origin) -> list[Cell]:
    return [Cell(whole(each), sort=each, origin=origin) for each in values]


def by_year(trade: Trade) -> tuple[list[Column], list[Row]]:
    """Positions to fill since the stock was counted, year after year."""
    start = trade.among.work.year
    rows = [
        Row(Cell(str(start + need.years)), _cells(need.gross, trade.origin))
        for need in trade.needs()
    ]
    return scenario_columns(_("By the end of")), rows


def chart(trade: Trade) -> ChartInput | None:
    """Positions to fill by year, in three scenarios; None when nothing may be shown."""
    needs = trade.needs()
    if not needs:
        return None
    start = trade.among.work.year
    named = zip(Values._fields, (_("low"), _("central"), _("high")), strict=True)
    points = [
        Point(title, round(getattr(each.gross, name), 1), period=str(start + each.years),
              series=title, ours=name == "central")
        for name, title in named for each in needs
    ]  # fmt: skip
    return ChartInput(
        kind="line",
        title=_("Positions to fill: {trade}").format(trade=trade.label),
        said=sentence(trade, needs[-1]),
        points=tuple(points),
        unit=_("positions, since {year}").format(year=start),
        source=_("{source} × hires by trade and activity; hypotheses").format(
            source=trade.among.work.said.say(language())
        ),
        origin=trade.origin,
        language=language(),
    )


def sentence(trade: Trade, needed: Need) -> str:
    """The need in one sentence."""
    start = trade.among.work.year
    gross = needed.gross
    return _(
        "Between {low} and {high} positions to fill from {start} to {end}, {central} in the "
        "central scenario."
    ).format(
        low=whole(gross.low), high=whole(gross.high), central=whole(gross.central),
        start=start, end=start + needed.years,
    )  # fmt: skip


def _why(supposed: Supposed | None, term: str) -> str:
    if supposed is None:
        return question(term).say(language())
    return supposed.why.say(language())


def terms(trade: Trade, needed: Need) -> tuple[list[Column], list[Row]]:
    """Every term of the sum with where it comes from; an unknown one is its question."""
    held = trade.hypotheses
    market = trade.among.market
    crossed = _("{source} × hires by trade and activity").format(
        source=trade.among.work.said.say(language())
    )
    seekers = (
        _("Dares, jobseekers of the trade, {period}, × share ready").format(
            period=market.tension_period
        )
        + f" · {_why(held['ready'], 'jobseekers')}"
    )
    parts: list[tuple[str, Values | None, str]] = [
        (_("Jobs in place"), needed.stock, crossed),
        (_("+ Net creation of jobs"), needed.creation, _why(held["growth"], "")),
        (_("+ Ends of careers"), needed.departures, _why(held["older"], "")),
        (_("= Positions to fill"), needed.gross, _("Creation + ends of careers, never under 0.")),
    ]
    named = {
        "training": (_("− Leaving training, in a job"), _why(held["leavers"], "leavers")),
        "jobseekers": (_("− Jobseekers ready"), seekers),
        "near": (_("− From near trades"), _why(held["near"], "near")),
        "commuters": (_("− Commuters"), _why(held["commuters"], "commuters")),
    }
    for each in trade.resources():
        said, why = named[each.code]
        if each.values is None and each.code == "jobseekers":
            why = question("jobseekers").say(language())
        parts.append((said, each.values, why))
    found = trade.gap()
    if found is not None:
        parts.append((_gap_named(found), found.values, _gap_said(found)))
    columns = [*scenario_columns(_("Term")), Column(_("Where it comes from"))]
    return columns, [_term_row(*part, trade.origin) for part in parts]


def _term_row(said: str, values: Values | None, why: str, origin: Origin) -> Row:
    if values is None:
        return Row(Cell(said), [Cell(why=_("question")) for _each in range(3)] + [Cell(why)])
    return Row(Cell(said), [*_cells(values, origin), Cell(why)], ours=said.startswith("="))


def _gap_named(found: Gap) -> str:
    return _("= Gap, before the unknown terms") if found.unknown else _("= Gap")


def _gap_said(found: Gap) -> str:
    said = _("Least need less most resources; greatest need less least resources.")
    if found.unknown:
        said += " " + ngettext(
            "{count} term is unknown and left out: answer its question to know the gap.",
            "{count} terms are unknown and left out: answer their questions to know the gap.",
            len(found.unknown),
        ).format(count=len(found.unknown))
    return said


def near(neighbours: Sequence[Neighbour], trade: Trade) -> tuple[list[Column], list[Row]]:
    """Where one may go from here, with what one has and lacks, and the experts' view beside."""
    columns = [
        Column(_("Near trade")), Column(_("Nearness, of 100"), number=True),
        Column(_("Already had")), Column(_("To learn")), Column(_("Experts' view (ROME)")),
        Column(_("Tension, of 5"), number=True),
    ]  # fmt: skip
    rows = []
    for each in neighbours:
        seen = trade.among.market.seen.get(each.rome_code)
        rows.append(
            Row(
                Cell(each.label, url=reverse("skills:trade", args=[each.rome_code])),
                [
                    Cell(number(each.score, 0, language()), sort=each.score),
                    Cell(_listed([item.label for item in each.shared if item.kind in KINDS])),
                    Cell(_listed([item.label for item in each.missing if item.kind in KINDS])),
                    Cell(each.expert.say(language())),
                    _tension(seen.tension if seen else None, trade.among.market.tension_origin),
                ],
            )
        )
    return columns, rows


def _listed(labels: Sequence[str], most: int = 3) -> str:
    if not labels:
        return _("nothing")
    said = " ; ".join(labels[:most])
    more = len(labels) - most
    return f"{said}… (+{more})" if more > 0 else said


def _tension(value: int | None, origin: Origin) -> Cell:
    if value is None:
        return Cell(why=_("not published"))
    return Cell(str(value), sort=value, origin=origin)


def hirers(trade: Trade, most: int = 10) -> tuple[list[Column], list[Row]]:
    """The activities that hire this trade here; a count that rests on too few firms is hidden."""
    work = trade.among.work
    columns = [
        Column(_("Activity")), Column(_("Employers"), number=True),
        Column(_("Jobs of the trade, estimated"), number=True),
        Column(_("Its share of the activity's hires"), number=True),
    ]  # fmt: skip
    stock = trade.stock
    parts = sorted(stock.activities.items(), key=lambda part: -part[1].central) if stock else []
    rows = []
    for code, jobs in parts[:most]:
        employers = work.activities[code].employers
        secret = employers < FEWEST or (stock is not None and stock.secret)
        hidden = Cell(why=_("secret: fewer than 3 firms"))
        share = 100 * work.shares[code][trade.code]
        rows.append(
            Row(
                Cell(f"{naf.label(code, language())} ({code})"),
                [
                    hidden
                    if secret
                    else Cell(whole(employers), sort=employers, origin=work.origin),
                    hidden
                    if secret
                    else Cell(interval(jobs), sort=jobs.central, origin=work.origin),
                    Cell(percent(share, 1, language()), sort=share),
                ],
            )
        )
    return columns, rows


def tag_words(trade: Trade) -> list[tuple[str, str]]:
    """Each tag of the transition: its word, and on how many of its fiches."""
    found = []
    for kind in trade.tags.kinds:
        labels = trade.tags.tagged[kind]
        said = _("{count} of {all} fiches of ROME 4: {labels}").format(
            count=len(labels), all=trade.tags.fiches, labels=", ".join(labels)
        )
        found.append(
            (tags.WORDS[kind].say(language()), f"{tags.MEANS[kind].say(language())} — {said}")
        )
    return found


def listed(trades: Iterable[Trade]) -> tuple[list[Column], list[Row]]:
    """One row per trade."""
    columns = [
        Column(_("Trade")), Column(_("Jobs in place, estimated"), number=True),
        Column(_("Positions to fill in {count} years").format(count=YEARS), number=True),
        Column(_("Jobseekers"), number=True), Column(_("Tension, of 5"), number=True),
        Column(_("Offers"), number=True), Column(_("Transition")),
    ]  # fmt: skip
    return columns, [_row(each) for each in trades]


def _row(trade: Trade) -> Row:
    market = trade.among.market
    seen = trade.seen
    needed = trade.need()
    absent = _("secret") if trade.stock and trade.stock.secret else _("unknown")
    seekers = seen.jobseekers if seen else None
    cells = [
        Cell(interval(needed.stock), sort=needed.stock.central, origin=trade.origin)
        if needed else Cell(why=absent),
        Cell(interval(needed.gross), sort=needed.gross.central, origin=trade.origin)
        if needed else Cell(why=absent),
        Cell(whole(seekers), sort=seekers, origin=market.tension_origin)
        if seekers is not None else Cell(why=_("not published")),
        _tension(seen.tension if seen else None, market.tension_origin),
        Cell(whole(trade.offers), sort=trade.offers, origin=market.offers_origin)
        if trade.offers is not None else Cell(why=_("not loaded")),
        Cell(", ".join(tags.WORDS[kind].say(language()) for kind in trade.tags.kinds) or "–"),
    ]  # fmt: skip
    url = reverse("skills:trade", args=[trade.code])
    return Row(Cell(f"{trade.label} ({trade.code})", url=url), cells)
