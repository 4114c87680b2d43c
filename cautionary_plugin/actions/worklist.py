"""What waits for somebody: derived from facts each time, by their posts, the earliest day first."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import partial

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.access.exclusion import schedule_not_shut_out
from cautionary_plugin.access.following import looked_for_by, questionnaires_of
from cautionary_plugin.access.letter_desk import waits_for_councillors, with_councillors, written_by
from cautionary_plugin.access.referrals import reports_to_refer
from cautionary_plugin.access.standing import Standing
from cautionary_plugin.conf import conf
from cautionary_plugin.models import (
    Appeal,
    Complaint,
    Entry,
    IncidentReport,
    Letter,
    NotificationExemption,
    Register,
    Review,
    StaffBulletin,
)
from cautionary_plugin.rules.due import day_in_words
from cautionary_plugin.rules.duties import POWERS_FOR, Duty, Task, by_due_date
from cautionary_plugin.rules.states import AppealState, ReportState, ReviewState
from cautionary_plugin.rules.vocabulary import LetterKind, Route

from .access_requests import waiting as of_requests
from .go_live import go_live_of
from .holds import holds_that_end
from .letters import letter_reference
from .panel import waiting
from .partners import waiting as of_partners
from .quarterly import quarterly_standing
from .registers import blanks
from .reviews.lapsing import lapsing_entries, without_review
from .system_ends import systems_to_renew
from .systems import systems_to_approve
from .training import waiting as of_training
from .usage import usage_standing

Registers = list[Register]
Finder = Callable[[Standing, Registers, datetime], Iterable[Task]]


def what_waits(standing: Standing) -> list[Task]:
    """Everything that waits for this person at the instant of their standing.

    The number of queries depends on their posts and not on how much waits.
    """
    powers = {register: standing.powers(register) for register in Register.objects.order_by("pk")}
    found: list[Task] = []
    for duty, finder in FINDERS.items():
        registers = [each for each, held in powers.items() if held & POWERS_FOR[duty]]
        if registers:
            found.extend(finder(standing, registers, standing.at))
    return by_due_date(found)


def _reports(
    standing: Standing, registers: Registers, state: ReportState
) -> QuerySet[IncidentReport]:
    """Reports that the person may act on: neither their own nor about what happened to them."""
    own = Q(reporter=standing.user) | Q(typed_by=standing.user)
    concerned = IncidentReport.objects.filter(statements__employee=standing.user)
    return (
        IncidentReport.objects.filter(
            register__in=registers, register__route=Route.DIRECTOR, state=state
        )
        .exclude(own)
        .exclude(pk__in=concerned.values("pk"))
        .select_related("register")
        .annotate(accounts_by=Max("statements__due_on", filter=_open_statements()))
    )


def _open_statements() -> Q:
    return Q(statements__given_at=None, statements__declined_at=None)


def _to_countersign(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    for report in _reports(standing, registers, ReportState.SUBMITTED):
        yield Task(Duty.COUNTERSIGN, report.reference, report.reference, report.countersign_by)


def _to_decide(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """The policy sets no day; as many working days as for the countersignature are the aim."""
    signed_by_me = Q(countersignatures__by=standing.user)
    waiting = _reports(standing, registers, ReportState.COUNTERSIGNED).exclude(signed_by_me)
    calendars = {register.pk: register.calendar for register in registers}
    today = timezone.localdate(at)
    for report in waiting.annotate(signed_at=Max("countersignatures__at")):
        register: Register = report.register
        since = timezone.localdate(report.signed_at)  # type: ignore[attr-defined]
        aim = calendars[register.pk].after(since, register.countersign_days)
        until: date | None = report.accounts_by  # type: ignore[attr-defined]
        if until is not None and until >= today:
            note = f"accounts may come until {until.day} {until:%B}"
            yield Task(Duty.DECIDE, report.reference, report.reference, max(aim, until), note)
        else:
            yield Task(Duty.DECIDE, report.reference, report.reference, aim)


def _to_refer(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    for report in reports_to_refer(standing):
        yield Task(Duty.REFER, report.reference, report.reference, report.countersign_by)


def _to_sign_off(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    held = Entry.objects.held().filter(register__in=registers, expires_at__gt=at)
    held = held.filter(schedule_not_shut_out(standing.user))
    for entry in held.exclude(made_by=standing.user):
        yield Task(Duty.SIGN_OFF, entry.reference, entry.reference)


def _bulletins(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    owed = StaffBulletin.objects.filter(
        queued_at=None, entry__in=Entry.objects.live_at(at).filter(register__in=registers)
    )
    for bulletin in owed.select_related("entry"):
        yield Task(
            Duty.BULLETIN, bulletin.entry.reference, bulletin.entry.reference, bulletin.due_on
        )


def _letters(
    standing: Standing, registers: Registers, at: datetime, *, duty: Duty
) -> Iterator[Task]:
    [power] = POWERS_FOR[duty]
    owed = Letter.objects.owed().filter(written_by(standing.user, power, registers))
    for letter in with_councillors(owed.select_related("entry", "case", "case_file")):
        note, waits = LetterKind(letter.kind).label, waits_for_councillors(letter)
        if waits:
            note = f"{note}: waits for the councillors’ answers"
        due_on = None if waits else letter.due_on
        yield Task(duty, letter_reference(letter), str(letter.pk), due_on, note)


def _to_ask(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Questionnaires that tell of something new, on which no specialist was asked yet (B39)."""
    back = questionnaires_of(standing.user, registers).filter(new_issues=True, referrals=None)
    for each in back:
        yield Task(Duty.ASK_SPECIALIST, letter_reference(each.letter), str(each.pk))


def _questionnaires_out(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Questionnaires that are looked for, and did not come back (B38).

    Nobody need send one back: after as long again the line goes, and only the list keeps it.
    """
    today = timezone.localdate(at)
    calendars = {register.pk: register.calendar for register in registers}
    for each in questionnaires_of(standing.user, registers).filter(returned_on=None):
        register = each.letter.register
        looked_for = looked_for_by(each, calendars[register.pk])
        if looked_for < today <= calendars[register.pk].after(looked_for, register.appeal_days):
            note = f"looked for by {day_in_words(looked_for)}"
            yield Task(Duty.QUESTIONNAIRE, letter_reference(each.letter), str(each.pk), note=note)


def _exemptions(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    standing_ones = NotificationExemption.objects.filter(
        ended_at=None,
        retest_on__lte=timezone.localdate(at),
        entry__in=Entry.objects.live_at(at).filter(register__in=registers),
    )
    known = schedule_not_shut_out(standing.user, of="entry__", case_file="entry__case_file")
    for exemption in standing_ones.filter(known).select_related("entry"):
        reference = exemption.entry.reference
        yield Task(Duty.EXEMPTION, reference, reference, exemption.retest_on)


def _open_appeals(registers: Registers) -> QuerySet[Appeal]:
    return Appeal.objects.filter(
        entry__register__in=registers, state__in=[AppealState.LODGED, AppealState.PROPOSED]
    )


def _hearers(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    known = schedule_not_shut_out(standing.user, of="entry__", case_file="entry__case_file")
    for appeal in _open_appeals(registers).filter(known, hearers=None):
        yield Task(Duty.NAME_HEARERS, appeal.reference, appeal.reference, appeal.decide_by)


def _to_hear(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    mine = Q(hearers__user=standing.user, hearers__signed_at=None)
    for appeal in _open_appeals(registers).filter(mine):
        yield Task(Duty.HEAR, appeal.reference, appeal.reference, appeal.decide_by)


def _to_acknowledge(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    mine = Complaint.objects.filter(schedule_not_shut_out(standing.user), register__in=registers)
    for complaint in mine.filter(acknowledged_on=None):
        yield Task(
            Duty.ACKNOWLEDGE, complaint.reference, complaint.reference, complaint.acknowledge_by
        )


def _to_answer(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    mine = Complaint.objects.filter(schedule_not_shut_out(standing.user), register__in=registers)
    for complaint in mine.filter(acknowledged_on__isnull=False, answered_on=None):
        yield Task(Duty.ANSWER, complaint.reference, complaint.reference)


def _reviews(registers: Registers, state: ReviewState, at: datetime) -> QuerySet[Review]:
    live = Entry.objects.live_at(at).filter(register__in=registers)
    return Review.objects.filter(entry__in=live, state=state).select_related("entry")


def _review_task(duty: Duty, review: Review) -> Task:
    due_on = timezone.localdate(review.entry.expires_at)
    return Task(duty, review.entry.reference, str(review.pk), due_on)


def _to_review(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """One line a register, due when the first of its entries lapses: there may be hundreds.

    None of a schedule: its entries come before the panel by themselves (B4).
    """
    for register in _of_directors(registers):
        waiting = list(without_review(lapsing_entries(register, at=at)).order_by("expires_at"))
        if waiting:
            note = f"{len(waiting)} entries" if len(waiting) > 1 else waiting[0].reference
            yield Task(Duty.REVIEW, register.name, register.slug, last_day(waiting[0]), note)


def _quarters(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    for register in _of_directors(registers):
        check = quarterly_standing(register, at=at)
        if check.owed:
            note = f"missed before: {len(check.missed)}" if check.missed else ""
            yield Task(Duty.QUARTER, register.prefix, register.slug, check.current.last_day, note)


def _to_look_at(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    for register in registers:
        if owed := usage_standing(register, at=at).owed:
            months = f"{len(owed)} month" if len(owed) == 1 else f"{len(owed)} months"
            yield Task(Duty.WHO_LOOKED, register.name, register.slug, note=months)


def _of_directors(registers: Registers) -> Registers:
    return [each for each in registers if each.route == Route.DIRECTOR]


def _to_sign(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    proposed = _reviews(registers, ReviewState.PROPOSED, at).exclude(proposed_by=standing.user)
    return (_review_task(Duty.SIGN_REVIEW, review) for review in proposed)


def _to_close(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    signed = _reviews(registers, ReviewState.SIGNED, at)
    return (_review_task(Duty.CLOSE_REVIEW, review) for review in signed)


def _blank(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    for register in registers:
        if found := blanks(register):
            note = f"{len(found)} blank" if len(found) == 1 else f"{len(found)} blanks"
            yield Task(Duty.FILL_IN, register.name, register.slug, note=note)


def _go_live(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """What a register lacks; on trial sites a banner says it instead."""
    for register in registers if not conf.GO_LIVE_OVERRIDE else []:
        if missing := go_live_of(register, at=at).missing:
            note = f"{len(missing)} lacking"
            yield Task(Duty.GO_LIVE, register.name, register.slug, note=note)


FINDERS: dict[Duty, Finder] = {
    Duty.VOTE: waiting.votes_to_cast,
    Duty.MEETING: waiting.meetings_to_run,
    Duty.COUNTERSIGN: _to_countersign,
    Duty.DECIDE: _to_decide,
    Duty.REFER: _to_refer,
    Duty.CONFLICT: waiting.conflicts_waiting,
    Duty.PLAN_MEETING: waiting.meetings_to_plan,
    Duty.AGENDA: waiting.agendas_to_fill,
    Duty.RELEASE: waiting.papers_to_release,
    Duty.PAPERS: waiting.papers_to_read,
    Duty.BRIEFING: waiting.briefings_to_confirm,
    Duty.FROM_PANEL: waiting.referrals_to_answer,
    Duty.SIGN_OFF: _to_sign_off,
    Duty.BULLETIN: _bulletins,
    Duty.LETTER: partial(_letters, duty=Duty.LETTER),
    Duty.SCHEDULE_LETTER: partial(_letters, duty=Duty.SCHEDULE_LETTER),
    Duty.LEGAL_LETTER: partial(_letters, duty=Duty.LEGAL_LETTER),
    Duty.DIVERT: waiting.diverts_to_prepare,
    Duty.SWITCH: waiting.diverts_to_switch,
    Duty.ASK_SPECIALIST: _to_ask,
    Duty.QUESTIONNAIRE: _questionnaires_out,
    Duty.FOLLOW_UP: waiting.follow_ups_late,
    Duty.EXEMPTION: _exemptions,
    Duty.NAME_HEARERS: _hearers,
    Duty.HEAR: _to_hear,
    Duty.ACKNOWLEDGE: _to_acknowledge,
    Duty.ANSWER: _to_answer,
    Duty.REVIEW: _to_review,
    Duty.SIGN_REVIEW: _to_sign,
    Duty.CLOSE_REVIEW: _to_close,
    Duty.CERTIFICATE: of_partners.certificates_to_approve,
    Duty.AUTHORITY: of_partners.authorities_to_approve,
    Duty.WITHDRAWAL: of_partners.withdrawals_to_chase,
    Duty.RENEW_PARTNER: of_partners.partners_to_renew,
    Duty.SYSTEM: systems_to_approve,
    Duty.RENEW_SYSTEM: systems_to_renew,
    Duty.ACCESS_REQUEST: of_requests.requests_to_answer,
    Duty.CLOSE_SESSION: of_training.sessions_to_close,
    Duty.BRIEF: of_training.people_to_brief,
    Duty.GO_LIVE: _go_live,
    Duty.FILL_IN: _blank,
    Duty.QUARTER: _quarters,
    Duty.WHO_LOOKED: _to_look_at,
    Duty.HOLD_ENDS: holds_that_end,
}
