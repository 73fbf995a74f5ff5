"""How courses, sites and gaps are told: tables, figures, the words of a session and of a price."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from bassin.indicators.numbers import number, percent
from bassin.indicators.numbers import period as in_words
from bassin.match.skills import hypotheses
from bassin.match.skills.campus_map import Spot, sector_words
from bassin.match.skills.models import Course, Session, Site
from bassin.match.skills.network import YEAR, Coming, Network, Standing
from bassin.match.skills.register import Certification
from bassin.match.skills.shown import whole
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.reader import language


def day_words(day: date) -> str:
    """A day, as it is read."""
    return in_words(f"{day:%Y-%m-%d}", language())


def cost(course: Course) -> str:
    """Its price with what it is for; "" when nobody said."""
    if course.cost_eur is None:
        return ""
    decimals = 0 if course.cost_eur == course.cost_eur.to_integral() else 2
    amount = number(float(course.cost_eur), decimals, language())
    return f"{amount} € {course.get_cost_per_display()}"


def places_words(coming: Coming | Session) -> str:
    """Places left of a session, and of how many."""
    if coming.places is None:
        return _("number of places not said")
    if coming.entrants is None:
        return ngettext("{count} place", "{count} places", coming.places).format(
            count=whole(coming.places)
        )
    left = coming.left or 0
    return ngettext("{left} place left of {all}", "{left} places left of {all}", left).format(
        left=whole(left), all=whole(coming.places)
    )


def next_words(standing: Standing) -> str:
    """When it next begins."""
    coming = standing.next
    if coming is not None:
        return f"{day_words(coming.starts_on)}, {places_words(coming)}"
    return _("at any time") if standing.permanent else ""


def validity(held: Certification | None, code: str, day: date) -> tuple[str, str]:
    """Whether a certification is open on a day, in words, and the kind of its tag."""
    if not code:
        return _("no certification"), "plain"
    valid = held.valid_on(day) if held else None
    ends = day_words(held.ends_on) if held and held.ends_on else ""
    if valid:
        said = _("open until {day}").format(day=ends) if ends else _("open, without a last day")
        return said, "done"
    if valid is False:
        return (_("over since {day}").format(day=ends) if ends else _("over")), "blocked"
    return _("the register does not say whether it is open: ask"), "check"


def domains(course: Course, held: Certification | None) -> list[tuple[str, str]]:
    """What a course is about: codes of Formacode and NSF, with the words that its card has."""
    known = held.domains if held else {}
    said = (code for code in (course.formacode, course.nsf) if code)
    return [(code, known.get(code, "")) for code in dict.fromkeys((*said, *known))]


def list_columns(*, timed: bool = False, placed: bool = True) -> list[Column]:
    """The columns of a list of courses; `timed` with journeys, `placed` with sites."""
    where = [Column(_("Where"))] if placed else []
    minutes = [Column(_("Journey, minutes"), number=True)] if timed else []
    return [
        Column(_("Course")), *where, *minutes, Column(_("Sector")),
        Column(_("Level"), number=True), Column(_("Certification")), Column(_("Next session")),
    ]  # fmt: skip


def none_enough() -> str:
    """That no course teaches the declared least of what is missing, and since when it is that."""
    return _(
        "No course that is known teaches enough of what is to be learnt: at least {least} %, "
        "threshold of {day}."
    ).format(
        least=hypotheses.enough(), day=day_words(hypotheses.dated())
    )  # fmt: skip


def list_row(
    each: Standing, site: Site, names: Mapping[str, str], minutes: Mapping[str, int], day: date,
    *, timed: bool = False, placed: bool = True, note: str = "",
) -> Row:  # fmt: skip
    """A course in a list; `note` is what is said of it beside its title."""
    origin = Origin(each.origin)
    begins = each.next.starts_on if each.next else day
    said, _kind = validity(each.certification, each.certification_code, begins)
    label = f"{each.certification_code}\n" if each.certification_code else ""
    coming = next_words(each)
    cells = []
    if placed:
        doubt = _("address to check") if each.site.doubtful else ""
        url = reverse("skills:site", args=[site.pk])
        cells.append(Cell(_where(site, names), url=url, note=doubt))
    if timed:
        cells.append(_journey(each, minutes))
    cells += [
        Cell(sector_words(each.sector)) if each.sector else Cell(why=_("not said")),
        Cell(str(each.level), sort=each.level) if each.level else Cell(why=_("not said")),
        Cell(f"{label}{said}"),
        Cell(coming, origin=origin) if coming else Cell(why=_("no date known: ask")),
    ]
    return Row(Cell(each.title, url=reverse("skills:course", args=[each.pk]), note=note), cells)


def _journey(each: Standing, minutes: Mapping[str, int]) -> Cell:
    if each.remote:
        return Cell(_("at a distance"))
    known = None if each.site.doubtful else minutes.get(each.site.commune_code)
    if known is None:
        return Cell(why=_("unknown: ask"))
    return Cell(str(known), sort=known)


def _where(site: Site, names: Mapping[str, str]) -> str:
    town = names.get(site.commune_code, site.commune_code)
    return "\n".join(filter(None, (str(site), town or site.place)))


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its caption, and the sentence that says what it is."""

    caption: str
    value: str
    unit: str
    definition: str
    why: str = ""


def figures(found: Sequence[Standing], network: Network) -> list[Told]:
    """What the network offers: sites, courses, places for a year, how full the last year was."""
    places = sum(each.places for each in found if each.counts)
    unsaid = sum(each.unsaid for each in found if each.counts)
    begun = [each for each in found if each.counts and each.dated]
    sites = len({each.site.pk for each in found})
    rate, known, unknown = fill_rate([each.pk for each in found], network.day)
    return [
        Told(_("sites with a course"), whole(sites), npgettext("unit", "site", "sites", sites),
             _("Addresses where one of these courses takes place.")),
        Told(_("courses that one may enter within a year"), whole(len(begun)),
             npgettext("unit", "course", "courses", len(begun)),
             _("A day to begin is known, and the certification, if any, is still open that day.")),
        Told(_("places known for a year"), whole(places),
             npgettext("unit", "place", "places", places),
             _("Sum over sessions that begin within 365 days. {count} sessions say no number and "
               "are not counted.").format(count=whole(unsaid))),
        Told(_("entrants for 100 places, last year"), percent(rate, 0, language()) if rate else "",
             _("of places"),
             _("Sessions begun within the last 365 days whose places and entrants are both known: "
               "{known}; {unknown} others are not counted.").format(
                   known=whole(known), unknown=whole(unknown)),
             why="" if rate is not None else _("Nobody counted entrants yet.")),
    ]  # fmt: skip


def fill_rate(courses: Iterable[int], day: date) -> tuple[float | None, int, int]:
    """Entrants for 100 places over the last year's sessions, how many tell it, how many do not."""
    chosen = set(courses)
    rows = Session.objects.filter(
        starts_on__lt=day, starts_on__gte=day - YEAR, cancelled_on=None
    ).values_list("course_id", "places", "entrants")
    told = [(p, e) for course, p, e in rows if course in chosen]
    known = [(p, e) for p, e in told if p and e is not None]
    total = sum(p for p, _entrants in known)
    rate = 100 * sum(e for _places, e in known) / total if total else None
    return rate, len(known), len(told) - len(known)


def session_rows(course: Course, today: date) -> tuple[list[Column], list[Row]]:
    """The sessions of a course, those to come first, then the last ones."""
    columns = [
        Column(_("Begins")), Column(_("Ends")), Column(_("Places"), number=True),
        Column(_("Entered"), number=True), Column(_("Filled, %"), number=True), Column(_("State")),
    ]  # fmt: skip
    listed = list(course.sessions.filter(starts_on__gte=today - timedelta(days=400)))
    listed.sort(key=lambda each: (each.starts_on < today, each.starts_on))
    return columns, [_session(each, today) for each in listed]


def _session(each: Session, today: date) -> Row:
    origin = Origin(each.origin)
    rate = each.fill_pct
    return Row(
        Cell(day_words(each.starts_on)),
        [
            Cell(day_words(each.ends_on)) if each.ends_on else Cell(why=_("not said")),
            _count(each.places, origin), _count(each.entrants, origin),
            Cell(number(rate, 0, language()), sort=rate, origin=origin)
            if rate is not None else Cell(why=_("unknown")),
            Cell(_state(each, today)),
        ],
    )  # fmt: skip


def _count(value: int | None, origin: Origin) -> Cell:
    if value is None:
        return Cell(why=_("not said"))
    return Cell(whole(value), sort=value, origin=origin)


def _state(each: Session, today: date) -> str:
    if each.cancelled_on:
        return _("cancelled")
    if each.starts_on < today:
        return _("begun")
    return _("closed") if each.open is False else _("to come")


def site_rows(spots: Iterable[Spot], names: Mapping[str, str]) -> tuple[list[Column], list[Row]]:
    """The sites of a map in a table."""
    columns = [
        Column(_("Site")), Column(_("Commune")), Column(_("Sector")),
        Column(_("Courses"), number=True), Column(_("Places known for a year"), number=True),
    ]  # fmt: skip
    rows = [
        Row(
            Cell(str(each.site), url=reverse("skills:site", args=[each.site.pk])),
            [
                Cell(names.get(each.site.commune_code, each.site.commune_code),
                     note=_("address to check") if each.site.is_doubtful else ""),
                Cell(sector_words(each.sector)),
                Cell(whole(each.courses), sort=each.courses, origin=Origin(each.site.origin)),
                Cell(whole(each.places), sort=each.places, origin=Origin(each.site.origin)),
            ],
        )
        for each in spots
    ]  # fmt: skip
    return columns, rows


def questions(course: Course, standing: Standing | None) -> list[str]:
    """What must be asked of the body before anybody counts on the course."""
    if standing is None:
        return []
    asked = [
        (standing.site.doubtful, _("Does it take place at this address? It is that of the head "
                                   "office of the body.")),
        (not standing.site.commune_code, _("In which commune does it take place?")),
        (bool(course.certification_code) and standing.valid is None,
         _("Is its certification still open on the day one enters?")),
        (not standing.dated, _("When does the next session begin?")),
        (standing.next is not None and standing.next.places is None,
         _("How many places are there?")),
        (course.cost_eur is None and "free" not in course.funding, _("How much does it cost?")),
        (not course.funding, _("Who may pay for it?")),
        (course.insertion_pct is None, _("How many are in a job six months later?")),
        (course.site.airport_badge is None and course.sector == Course.Sector.LOGISTICS,
         _("Is an airport badge needed to get in?")),
    ]  # fmt: skip
    return [words for holds, words in asked if holds]
