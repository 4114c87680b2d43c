"""``cautionary_daily``: what cron does every day (and may do every few minutes)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cautionary_plugin.actions.access_requests import erase_old_requests
from cautionary_plugin.actions.anchoring import anchor_record
from cautionary_plugin.actions.contact.lapsing import lapse_arrangements
from cautionary_plugin.actions.countersign import chase_countersignatures
from cautionary_plugin.actions.erasure import (
    erase_delivered_mail,
    erase_due,
    erase_old_records,
    journal_is_missing,
)
from cautionary_plugin.actions.evidence import reconcile_evidence
from cautionary_plugin.actions.foi_people import count_people
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.actions.legacy import discard_old_uploads
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.actions.panel.renewals import open_renewals
from cautionary_plugin.actions.panel.withdrawing import withdraw_leftovers
from cautionary_plugin.actions.partners import erase_old_partners, warn_of_ends
from cautionary_plugin.actions.reminders import remind
from cautionary_plugin.actions.sharing.disclosing import send_on_changes
from cautionary_plugin.actions.sharing.withdrawing import chase_withdrawals
from cautionary_plugin.actions.system_ends import warn_of_system_ends
from cautionary_plugin.actions.training import remind_of_briefings
from cautionary_plugin.actions.training.staff import remind_staff_when_due
from cautionary_plugin.actions.usage import warn_of_unusual_use
from cautionary_plugin.rules.errors import CautionaryError, NotAnchored
from cautionary_plugin.sealing.rotation import finish

Job = Callable[[datetime], Iterator[str]]


class Command(BaseCommand):
    """Does each job whatever became of the others; exit status 1 when one needs attention."""

    help = (
        "End entries whose term is over, put renewals before the panel, chase what is late, "
        "deliver mail, erase what is due, discard old uploads, finish a rotation of the keys, "
        "tell outside where the access record ends."
    )

    def handle(self, **_: Any) -> None:
        now, problems = timezone.now(), []
        for job in JOBS:
            try:
                for sentence in job(now):
                    self.stdout.write(sentence)
            except CautionaryError as problem:
                problems.append(f"{job.__name__}: {problem}")
        if problems:
            raise CommandError("\n".join(problems))


def mail(now: datetime) -> Iterator[str]:
    yield f"Chased {chase_countersignatures(at=now)} late countersignatures."
    yield f"Queued {remind(at=now)} reminders."
    yield f"Reminded {remind_staff_when_due(at=now):,} members of staff to report."
    yield f"Told {remind_of_briefings(at=now)} colleagues of their briefing."
    yield f"Warned of {warn_of_system_ends(at=now)} systems whose term is over soon."
    yield f"Queued {warn_of_unusual_use(at=now)} warnings of unusual use."
    yield f"Delivered {deliver(at=now)} messages."


def partners(now: datetime) -> Iterator[str]:
    yield f"Sent partners {send_on_changes(at=now)} entries that have changed."
    yield f"Chased {chase_withdrawals(at=now)} withdrawals."
    yield f"Warned of {warn_of_ends(at=now)} certificates and agreements that run out."


def old_partners(now: datetime) -> Iterator[str]:
    yield f"Erased {erase_old_partners(at=now)} partners."


def figures(now: datetime) -> Iterator[str]:
    yield f"Counted who had access to {count_people(at=now)} registers in the year that is over."


def uploads(now: datetime) -> Iterator[str]:
    yield f"Discarded {discard_old_uploads(at=now)} uploaded lists."


def lapsing(now: datetime) -> Iterator[str]:
    yield f"Ended {lapse_entries(at=now):,} entries whose term was over."
    yield f"Ended {lapse_arrangements(at=now)} arrangements whose term was over."


def panel(now: datetime) -> Iterator[str]:
    yield f"Withdrew {withdraw_leftovers(at=now)} cases about entries that have ended."
    yield f"Put {open_renewals(at=now)} renewals before the panel."


def erasing(now: datetime) -> Iterator[str]:
    if journal_is_missing():
        yield (
            "Attention: the journal of what was erased was missing and is written anew from the "
            "certificates. If a backup was restored, see docs/erasure.md."
        )
    erased = erase_due(at=now)
    yield f"Erased {erased.files:,} files."
    if erased.held:
        yield (
            f"Kept {erased.held} files whose time has come, because of legal holds and subject "
            "access requests."
        )
    if erased.waiting:
        yield f"Attention: {erased.waiting} files wait for the storage of evidence."


def records(now: datetime) -> Iterator[str]:
    yield f"Erased {erase_old_records(at=now):,} lines of the access record."
    yield f"Erased {erase_delivered_mail(at=now):,} delivered messages."
    yield f"Erased {erase_old_requests(at=now)} subject access requests."


def anchors(now: datetime) -> Iterator[str]:
    try:
        if anchor := anchor_record(at=now):
            yield f"Told outside where the access record ends: line {anchor.number:,}."
    except NotAnchored as problem:
        yield f"Attention: {problem}"


def evidence(now: datetime) -> Iterator[str]:
    found = reconcile_evidence(at=now)
    yield f"Removed {found.removed} objects of uploads that were cut off."
    if found.strays:
        yield (
            f"Attention: {found.strays} objects in the storage of evidence belong to nothing, and "
            "were left alone. Is it this site's own storage?"
        )
    if found.missing:
        yield f"Attention: {found.missing} files of evidence are not in the storage."


def keys(now: datetime) -> Iterator[str]:
    yield f"Retired {len(finish(at=now))} wrapping keys."


JOBS: tuple[Job, ...] = (
    lapsing,
    panel,
    partners,
    mail,
    figures,
    uploads,
    erasing,
    records,
    old_partners,
    evidence,
    keys,
    anchors,
)
