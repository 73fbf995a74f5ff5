"""How a plan is shown: its sentences, its tables, its rows as a file, and its paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.indicators.numbers import number
from bassin.indicators.numbers import period as in_words
from bassin.match.skills.campus_shown import none_enough
from bassin.match.skills.courses import Offered
from bassin.match.skills.reconversion import asking
from bassin.match.skills.reconversion.demand import Demand
from bassin.match.skills.reconversion.exposed import Exposed
from bassin.match.skills.reconversion.funding import Euros, euros
from bassin.match.skills.reconversion.plan import Lead, Learnt, Line, Plan
from bassin.match.skills.reconversion.schemes import Checked, State
from bassin.taxonomies.interval import Interval, Part
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Reason, Row
from bassin.ui.reader import language

_SAYS: dict[str, State] = {"yes": "yes", "no": "no", "ask": "unknown"}
_FEW = 3
REASONS, MISSING = 3, 5
"""Reasons, and things to learn, shown at once on a card; the others are folded."""

_ORDER = {"promising": 0, "nearness": 1, "cover": 2}


def jobs(count: Fraction | int) -> str:
    """A number of jobs, with a half where there is one."""
    return number(float(count), 0 if Fraction(count).denominator == 1 else 1, language())


def between(whole: Interval) -> str:
    """An interval of jobs: its middle, and its ends when they differ."""
    if whole.low == whole.high:
        return jobs(whole.low)
    return _("{central} ({low} to {high})").format(
        central=jobs(whole.central), low=jobs(whole.low), high=jobs(whole.high)
    )


def sentence(plan: Plan) -> str:
    """The plan in one sentence."""
    exposed = plan.asked.exposed
    trades = len(exposed.main)
    said = ngettext(
        "{jobs} exposed jobs, in {count} trade.", "{jobs} exposed jobs, in {count} trades.", trades
    )
    return said.format(jobs=between(exposed.whole), count=trades)


def day(plan: Plan) -> str:
    """The day of the plan, in words."""
    return in_words(plan.asked.day.isoformat(), language())


def exposed_table(exposed: Exposed, labels: dict[str, str]) -> tuple[list[Column], list[Row]]:
    """Every exposed trade with its interval; the middles sum to that of the whole."""
    columns = [Column(_("Exposed trade")), *_columns(exposed.whole)]
    rows = [
        Row(
            Cell(f"{labels.get(code, code)} ({code})", url=reverse("skills:trade", args=[code])),
            _part(exposed.parts[code], exposed),
        )
        for code in exposed.main
    ]
    whole = exposed.whole
    middle = sum((each.central for each in exposed.parts.values()), Fraction(0))
    total = Part(whole.low, middle, whole.high)
    rows.append(Row(Cell(_("All")), _part(total, exposed), ours=True))
    return columns, rows


def _columns(whole: Interval) -> list[Column]:
    """One column where all that is asked is known to the job, three otherwise."""
    names = (_("Jobs"),) if whole.low == whole.high else (_("low"), _("central"), _("high"))
    return [Column(name, number=True) for name in names]


def _part(part: Part, exposed: Exposed) -> list[Cell]:
    whole = exposed.whole
    told = (part.low, part.central, part.high) if whole.low < whole.high else (part.central,)
    return [Cell(jobs(each), sort=float(each), origin=exposed.origin) for each in told]


def firm_said(plan: Plan) -> str:
    """What Sirene says of the size of the firm, and what it cannot say; "" without a firm."""
    firm = plan.asked.firm
    if firm is None:
        return ""
    size = between(firm.staff) if firm.staff else _("unknown")
    return _(
        "{firm}: employees of the whole legal unit by its band in Sirene: {size}. Its group is not "
        "in Sirene{category}: ask the firm."
    ).format(
        firm=firm.name, size=size,
        category=_(", category {category}").format(category=firm.category) if firm.category else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A reason with its source."""

    reason: Reason
    source: str


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal as its card shows it."""

    lead: Lead
    url: str
    here: str
    reasons: list[Told]
    others: list[Told]
    courses: "list[Taught]"
    none: str

    @property
    def to_learn(self) -> Sequence[str]:
        """What is missing, as much as is shown at once; two more are not worth folding."""
        most = MISSING + 2 if len(self.lead.missing) <= MISSING + 2 else MISSING
        return self.lead.missing[:most]

    @property
    def folded(self) -> Sequence[str]:
        """The rest of it."""
        return self.lead.missing[len(self.to_learn) :]


def card(lead: Lead) -> Card:
    """A proposal: the reasons that matter most with their sources, then the others."""
    told = [
        Told(Reason(_SAYS[each.state], each.sentence.say(language())), each.source.say(language()))
        for each in sorted(lead.reasons, key=lambda each: _ORDER.get(each.code, len(_ORDER)))
    ]
    return Card(
        lead, reverse("skills:trade", args=[lead.rome_code]), here(lead.demand),
        told[:REASONS], told[REASONS:], [taught(each, len(lead.missing)) for each in lead.courses],
        none_said(lead),
    )  # fmt: skip


def here(found: Demand) -> str:
    """How much a trade hires within reach, in one line."""
    parts = []
    if found.tension is not None:
        parts.append(_("tension {tension} of 5").format(tension=found.tension))
    if found.employers is not None:
        count = found.employers
        parts.append(
            _("fewer than {count} establishments that may hire it").format(count=_FEW)
            if 0 < count < _FEW
            else ngettext(
                "{count} establishment that may hire it", "{count} establishments that may hire it",
                count,
            ).format(count=number(count, 0, language()))
        )  # fmt: skip
    if found.offers is not None:
        parts.append(
            ngettext("{count} offer", "{count} offers", found.offers).format(
                count=number(found.offers, 0, language())
            )
        )
    return " · ".join(parts) or _("what it hires here is not known")


def conditions(plan: Plan) -> list[tuple[str, Told, str]]:
    """Each condition: its title, its state with its source, and whether somebody checked it."""
    return [
        (
            each.condition.title.say(language()),
            Told(Reason(each.state, each.sentence.say(language())),
                 each.condition.source.say(language())),
            checked(each.condition.checked),
        )
        for each in plan.judged
    ]  # fmt: skip


def checked(said: Checked | None) -> str:
    """Whether a person read the text itself."""
    if said is None:
        return _("to be checked")
    return _("checked on {day} by {who}").format(
        day=in_words(said.on.isoformat(), language()), who=said.by
    )


def rules_table(plan: Plan) -> tuple[list[Column], list[Row]] | None:
    """The rules of that day, each with its source; None when there is no scheme."""
    scheme = plan.on_day.scheme
    if scheme is None:
        return None
    columns = [Column(_("Rule")), Column(_("What it says")), Column(_("Source"))]
    rows = [
        Row(
            Cell(each.title.say(language())),
            [
                Cell(each.said.say(language())),
                Cell(each.source.say(language()), note=checked(each.checked)),
            ],
        )
        for each in scheme.rules
    ]
    return columns, rows


def documents_table(plan: Plan) -> tuple[list[Column], list[Row]] | None:
    """The documents to prepare, who makes them, and from which text."""
    scheme = plan.on_day.scheme
    if scheme is None:
        return None
    columns = [Column(_("Document")), Column(_("Made by")), Column(_("Source"))]
    rows = [
        Row(
            Cell(each.said.say(language())),
            [
                Cell(each.who.say(language())),
                Cell(each.source.say(language()), note=checked(each.checked)),
            ],
        )
        for each in scheme.documents
    ]
    return columns, rows


@dataclass(frozen=True, slots=True)
class Money:
    """What the scheme may pay, in words; `each` is empty while a term is unknown."""

    each: str
    total: str
    formula: str
    questions: list[str]
    notes: list[str]
    source: str


def money(plan: Plan) -> Money | None:
    """The estimate for one person, and for everyone if everyone used the scheme."""
    found = plan.estimate
    if found is None:
        return None
    whole = plan.asked.exposed.whole
    said = language()
    return Money(
        euros(found.each, said) if found.each else "",
        euros(found.each.times(whole), said) if found.each else "",
        found.formula.say(said),
        [each.say(said) for each in found.questions],
        [each.say(said) for each in found.notes],
        found.source.say(said) if found.source else "",
    )


def for_trade(plan: Plan, line: Line) -> str:
    """What the scheme may pay if everyone in a trade used it; "" when unknown."""
    found = plan.estimate
    if found is None or found.each is None:
        return ""
    amount: Euros = found.each.times(Interval(line.part.low, line.part.high))
    return euros(amount, language())


def rows(plan: Plan) -> list[dict[str, Any]]:
    """The plan as lines of a file: one per proposal, and one for each trade without any."""
    scheme = plan.on_day.scheme
    found: list[dict[str, Any]] = []
    for line in plan.lines:
        head = {
            "day": plan.asked.day.isoformat(), "scheme": scheme.code if scheme else "",
            "lodged": plan.on_day.is_open, "from_rome": line.rome_code, "from_label": line.label,
            "jobs_low": line.part.low, "jobs_central": float(line.part.central),
            "jobs_high": line.part.high,
        }  # fmt: skip
        found += [{**head, **_lead_row(lead), "origin": plan.origin.value} for lead in line.leads]
        if not line.leads:
            found.append({**head, "origin": plan.origin.value})
    labels = plan.asked.exposed.parts
    found += [
        {"day": plan.asked.day.isoformat(), "from_rome": code, "jobs_low": labels[code].low,
         "jobs_central": float(labels[code].central), "jobs_high": labels[code].high,
         "origin": plan.origin.value}
        for code in plan.others
    ]  # fmt: skip
    return found


def _lead_row(lead: Lead) -> dict[str, Any]:
    return {
        "to_rome": lead.rome_code, "to_label": lead.label, "score": round(lead.score, 1),
        "cover": None if lead.cover is None else round(lead.cover, 1),
        "missing": " ; ".join(lead.missing),
        "courses": "" if lead.is_partial else _titles(lead),
        "partial_courses": _titles(lead) if lead.is_partial else "",
        "tension": lead.demand.tension,
        "employers": lead.demand.employers, "offers": lead.demand.offers,
        "reasons": " ; ".join(each.sentence.say(language()) for each in lead.reasons
                              if each.state != "ask"),
        "sources": " ; ".join(dict.fromkeys(each.source.say(language()) for each in lead.reasons
                                            if each.state != "ask")),
    }  # fmt: skip


def _titles(lead: Lead) -> str:
    return " ; ".join(str(each.offered.course.title) for each in lead.courses)


def drawn_said(lines: Sequence[Line]) -> str:
    """What the drawing shows, in words."""
    return " ".join(
        _("{trade}: {leads}.").format(
            trade=line.label, leads=", ".join(lead.label for lead in line.leads)
        )
        for line in lines
        if line.leads
    )


def kicker(plan: Plan, place: str) -> str:
    """Whose jobs, and where."""
    firm = plan.asked.firm
    parts = [firm.name if firm else "", asking.activity_said(plan.asked.exposed, language()), place]
    return " · ".join(each for each in parts if each)


@dataclass(frozen=True, slots=True)
class Taught:
    """A course as a card tells it: where, when, and what it teaches of what is missing."""

    title: str
    url: str
    where: str
    when: str
    teaches: str
    origin: Origin


def taught(learnt: Learnt, missing: int) -> Taught:
    """One course; `missing` is how many things are to be learnt."""
    found = learnt.offered
    minutes = (
        _("journey to ask")
        if found.minutes is None
        else _("{minutes} minutes").format(minutes=found.minutes)
    )
    count = len(learnt.teaches)
    teaches = ngettext(
        "teaches {count} of the {missing} to learn ({share} %): {items}",
        "teaches {count} of the {missing} to learn ({share} %): {items}", count,
    ).format(
        count=count, missing=missing, share=number(100 * count / missing, 0, language()),
        items=" ; ".join(learnt.teaches),
    )  # fmt: skip
    if found.supposed:
        teaches += " " + _("(supposed: by the trades that it leads to)")
    return Taught(
        found.course.title, reverse("skills:course", args=[found.course.pk]),
        f"{found.site} · {minutes}", _when(found), teaches, Origin(found.course.origin),
    )  # fmt: skip


def _when(found: Offered) -> str:
    if found.session is None:
        return _("any day") if found.course.permanent else _("no date known: ask")
    said = _("from {day}").format(day=in_words(found.session.starts_on.isoformat(), language()))
    if found.places_left is None:
        return said
    return f"{said} · " + ngettext("{count} place left", "{count} places left",
                                   found.places_left).format(count=found.places_left)  # fmt: skip


def courses_said(lead: Lead) -> str:
    """The courses that teach what is missing, in one line; none known is said."""
    none = none_said(lead)
    if not lead.courses:
        return none
    listed = [taught(each, len(lead.missing)) for each in lead.courses]
    told = (f"{each.title} ({each.where}, {each.when}, {each.teaches})" for each in listed)
    if lead.is_partial:
        return f"{none} " + _("Partial: {courses}.").format(courses=" ; ".join(told))
    return _("Courses: {courses}.").format(courses=" ; ".join(told))


def none_said(lead: Lead) -> str:
    """That no course is known, or none that teaches enough; "" where one does."""
    if not lead.courses:
        return _("No course is known for it within reach on that day.")
    return none_enough() if lead.is_partial else ""
