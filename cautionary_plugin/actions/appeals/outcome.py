"""The outcome of an appeal: one hearer proposes, every other signs, and it takes effect (A24)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.abandoning import abandon_reviews
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.ending import end_entry
from cautionary_plugin.actions.letters import owe_letter
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.actions.on_file import check_counts
from cautionary_plugin.models import Appeal, Entry, MailKind
from cautionary_plugin.rules.appeals import Comment, check_ready_to_propose
from cautionary_plugin.rules.errors import AlreadyDone, BadInput
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import AppealState, check_move
from cautionary_plugin.rules.variations import (
    as_the_schedule_has_them,
    changes_between,
    check_no_worse,
)
from cautionary_plugin.rules.vocabulary import Act, AppealOutcome, LetterKind, Route, WhyEnded

from .hearing import check_hears, needed_for, power_to_hear
from .locking import lock_appeal
from .terms import terms_of, vary_entry


@action
def propose_outcome(
    *,
    appeal: Appeal,
    outcome: AppealOutcome,
    reasons: str,
    by: Any,
    at: datetime,
    variation: Mapping[str, Any] | None = None,
) -> Appeal:
    """Propose an outcome, which signs it; the other hearers are told that it waits for them.

    Of one who hears it alone, the proposal is the decision, and takes effect at once.

    :param variation: for ``VARIED``: fact → new value, as :meth:`Terms.as_json` gives them.
    :raises NotYourPost, NotYours, Excluded: ``by`` does not hear this appeal.
    :raises IllegalMove: an outcome is proposed already, or the entry does not count any more.
    :raises NotReady: a comment is still waited for (A26), or too few hearers are named.
    :raises BadInput: no reasons, or a change that would worsen the individual's position.
    """
    entry, appeal = lock_appeal(appeal)
    hearer = check_hears(appeal, by=by, at=at)
    check_move(AppealState, appeal.state, AppealState.PROPOSED, by=power_to_hear(appeal))
    check_counts(entry, at=at)
    today = timezone.localdate(at)
    check_ready_to_propose(
        [Comment(each.is_settled_on(today), each.due_on) for each in appeal.comments.all()],
        hearers=appeal.hearers.exclude(user=None).count(),
        hearers_needed=needed_for(appeal),
    )
    check_reason(reasons, field="reasons")
    appeal.variation = _changes(entry, outcome, variation or {}, at)
    appeal.state, appeal.outcome, appeal.reasons = AppealState.PROPOSED, outcome, reasons
    appeal.proposed_by, appeal.proposed_at = by, at
    appeal.save()
    hearer.signed_at = at
    hearer.save(update_fields=["signed_at"])
    record(act=Act.APPEAL, by=by, at=at, register=entry.register, reference=appeal.reference)
    others = [each.user for each in appeal.hearers.exclude(user=by).select_related("user")]
    queue_mail(kind=MailKind.HEARING, to=filter(None, others), at=at, reference=appeal.reference)
    if not others:
        check_move(AppealState, appeal.state, AppealState.DECIDED, by=power_to_hear(appeal))
        _take_effect(appeal, entry, by=by, at=at)
    return appeal


@action
def sign_outcome(*, appeal: Appeal, by: Any, at: datetime, seen: datetime | None = None) -> Appeal:
    """Sign the proposed outcome; with the last hearer's signature it takes effect at once.

    :param seen: when the proposal that the person has read was made; another one is not signed.
    :raises NotYourPost, NotYours, Excluded: ``by`` does not hear this appeal.
    :raises IllegalMove: no outcome is proposed, or the entry does not count any more.
    :raises AlreadyDone: ``by`` has signed, or another outcome was proposed meanwhile.
    :raises BadInput: the entry was changed meanwhile, so that the outcome would worsen it.
    """
    entry, appeal = lock_appeal(appeal)
    hearer = check_hears(appeal, by=by, at=at)
    check_move(AppealState, appeal.state, AppealState.DECIDED, by=power_to_hear(appeal))
    check_counts(entry, at=at)
    if hearer.signed_at is not None:
        raise AlreadyDone("You have signed this outcome already.")
    if seen is not None and seen != appeal.proposed_at:
        raise AlreadyDone("Another outcome was proposed meanwhile. Read it before you sign.")
    hearer.signed_at = at
    hearer.save(update_fields=["signed_at"])
    record(act=Act.APPEAL, by=by, at=at, register=entry.register, reference=appeal.reference)
    if not appeal.hearers.filter(signed_at=None).exists():
        _take_effect(appeal, entry, by=by, at=at)
    return appeal


@action
def send_back_outcome(*, appeal: Appeal, reasons: str, by: Any, at: datetime) -> Appeal:
    """Do not sign, and say why: the outcome must be proposed anew, and signed by all.

    :raises NotYourPost, NotYours, Excluded: ``by`` does not hear this appeal.
    :raises IllegalMove: no outcome is proposed.
    :raises AlreadyDone: ``by`` has signed it.
    :raises BadInput: no reasons.
    """
    entry, appeal = lock_appeal(appeal)
    hearer = check_hears(appeal, by=by, at=at)
    check_move(AppealState, appeal.state, AppealState.LODGED, by=power_to_hear(appeal))
    if hearer.signed_at is not None:
        raise AlreadyDone("You have signed this outcome, so you cannot send it back.")
    check_reason(reasons, field="reasons")
    appeal.state = AppealState.LODGED
    appeal.sent_back, appeal.sent_back_by, appeal.sent_back_at = reasons, by, at
    appeal.save()
    appeal.hearers.update(signed_at=None)
    record(act=Act.APPEAL, by=by, at=at, register=entry.register, reference=appeal.reference)
    if appeal.proposed_by:
        queue_mail(
            kind=MailKind.HEARING, to=[appeal.proposed_by], at=at, reference=appeal.reference
        )
    return appeal


def _changes(
    entry: Entry, outcome: AppealOutcome, variation: Mapping[str, Any], at: datetime
) -> dict[str, Any]:
    if outcome != AppealOutcome.VARIED:
        return {}
    now = terms_of(entry)
    wanted = now.with_changes(variation)
    check_no_worse(now, wanted, today=timezone.localdate(at))
    if entry.register.route == Route.PANEL:
        wanted = as_the_schedule_has_them(wanted)
    return changes_between(now, wanted)


def _take_effect(appeal: Appeal, entry: Entry, *, by: Any, at: datetime) -> None:
    outcome = AppealOutcome(appeal.outcome)
    if outcome is AppealOutcome.VARIED:
        _vary(appeal, entry, by=by, at=at)
    if outcome is AppealOutcome.UPHELD:
        end_entry(entry=entry, why=WhyEnded.APPEAL, by=power_to_hear(appeal), at=at)
        record(act=Act.REMOVED, by=by, at=at, register=entry.register, reference=entry.reference)
    appeal.state, appeal.decided_at = AppealState.DECIDED, at
    appeal.save(update_fields=["state", "decided_at"])
    owe_letter(
        kind=LetterKind.APPEAL,
        case_file=entry.case_file,
        register=entry.register,
        at=at,
        entry=entry,
        appeal=appeal,
    )
    writers = holders_of(Power.WRITE_LETTERS, at=at, register=entry.register)
    queue_mail(kind=MailKind.LETTER_DUE, to=writers, at=at, reference=entry.reference)


def _vary(appeal: Appeal, entry: Entry, *, by: Any, at: datetime) -> None:
    try:
        changes = _changes(entry, AppealOutcome.VARIED, appeal.variation, at)
    except BadInput:
        raise AlreadyDone(
            "The entry was changed since this outcome was proposed. Send the outcome back."
        ) from None
    abandon_reviews(entry=entry, by=power_to_hear(appeal), at=at)
    vary_entry(entry=entry, changes=changes, reasons=f"Appeal {appeal.reference}", by=by, at=at)
    record(act=Act.CORRECTED, by=by, at=at, register=entry.register, reference=entry.reference)
