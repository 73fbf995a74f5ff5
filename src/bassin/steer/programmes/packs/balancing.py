"""The balance sheet as a page, a paper and rows: the same counts, each over a stated number."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.indicators.numbers import percent
from bassin.steer.programmes import words
from bassin.steer.programmes.balance import Balance, Count, Entry, Outcome, Part
from bassin.steer.programmes.packs.writing import origin, titled
from bassin.types import Origin
from bassin.ui.charts.model import ChartInput, Point
from bassin.ui.papers import Block, Heading, Paper, Paragraph, Picture, Table

COLUMNS = (
    Outcome.DONE, Outcome.UNDER_WAY, Outcome.MOVED, Outcome.ABANDONED, Outcome.NOT_STARTED,
    Outcome.NOT_REPORTED,
)  # fmt: skip
"""Outcomes in the order in which they are read."""


def word(outcome: Outcome) -> str:
    """An outcome in words."""
    return {
        Outcome.DONE: _("done"),
        Outcome.UNDER_WAY: _("under way"),
        Outcome.MOVED: _("carried on elsewhere"),
        Outcome.ABANDONED: _("abandoned"),
        Outcome.NOT_STARTED: _("not started"),
        Outcome.NOT_REPORTED: _("not reported"),
    }[outcome]


def headline(balance: Balance) -> str:
    """The balance sheet in one sentence: never a rate without what it is over."""
    whole = balance.whole
    if not whole.entries:
        return _("No action was entered in this framework: there is nothing to add up.")
    parts = [
        f"{word(each)} : {whole.of(each)}" if words.language() == "fr"
        else f"{word(each)}: {whole.of(each)}"
        for each in COLUMNS
        if whole.of(each)
    ]  # fmt: skip
    said = ngettext(
        "Of {count} action planned, ", "Of {count} actions planned, ", whole.planned
    ).format(count=whole.planned)
    return f"{said}{', '.join(parts)}."


def done_over(count: Count) -> str:
    """The share done, over what was planned and over what is known, when they differ."""
    planned = count.done_share
    if planned is None:
        return _("no action")
    language = words.language()
    said = _("{share} of {count} planned").format(
        share=percent(planned, 0, language), count=count.planned
    )
    known = count.planned - count.of(Outcome.NOT_REPORTED)
    if not known or known == count.planned or count.done_share_of_known is None:
        return said
    return words.join((
        said,
        _("{share} of the {count} whose outcome is known").format(
            share=percent(count.done_share_of_known, 0, language), count=known),
    ))  # fmt: skip


def announced(balance: Balance) -> str:
    """That more were announced than entered, when so."""
    said = balance.announced
    if said is None:
        return ""
    return words.join((
        _("{announced} announced, {entered} entered: the balance sheet is over the latter.").format(
            announced=said, entered=balance.whole.planned),
        balance.framework.announced_note,
    ))  # fmt: skip


def table(parts: Sequence[Part], heading: str) -> tuple[list[str], list[list[str]]]:
    """Counts by part: planned, each outcome, the share done and over what."""
    columns = [heading, _("planned"), *(word(each) for each in COLUMNS), _("share done")]
    rows = [
        [
            part.title,
            str(part.count.planned),
            *(str(part.count.of(each)) for each in COLUMNS),
            done_over(part.count),
        ]
        for part in parts
    ]
    return columns, rows


def parts_of_communes(balance: Balance) -> list[Part]:
    """The communes that an action names, then what names none."""
    listed = [part for part in balance.communes if part.count.entries]
    if balance.without_commune.entries:
        listed.append(Part("", _("no commune named"), balance.without_commune))
    return listed


def unnamed(balance: Balance) -> str:
    """The communes that no action names."""
    named = [part.title for part in balance.communes if not part.count.entries]
    if not named or not balance.whole.entries:
        return ""
    return _("No action names: {communes}.").format(communes=", ".join(named))


def euros(balance: Balance) -> tuple[list[str], list[list[str]]]:
    """The three amounts by outcome, with how many are not known."""
    columns = [_("Outcome"), _("actions"), _("planned (€)"), _("committed (€)"), _("paid (€)")]
    rows = []
    for each in (*COLUMNS, None):
        count = balance.whole.of(each) if each else balance.whole.planned
        if not count:
            continue
        money = balance.whole.money(each)
        amounts = (money.planned, money.committed, money.paid)
        rows.append([
            word(each) if each else _("all"), str(count),
            *(words.join((words.amount(a), words.amount_over(a))) for a in amounts),
        ])  # fmt: skip
    return columns, rows


def paper(balance: Balance, today: date, author: str) -> Paper:
    """The balance sheet as a paper."""
    framework = balance.framework
    lines = [each.line for each in balance.whole.entries]
    mark = origin(lines)
    title = (words.language() == "en" and framework.title_en) or framework.title
    foot = _("Balance sheet made on {day}").format(day=words.day(today))
    return Paper(
        title=_("Balance sheet: {framework}").format(framework=title),
        author=author,
        language=words.language(),
        sample=mark == Origin.INVENTED,
        facts=[
            each
            for each in (
                words.years(framework.starts_on, framework.ends_on), announced(balance), foot
            )
            if each
        ],
        foot=foot,
        blocks=[
            *_chart(balance, today, mark),
            *_tables(balance), *_reasons(balance), *_method(),
        ],
    )  # fmt: skip


def _chart(balance: Balance, today: date, mark: Origin) -> list[Block]:
    if not balance.whole.entries:
        return [Paragraph(headline(balance), strong=True)]
    points = tuple(Point(word(each), float(balance.whole.of(each))) for each in COLUMNS)
    return [Picture(ChartInput(
        kind="bars", title=_("What became of the actions"), said=headline(balance), points=points,
        unit="", source=_("follow-up of the actions, {day}").format(day=words.day(today)),
        origin=mark, language=words.language(),
    ))]  # fmt: skip


_WIDTHS = (3, 1, 1.3, 1, 1.3, 1.75, 1.75, 1.55, 2.3)


def _tables(balance: Balance) -> list[Block]:
    numbers = range(1, len(COLUMNS) + 2)
    blocks: list[Block] = []
    shared = _("An action of several communes counts in each: the lines do not add up.")
    for heading, caption, parts, note in (
        (_("By axis"), _("Outcomes by axis"), balance.axes, ""),
        (_("By commune"), _("Outcomes by commune"), parts_of_communes(balance),
         f"{shared} {unnamed(balance)}".strip()),
    ):  # fmt: skip
        if parts:
            columns, rows = table(parts, heading)
            blocks += [
                Heading(heading),
                Table(caption, columns, rows, list(numbers), _WIDTHS, note),
            ]
    columns, rows = euros(balance)
    if rows:
        blocks += [
            Heading(_("In euros")),
            Table(_("Amounts by outcome"), columns, rows, [1, 2, 3, 4], (2.4, 1, 2.2, 2.2, 2.2),
                  _("Three amounts, never added to one another; an amount that nobody gave is not "
                    "zero.")),
        ]  # fmt: skip
    return blocks


def _reasons(balance: Balance) -> list[Block]:
    """Why actions were abandoned, where others were carried on, which nobody reported."""
    blocks: list[Block] = []
    abandoned = balance.with_outcome(Outcome.ABANDONED)
    if abandoned:
        blocks += [
            Heading(_("Abandoned, and why")),
            Table(_("Abandoned"), [_("Action"), _("Why")],
                  [[titled(e.line), why(e)] for e in abandoned], widths=[1, 1]),
        ]  # fmt: skip
    moved = balance.with_outcome(Outcome.MOVED)
    if moved:
        blocks += [
            Heading(_("Carried on elsewhere")),
            Table(_("Carried on"), [_("Action"), _("Where"), _("Progress")],
                  [[titled(e.line), ", ".join(e.moved_to), words.progress(e.line.progress)]
                   for e in moved], [2], [3, 3, 1]),
        ]  # fmt: skip
    silent = balance.with_outcome(Outcome.NOT_REPORTED)
    if silent:
        blocks += [
            Heading(_("Not reported")),
            Table(_("Not reported"), [_("Action"), _("Holder")],
                  [[titled(e.line), e.line.holder or _("not said")] for e in silent],
                  widths=[3, 2]),
        ]  # fmt: skip
    return blocks


def why(entry: Entry) -> str:
    """Why an action was abandoned, as it was said; a confidential sheet keeps it."""
    return "" if entry.line.confidential else entry.line.why


def _method() -> list[Block]:
    return [Heading(_("How to read it")), Paragraph(method(), soft=True)]


def method() -> str:
    """How each action is counted."""
    return _(
        "Each action whose main place is in this framework counts once. Done and abandoned are as "
        "they were said; carried on means placed in a framework drafted from this one; under way "
        "means started, with at least one report; not reported means that nobody said anything."
    )


def rows(balance: Balance) -> list[dict[str, Any]]:
    """One row per action, for spreadsheets."""
    axis = {e.line.pk: part for part in balance.axes for e in part.count.entries}
    found = []
    for each in balance.whole.entries:
        part = axis.get(each.line.pk)
        line = each.line
        found.append({
            "ref": line.ref, "title": titled(line), "axis_code": part.key if part else None,
            "axis": part.title if part else None, "outcome": each.outcome.value,
            "why_abandoned": why(each) if each.outcome == Outcome.ABANDONED else None,
            "carried_on_in": "; ".join(each.moved_to) or None, "holder": line.holder or None,
            "progress_pct": _number(line.progress.value),
            "progress_basis": line.progress.basis.value,
            "reported_on": line.reported_on.isoformat() if line.reported_on else None,
            "done_on": line.done_on.isoformat() if line.done_on else None,
            "planned_eur": _number(line.money.planned.total),
            "committed_eur": _number(line.money.committed.total),
            "paid_eur": _number(line.money.paid.total),
            "communes": ", ".join(line.communes) or None, "origin": line.origin.value,
        })  # fmt: skip
    return found


def counts(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """One row per axis or commune: counts, never a rate without its denominator."""
    return [
        {
            "code": part.key or None, "title": part.title, "planned": part.count.planned,
            **{each.value: part.count.of(each) for each in COLUMNS},
            "done_pct_of_planned": part.count.done_share,
            "done_pct_of_known": part.count.done_share_of_known,
        }
        for part in parts
    ]  # fmt: skip


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
