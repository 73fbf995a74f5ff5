"""The packs as papers, in the reader's language."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.steer.programmes import rules, words
from bassin.steer.programmes.models import AgendaItem, FundingRequest
from bassin.steer.programmes.packs import charts
from bassin.steer.programmes.packs.committee import Pack, Progressed
from bassin.steer.programmes.standing import Standing, summary
from bassin.types import Origin
from bassin.ui.papers import Block, Heading, Items, Paper, Paragraph, Picture, Table

LONGEST = 220
"""Letters of a report that a table quotes."""


def titled(line: Standing) -> str:
    """The title of an action as a paper that travels may carry it."""
    if line.confidential:
        return _("{ref} (confidential sheet)").format(ref=line.ref)
    return line.title.say(words.language())


def origin(lines: Iterable[Standing]) -> Origin:
    """Invented as soon as one of them is."""
    return Origin.together(each.origin for each in lines)


def committee(pack: Pack, today: date, author: str) -> Paper:
    """The pack of a meeting."""
    meeting, lines = pack.meeting, [each.line for each in pack.actions]
    since = (
        _("Progress since {day}").format(day=words.day(pack.since))
        if pack.since
        else _("First meeting: everything reported so far")
    )
    blocks: list[Block] = [
        *_agenda(pack), *_moved(pack), *_alerts(pack), *_figures(pack, today),
        *_last_decisions(pack), *_everything(pack), *_method(),
    ]  # fmt: skip
    return Paper(
        title=_("{body}, {day}").format(body=meeting.body, day=words.day(meeting.on)),
        author=author,
        language=words.language(),
        sample=origin(lines) == Origin.INVENTED,
        facts=[
            each for each in (meeting.place, since, words.rollup(summary(lines).rollup)) if each
        ],
        foot=_("{body}, pack made on {day}").format(body=meeting.body, day=words.day(today)),
        blocks=blocks,
    )


def _agenda(pack: Pack) -> list[Block]:
    decide = [each for each in pack.agenda if each.kind == AgendaItem.Kind.DECIDE]
    inform = [each for each in pack.agenda if each.kind == AgendaItem.Kind.INFORM]
    blocks: list[Block] = [Heading(_("Agenda of the meeting"))]
    if not pack.agenda:
        return [*blocks, Paragraph(_("No line was written yet."))]
    if decide:
        blocks += [Heading(_("Decisions to take"), 2), Items([i.said for i in decide], True)]
        lines = {each.line.pk: each.line for each in pack.actions}
        blocks += [
            Paragraph(f"{n}. {why}")
            for n, item in enumerate(decide, start=1)
            if (why := _why(lines.get(item.action_id or 0)))
        ]
    if inform:
        blocks += [Heading(_("For information"), 2), Items([i.said for i in inform])]
    return blocks


def _why(line: Standing | None) -> str:
    """What a committee must know of an action to decide; nothing of a confidential sheet."""
    if line is None or line.confidential:
        return ""
    blocked = line.why if line.health == "blocked" else ""
    return words.join((
        titled(line), line.holder,
        _("blocked by: {cause}").format(cause=blocked) if blocked else "",
        words.late_in_full(line.late) if line.late else "",
    ))  # fmt: skip


def _moved(pack: Pack) -> list[Block]:
    count, whole = len(pack.moved), len(pack.actions)
    said = ngettext(
        "Something was said or done about {count} action out of {whole}.",
        "Something was said or done about {count} actions out of {whole}.",
        count,
    ).format(count=count, whole=whole)
    blocks: list[Block] = [Heading(_("What moved since the last meeting")), Paragraph(said, True)]
    if pack.moved:
        blocks.append(
            Table(
                _("Actions that moved"),
                [_("Action"), _("Before"), _("Now"), _("What was said, what was done")],
                [
                    [titled(e.line), words.progress(e.before), share(e.line), _news(e)]
                    for e in pack.moved
                ],
                numbers=[1, 2],
                widths=[3, 1.2, 1.3, 3.5],
            )
        )
    if pack.silent:
        blocks.append(Paragraph(
            ngettext("Nobody reported {count} action that is not over:",
                     "Nobody reported {count} actions that are not over:",
                     len(pack.silent)).format(count=len(pack.silent))))  # fmt: skip
        blocks.append(Items([
            words.join((titled(e.line), e.line.holder)) for e in pack.silent
        ]))  # fmt: skip
    return blocks


def share(line: Standing) -> str:
    """How far an action is; nothing once it was abandoned."""
    return "" if line.lifecycle == "abandoned" else words.progress(line.progress)


def _news(each: Progressed) -> str:
    if each.line.confidential:
        return ""
    said = [_("{day}: {text}").format(day=words.day(u.on), text=u.said) for u in each.news[:1]]
    done = [_("done: {step}").format(step=step.said) for step in each.steps]
    whole = " · ".join([*done, *said])
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1].rstrip()}…"


def _alerts(pack: Pack) -> list[Block]:
    blocks: list[Block] = [Heading(_("Alerts"))]
    if not (pack.late or pack.blocked or pack.overdue):
        return [*blocks, Paragraph(_("Nothing is late, blocked or without an answer."))]
    if pack.late:
        blocks.append(_late(pack.late, len(pack.actions)))
    if pack.blocked:
        blocks.append(
            Table(
                _("Blocked"),
                [_("Action"), _("Holder"), _("What blocks it")],
                [[titled(e), e.holder, "" if e.confidential else e.why] for e in pack.blocked],
                widths=[3, 2, 3],
                note=_over(len(pack.blocked), len(pack.actions)),
            )
        )
    if pack.overdue:
        blocks.append(_overdue(pack.overdue, pack.actions))
    return blocks


def _over(count: int, whole: int) -> str:
    return _("{count} out of {whole} actions followed.").format(count=count, whole=whole)


def _late(late: Sequence[Standing], whole: int) -> Table:
    return Table(
        _("Late"),
        [_("Action"), _("Holder"), _("Due on"), _("Lateness")],
        [
            [titled(e), e.holder, words.day(e.late.since if e.late else None), words.late(e.late)]
            for e in late
        ],
        numbers=[3],
        widths=[4, 2, 2, 2],
        note=_over(len(late), whole)
        + " "
        + _("Lateness is computed from steps and end dates, never typed."),
    )


def _overdue(requests: Sequence[FundingRequest], actions: Sequence[Progressed]) -> Table:
    titles = {each.line.pk: titled(each.line) for each in actions}
    return Table(
        _("Requests to funders without an answer in time"),
        [_("Action"), _("Funder"), _("Amount asked"), _("Answer due")],
        [
            [titles[e.action_id], str(e.organisation), words.amount(rules.amount([e.asked_eur])),
             words.day(e.due_on)]
            for e in requests
        ],
        numbers=[2],
        widths=[4, 2, 2, 2],
    )  # fmt: skip


def _figures(pack: Pack, today: date) -> list[Block]:
    made = [] if pack.tree is None else [charts.by_axis(
        pack.tree, today, origin(each.line for each in pack.actions))]  # fmt: skip
    drawn = [*(chart for chart in made if chart), *charts.figures(pack.claims)]
    if not drawn:
        return []
    return [Heading(_("Figures")), *(Picture(chart) for chart in drawn)]


def _last_decisions(pack: Pack) -> list[Block]:
    if not pack.decisions:
        return []
    lines = {each.line.pk: each.line for each in pack.actions}
    rows = []
    for each in pack.decisions:
        line = lines.get(each.action_id or 0)
        follow = words.join((
            titled(line), words.stage(line.lifecycle), share(line)
        )) if line else ""  # fmt: skip
        rows.append([str(each.get_kind_display()), each.said, follow])
    return [
        Heading(_("What became of the last decisions")),
        Table(_("Decisions of the last meeting"), [_("Kind"), _("Decision"), _("Since then")],
              rows, widths=[1, 4, 3]),
    ]  # fmt: skip


def _everything(pack: Pack) -> list[Block]:
    if not pack.actions:
        return []
    blocks: list[Block] = [Heading(_("Every action"))]
    parts = (
        [(words.join((each.node.number, each.title.say(words.language()))), each.below)
         for each in pack.tree.roots if each.below]
        if pack.tree
        else [(_("Actions"), [each.line for each in pack.actions])]
    )  # fmt: skip
    for title, lines in parts:
        blocks.append(
            Table(
                title,
                [_("Action"), _("Holder"), _("Stage"), _("Progress"), _("Ends")],
                [
                    [titled(e), e.holder or _("not said"), words.stage(e.lifecycle),
                     share(e), words.dated(e.ends_on, e.ends_to) or _("no date")]
                    for e in lines
                ],
                numbers=[3],
                widths=[4, 2, 1.5, 1.6, 1.7],
                note=words.rollup(summary(lines).rollup),
            )
        )  # fmt: skip
    return blocks


def _method() -> list[Block]:
    return [
        Heading(_("How to read it")),
        Paragraph(
            _("Progress is the weight of the steps done, else the last percentage that the holder "
              "reported. An average is weighted and only over the actions reported; those not "
              "reported are counted beside it, never as zero."),
            soft=True,
        ),
    ]  # fmt: skip
