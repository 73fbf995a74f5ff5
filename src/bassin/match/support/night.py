"""What a night does for the cases: reminders that do not nag, moves followed, files deleted."""

import logging
from collections import defaultdict
from datetime import date
from typing import Any

from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import transaction

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.support import firms
from bassin.match.support.actions import advisers
from bassin.match.support.models import Case, Paper, Proof, Referral
from bassin.parties.mail import sending
from bassin.parties.models import Organisation, Person
from bassin.types import Origin
from bassin.ui.mailing import letter

logger = logging.getLogger(__name__)

FOLDER = "support"


def due(today: date) -> dict[Organisation, list[Referral]]:
    """The referrals whose reminder is due, by the partner asked. Nobody invented is written to."""
    waiting = Referral.objects.filter(
        state=Referral.State.WAITING, share__withdrawn_on=None
    ).exclude(share__case__origin=Origin.INVENTED.value)
    found: dict[Organisation, list[Referral]] = defaultdict(list)
    for each in waiting.select_related("share__organisation", "share__case__organisation"):
        on = each.remind_on()
        if on is not None and on <= today:
            found[each.share.organisation].append(each)
    return dict(found)


def remind(today: date) -> int:
    """One e-mail a partner's adviser, for all that waits; how many left.

    After the third reminder and one more week, a referral is « no news »: who sent it sees that.
    """
    count = 0
    for organisation, referrals in due(today).items():
        told = [_tell(person, referrals) for person in advisers(organisation, today)]
        if any(told):
            count += sum(told)
            for each in referrals:
                each.reminders, each.reminded_on = each.reminders + 1, today
                each.save(update_fields=["reminders", "reminded_on"])
    _give_up(today)
    return count


def _tell(person: Person, referrals: list[Referral]) -> bool:
    if not person.email:
        return False
    try:
        with sending():
            _letter(person, referrals).send()
    except Refused as refusal:
        # Who could not be told tonight is told tomorrow.
        logger.warning("%s", refusal)
        return False
    return True


def _letter(person: Person, referrals: list[Referral]) -> EmailMessage:
    facts: dict[str, Any] = {"referrals": referrals, "most": Referral.MOST}
    return letter(
        "support/mail/waiting.txt", person.email or "", language=person.language,
        page="support:inbox", **facts,
    )  # fmt: skip


def _give_up(today: date) -> None:
    tired = Referral.objects.filter(state=Referral.State.WAITING, reminders__gte=Referral.MOST)
    for each in tired:
        if each.reminded_on is not None and each.reminded_on + Referral.EVERY <= today:
            each.state = Referral.State.NO_NEWS
            each.save(update_fields=["state"])


def follow_moves(opened: House) -> int:
    """Give the cases of an establishment that moved its new SIRET; how many changed."""
    count = 0
    sirets = set(Case.objects.exclude(siret="").values_list("siret", flat=True))
    for siret, found in firms.firms(opened, sirets).items():
        if not found.moved_to or (now := firms.followed(opened, siret)) == siret:
            continue
        where = firms.firm(opened, now)
        for case in Case.objects.filter(siret=siret):
            with transaction.atomic():
                case.siret, case.siren = now, now[:9]
                if where is not None and where.commune_code:
                    case.commune_code = where.commune_code
                case.save(update_fields=["siret", "siren", "commune_code"])
            count += 1
    return count


def forget_files() -> int:
    """Delete the files that no case holds any more: erasure and retention delete rows alone."""
    kept = set(Paper.objects.values_list("file", flat=True))
    kept |= set(Proof.objects.values_list("file", flat=True))
    count = 0
    for name in _files(FOLDER):
        if name not in kept:
            default_storage.delete(name)
            count += 1
    return count


def _files(folder: str) -> list[str]:
    if not default_storage.exists(folder):
        return []
    folders, names = default_storage.listdir(folder)
    found = [f"{folder}/{name}" for name in names]
    return found + [name for each in folders for name in _files(f"{folder}/{each}")]
