"""The chain of a case, from a signal to a figure, as one reader may see it on a day.

What is not known on the day is a question. What a reader may not see is left out; who keeps the
case is told that it is there.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin import chain, systems
from bassin.chain import Alarm, Subject
from bassin.match.support import chain_firm, permissions
from bassin.match.support.models import Case, Interaction, Referral
from bassin.parties.access import bodies_of
from bassin.parties.models import Organisation, Person
from bassin.systems import Taking

TAKEN = (Referral.State.TAKEN, Referral.State.DONE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who reads, on which day, what: a case, the signal that it comes from, or both."""

    person: Person
    day: date
    today: date
    language: str
    case: Case | None = None
    reference: str = ""
    alarm: Alarm | None = None

    @property
    def began(self) -> date:
        """The day on which the chain began: that of the signal, else of the request."""
        if self.alarm is not None:
            return self.alarm.on
        return self.case.asked_at.date() if self.case else self.today

    @property
    def siren(self) -> str:
        """The number of the firm; "" when nobody knows it."""
        return (self.case.siren if self.case else "") or (self.alarm.siren if self.alarm else "")

    @property
    def siret(self) -> str:
        """That of its establishment here."""
        first = self.alarm.sites[0] if self.alarm and self.alarm.sites else ""
        return (self.case.siret if self.case else "") or first


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: a question, where it stands, when, who, and what to do next.

    `state` is "done", "todo", "ask", "later" (not known on that day) or "kept" (not theirs to see).
    """

    key: str
    question: str
    state: str
    said: str
    on: date | None = None
    who: str = ""
    url: str = ""
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    todo: tuple[Taking, ...] = ()

    @property
    def name(self) -> str:
        """What it is called on the line of all steps."""
        return {
            "signal": _("Signal"), "firm": _("Firm"), "case": _("Case"),
            "contacts": _("Contacts"), "aids": _("Aids"), "trades": _("Trades"),
            "site": _("Site"), "action": _("Action"), "risk": _("Jobs followed"),
            "figure": _("Figures"),
        }[self.key]  # fmt: skip


def stages(asked: Asked) -> list[Stage]:
    """All steps, in their order; those that do not exist for this reader are left out."""
    firm = chain_firm.seen(asked.siren, asked.siret, asked.day, asked.today, asked.alarm)
    subject = Subject(
        references=tuple(filter(None, (
            asked.case.reference if asked.case else "", asked.reference if asked.alarm else ""))),
        since=asked.began, day=asked.day, siret=firm.siret, naf_code=firm.naf_code,
        commune_code=firm.commune_code or (asked.case.commune_code if asked.case else ""),
        parts=firm.parts,
    )  # fmt: skip
    told = [
        _signal(asked), _firm(asked, firm), _case(asked), _contacts(asked),
        _system("aids", _("Which aids?"), asked, subject),
        _system("trades", _("Which trades are exposed, and where do they lead?"), asked, subject),
        _site(), _system("action", _("Which action of the programme?"), asked, subject),
        _risk(asked), _system("figure", _("What moved?"), asked, subject),
    ]  # fmt: skip
    return [each for each in told if each is not None]


def _signal(asked: Asked) -> Stage | None:
    question, alarm = _("What happened?"), asked.alarm
    if alarm is None:
        return _without_signal(asked, question)
    if alarm.on > asked.day:
        return Stage("signal", question, "later", _("Not known yet on that day."), alarm.on)
    return Stage(
        "signal", question, "done", f"{alarm.what} · {alarm.basis}", alarm.on, alarm.led_by,
        alarm.url, "support/_chain_signal.html", {"alarm": alarm},
    )  # fmt: skip


def _without_signal(asked: Asked, question: str) -> Stage | None:
    """No signal, or one that they may not see: who keeps the case knows that there is one."""
    case = asked.case
    if case is None or not case.source:
        said = _("No signal: somebody asked.")
        return Stage("signal", question, "done", said, asked.began) if case else None
    if not permissions.can_write(asked.person, case):
        return None
    said = _("This case comes from a record that stays in its own circle: you do not read it.")
    return Stage("signal", question, "kept", said)


def _firm(asked: Asked, firm: chain_firm.Seen) -> Stage:
    question = _("Which firm, which establishments, how many jobs?")
    found = systems.resolve(f"companies:firm:{firm.siret}", asked.language) if firm.siret else None
    state = "done" if firm.jobs and asked.siren else "ask"
    return Stage(
        "firm", question, state, firm.said, url=found.url if found else "",
        template="support/_chain_firm.html", context={"firm": firm, "siren": asked.siren},
    )  # fmt: skip


def _case(asked: Asked) -> Stage | None:
    question, case = _("Who follows it?"), asked.case
    if case is None:
        if not permissions.can_open(asked.person):
            return None
        todo = tuple(systems.takings("case", asked.reference, "", asked.language))
        return Stage("case", question, "todo", _("Nobody yet: open a case."), todo=todo)
    if case.asked_at.date() > asked.day:
        return Stage("case", question, "later", _("No case yet on that day."), case.asked_at.date())
    history = permissions.can_read_history(asked.person, case)
    tasks = case.tasks.filter(done_on=None).order_by("due_on")[:2] if history else []
    return Stage(
        "case", question, "done", case.title, case.asked_at.date(),
        f"{case.adviser or '—'}, {case.organisation}", reverse("support:case", args=[case.pk]),
        "support/_chain_case.html", {"case": case, "tasks": tasks, "writes": history,
                                     "today": asked.today},
    )  # fmt: skip


def _contacts(asked: Asked) -> Stage | None:
    """The last contacts and the partners: who reads the need alone is not told what was said."""
    case, question = asked.case, _("Who spoke to the firm, and who could help?")
    if case is None or case.asked_at.date() > asked.day:
        return None
    if not permissions.can_read_history(asked.person, case):
        return None
    mine = bodies_of(asked.person)
    rows = case.interactions.filter(on__lte=asked.day, kind__in=Interaction.CONTACTS)
    listed = [each for each in rows.select_related("by", "organisation").order_by("-on", "-pk")
              if not each.private or each.organisation_id in mine]  # fmt: skip
    context = {
        "contacts": listed[:3], "count": len(listed), "case": case,
        "referrals": [each for each in _referrals(asked.person, case) if each.sent_on <= asked.day],
        "partners": _partners(case) if permissions.can_write(asked.person, case) else [],
    }  # fmt: skip
    said = ngettext("{n} contact", "{n} contacts", len(listed)).format(n=len(listed))
    last = listed[0] if listed else None
    return Stage(
        "contacts", question, "done" if listed else "todo",
        said if listed else _("Nobody reached the firm yet: call it."),
        last.on if last else None, str(last.by or "") if last else "",
        template="support/_chain_contacts.html", context=context,
    )  # fmt: skip


def _referrals(person: Person, case: Case) -> list[Referral]:
    found = Referral.objects.filter(share__case=case).select_related("share__organisation")
    return [each for each in found if permissions.can_follow(person, each)]


def _partners(case: Case) -> list[tuple[Organisation, int, int]]:
    """Partners that took such needs from us before: how many were asked, how many taken or done."""
    asked = Referral.objects.filter(
        need__in=case.needs, share__case__organisation=case.organisation_id
    ).exclude(share__case=case)
    found: dict[Organisation, list[int]] = {}
    for each in asked.select_related("share__organisation"):
        held = found.setdefault(each.share.organisation, [0, 0])
        held[0] += 1
        held[1] += each.state in TAKEN
    rows = [(body, sent, taken) for body, (sent, taken) in found.items() if taken]
    return sorted(rows, key=lambda row: (-row[2], row[0].name))[:3]


def _system(key: str, question: str, asked: Asked, subject: Subject) -> Stage | None:
    """What another system says at its step; nothing said is a question."""
    step = chain.step(key, subject, asked.person, asked.language)
    if step is None:
        said = _("Nothing tells it here: say the activity and the number of jobs.")
        return Stage(key, question, "ask", said)
    return Stage(
        key, question, step.state, step.said, step.on, step.who, template=step.template,
        context=step.context, todo=step.todo,
    )  # fmt: skip


def _site() -> Stage:
    said = _("Nobody says it here: who owns it, until when it is let, whether it may change. "
             "No list of premises is loaded.")  # fmt: skip
    return Stage("site", _("What becomes of the site?"), "ask", said)


def _risk(asked: Asked) -> Stage | None:
    """The jobs at risk that somebody follows: before the chain began, and on the day."""
    now = chain.at_risk(asked.person, asked.day)
    if not now:
        return None
    before = followed(chain.at_risk(asked.person, asked.began), asked.began, itself=False)
    held = followed(now, asked.day)
    told = [
        (on, *(chain_firm.span(*each) for each in sums))
        for on, sums in ((asked.began, before), (asked.day, held))
    ]
    return Stage(
        "risk", _("How many of the jobs at risk has somebody taken up?"),
        "done" if held[1][1] else "todo",
        _("{n} jobs at risk are followed by a case").format(n=chain_firm.span(*held[1])),
        template="support/_chain_risk.html", context={"before": told[0], "now": told[1]},
    )  # fmt: skip


def followed(
    risks: dict[str, tuple[int, int]], day: date, *, itself: bool = True
) -> tuple[tuple[int, int], tuple[int, int]]:
    """All jobs at risk, and those whose signal the authority follows by a case on a day.

    Args:
        itself: whether a case that was asked for on that very day counts.
    """
    cases = Case.objects.filter(
        source__in=risks, organisation__kind=Organisation.Kind.AUTHORITY
    ).values_list("source", "asked_at")
    taken = {source for source, at in cases if at.date() < day or (itself and at.date() == day)}
    return _summed(risks.values()), _summed(risks[each] for each in taken)


def _summed(spans: Any) -> tuple[int, int]:
    listed = list(spans)
    return sum(low for low, _high in listed), sum(high for _low, high in listed)
