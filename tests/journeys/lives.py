"""A council, two people who are reported again and again, and a clock: drawn by chance.

A state machine draws acts and days; an act that a rule refuses is refused, and changes nothing.
After each step: nobody stands on the register twice, no letter comes before its decision, a check
finds exactly what is live by the clock, what has ended stays ended, and what is erased stays away.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cautionary_plugin.actions.appeals import (
    lodge_appeal,
    name_hearers,
    propose_outcome,
    sign_outcome,
)
from cautionary_plugin.actions.briefings import record_briefing
from cautionary_plugin.actions.check import check_register
from cautionary_plugin.actions.corrections import withdraw_entry
from cautionary_plugin.actions.countersign import countersign_report
from cautionary_plugin.actions.erasure import erase_due
from cautionary_plugin.actions.holds import lift_hold, place_hold
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.actions.letters import issue_letter, record_sent, write_letter
from cautionary_plugin.actions.reports import submit_report
from cautionary_plugin.actions.reviews import close_review, open_review, propose_review, sign_review
from cautionary_plugin.lookup.asked import Question
from cautionary_plugin.lookup.register import forget
from cautionary_plugin.models import (
    Appeal,
    CaseFile,
    Decision,
    Entry,
    IncidentReport,
    LegalHold,
    Letter,
    Review,
)
from cautionary_plugin.rules.briefings import SUBJECTS
from cautionary_plugin.rules.errors import CautionaryError
from cautionary_plugin.rules.factors import OF_A_PERSON
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import AppealState, EntryState, ReportState, ReviewState
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import (
    AppealOutcome,
    CountersignOutcome,
    DecisionOutcome,
    LetterKind,
    Outcome,
    Purpose,
    ReviewOutcome,
)
from tests.council import brief, found_council, hold_post
from tests.factors import make_person
from tests.letters import ready_to_write
from tests.life import decided, head_of_service, submitted

PEOPLE = {
    "Barnabus Thistlewick": ("1961-11-05", "7 Gantry Mews, Weldham", "WX1 9ZZ"),
    "Ottoline Fenchurch": ("1984-02-29", "33 Plover Rise, Weldham", "WX4 2QD"),
}

WORDS = "He came to the counter again and shouted for an hour."


class AnyLife(RuleBasedStateMachine):
    """A council, two people who are reported again and again, and a clock."""

    whole: Any = None

    @initialize()
    def council_is_founded(self) -> None:
        self.folder = TemporaryDirectory()
        journal = Path(self.folder.name) / "deletions.jsonl"
        self.settings = override_settings(CAUTIONARY_DELETION_JOURNAL=journal)
        self.settings.enable()
        self.whole = transaction.atomic()
        self.whole._from_testcase = True  # as a TestCase's own: erasing insists on a commit
        self.whole.__enter__()
        forget()
        self.now: datetime = timezone.now()
        self.acts = 0
        self.ended: set[Any] = set()
        self.erased: set[str] = set()
        self._appoint()

    def _appoint(self) -> None:
        self.council = found_council()
        ready_to_write(self.council)
        self.safety = self._with_post("safety", PostKind.HEALTH_AND_SAFETY)
        self.hearers = [self._with_post(f"cmt{each}", PostKind.CMT_MEMBER) for each in (1, 2)]
        self.head = head_of_service(self.council)
        self._brief_all_but_the_owner()

    def _with_post(self, name: str, kind: PostKind) -> Any:
        person = make_person(name)
        hold_post(self.council, person, kind)
        return person

    def _brief_all_but_the_owner(self) -> None:
        for person in (self.safety, *self.hearers):
            brief(self.council, person, at=self.now)

    def _brief_everybody(self) -> None:
        self._brief_all_but_the_owner()
        record_briefing(
            user=self.council.owner,
            briefed_on=timezone.localdate(self.now),
            covered=set(SUBJECTS),
            by=self.safety,
            at=self.now,
        )

    def teardown(self) -> None:
        if self.whole is None:
            return
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)
        self.settings.disable()
        self.folder.cleanup()
        forget()

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Do it, or be refused; a refusal leaves nothing behind."""
        self.now += timedelta(minutes=1)
        try:
            with transaction.atomic():
                return act()
        except CautionaryError:
            return None

    def one(self, rows: Any, data: Any) -> Any:
        found = sorted(rows, key=lambda row: str(row.pk))
        return data.draw(st.sampled_from(found))

    # --- What people do ---------------------------------------------------------------------

    @rule(name=st.sampled_from(sorted(PEOPLE)))
    def somebody_is_reported(self, name: str) -> None:
        born_on, address, postcode = PEOPLE[name]
        identity = {"born_on": born_on, "address": address, "postcode": postcode}
        told = {"person": {"name": name}, "identify": identity}
        self.attempt(lambda: submitted(self.council, at=self.now, **told))

    @precondition(lambda self: _reports(ReportState.SUBMITTED).exists())
    @rule(data=st.data(), outcome=st.sampled_from(CountersignOutcome))
    def head_countersigns(self, data: Any, outcome: CountersignOutcome) -> None:
        report = self.one(_reports(ReportState.SUBMITTED), data)
        self.attempt(
            lambda: countersign_report(
                report=report, outcome=outcome, reasons=WORDS, by=self.head, at=self.now
            )
        )

    @precondition(lambda self: _reports(ReportState.RETURNED).exists())
    @rule(data=st.data())
    def reporter_sends_again(self, data: Any) -> None:
        report = self.one(_reports(ReportState.RETURNED), data)
        self.attempt(lambda: submit_report(report=report, by=report.reporter, at=self.now))

    @precondition(lambda self: _reports(ReportState.COUNTERSIGNED).exists())
    @rule(data=st.data(), outcome=st.sampled_from(DecisionOutcome))
    def director_decides(self, data: Any, outcome: DecisionOutcome) -> None:
        report = self.one(_reports(ReportState.COUNTERSIGNED), data)
        joins = outcome == DecisionOutcome.JOIN
        entries = list(Entry.objects.all())
        entry = data.draw(st.sampled_from(entries)) if joins and entries else None
        self.attempt(
            lambda: decided(self.council, outcome, report=report, join_to=entry, at=self.now)
        )

    @precondition(lambda self: _live(self.now).exists())
    @rule(data=st.data())
    def director_withdraws(self, data: Any) -> None:
        entry = self.one(_live(self.now), data)
        owner = self.council.owner
        self.attempt(lambda: withdraw_entry(entry=entry, reasons=WORDS, by=owner, at=self.now))

    @precondition(lambda self: _unsent().exists())
    @rule(data=st.data())
    def letter_is_posted(self, data: Any) -> None:
        letter = self.one(_unsent(), data)
        by, today = self.council.owner, timezone.localdate(self.now)

        def post() -> None:
            write_letter(letter=letter, own_words={"why": WORDS}, by=by, at=self.now)
            if letter.issued_at is None:
                issue_letter(letter=letter, by=by, at=self.now)
            record_sent(letter=letter, sent_on=today, by=by, at=self.now)

        self.attempt(post)

    @precondition(lambda self: _live(self.now).exists())
    @rule(data=st.data(), outcome=st.sampled_from(AppealOutcome))
    def individual_appeals(self, data: Any, outcome: AppealOutcome) -> None:
        entry, by = self.one(_live(self.now), data), self.council.owner
        today = timezone.localdate(self.now)
        appeal = self.attempt(
            lambda: lodge_appeal(
                entry=entry, lodged_on=today, grounds=WORDS, late_reasons=WORDS, by=by, at=self.now
            )
        )
        if appeal:
            hearers = self.hearers
            self.attempt(lambda: name_hearers(appeal=appeal, users=hearers, by=by, at=self.now))

    @precondition(lambda self: _appeals(AppealState.LODGED).exists())
    @rule(data=st.data(), outcome=st.sampled_from(AppealOutcome))
    def hearer_proposes(self, data: Any, outcome: AppealOutcome) -> None:
        appeal = self.one(_appeals(AppealState.LODGED), data)
        variation = {"risk": "low"} if outcome == AppealOutcome.VARIED else {}
        self.attempt(
            lambda: propose_outcome(
                appeal=appeal,
                outcome=outcome,
                reasons=WORDS,
                variation=variation,
                by=self.hearers[0],
                at=self.now,
            )
        )

    @precondition(lambda self: _appeals(AppealState.PROPOSED).exists())
    @rule(data=st.data())
    def other_hearer_signs(self, data: Any) -> None:
        appeal = self.one(_appeals(AppealState.PROPOSED), data)
        self.attempt(lambda: sign_outcome(appeal=appeal, by=self.hearers[1], at=self.now))

    @precondition(lambda self: _live(self.now).exists())
    @rule(data=st.data())
    def review_is_opened(self, data: Any) -> None:
        entry, owner = self.one(_live(self.now), data), self.council.owner
        self.attempt(lambda: open_review(entry=entry, by=owner, at=self.now))

    @precondition(lambda self: _reviews(ReviewState.OPEN).exists())
    @rule(data=st.data(), outcome=st.sampled_from(ReviewOutcome))
    def director_proposes(self, data: Any, outcome: ReviewOutcome) -> None:
        review, today = self.one(_reviews(ReviewState.OPEN), data), timezone.localdate(self.now)
        self.acts += 1
        answers = {each.value: f"Weighed afresh, time {self.acts}." for each in OF_A_PERSON}
        keeps = outcome == ReviewOutcome.RETAIN
        renewal = {
            "new_end_on": months_after(today, 11),
            "new_evidence": WORDS,
            "new_evidence_on": today,
        }
        self.attempt(
            lambda: propose_review(
                review=review,
                outcome=outcome,
                factors=answers,
                reasons=WORDS,
                by=self.council.owner,
                at=self.now,
                **(renewal if keeps else {}),
            )
        )

    @precondition(lambda self: _reviews(ReviewState.PROPOSED).exists())
    @rule(data=st.data())
    def safety_signs(self, data: Any) -> None:
        review = self.one(_reviews(ReviewState.PROPOSED), data)
        self.attempt(lambda: sign_review(review=review, by=self.safety, at=self.now))

    @precondition(lambda self: _reviews(ReviewState.SIGNED).exists())
    @rule(data=st.data())
    def review_is_closed(self, data: Any) -> None:
        review, owner = self.one(_reviews(ReviewState.SIGNED), data), self.council.owner
        self.attempt(lambda: close_review(review=review, by=owner, at=self.now))

    @precondition(lambda self: CaseFile.objects.exists())
    @rule(data=st.data())
    def file_is_held(self, data: Any) -> None:
        file, by = self.one(CaseFile.objects.all(), data), self.council.owner
        until = timezone.localdate(self.now) + timedelta(days=200)
        self.attempt(
            lambda: place_hold(case_file=file, reason=WORDS, ends_on=until, by=by, at=self.now)
        )

    @precondition(lambda self: LegalHold.objects.filter(lifted_at=None).exists())
    @rule(data=st.data())
    def hold_is_lifted(self, data: Any) -> None:
        hold = self.one(LegalHold.objects.filter(lifted_at=None), data)
        self.attempt(lambda: lift_hold(hold=hold, by=self.council.owner, at=self.now))

    # --- The clock --------------------------------------------------------------------------

    @rule(days=st.sampled_from([1, 8, 30, 120, 366]))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        self._brief_everybody()

    @rule()
    def daily_run(self) -> None:
        lapse_entries(at=self.now)
        before = set(CaseFile.objects.values_list("reference", flat=True))
        erase_due(at=self.now)
        self.erased |= before - set(CaseFile.objects.values_list("reference", flat=True))
        due = Entry.objects.filter(state=EntryState.LIVE, expires_at__lte=self.now)
        assert not due.exists()

    # --- What must never be the case --------------------------------------------------------

    @invariant()
    def nobody_stands_on_the_register_twice(self) -> None:
        names = [entry.case_file.person.identity.names[0] for entry in _live(self.now)]
        assert len(names) == len(set(names))

    @invariant()
    def no_letter_comes_before_its_decision(self) -> None:
        for letter in Letter.objects.filter(kind=LetterKind.ADDITION):
            decision = Decision.objects.get(entry=letter.entry, outcome=DecisionOutcome.ADD)
            assert decision.decided_at <= letter.queued_at

    @invariant()
    def check_finds_exactly_what_is_live(self) -> None:
        live = {entry.case_file.person.identity.names[0]: entry for entry in _live(self.now)}
        for name in PEOPLE:
            answer = check_register(
                question=Question(anything=name),
                purpose=Purpose.HOME_VISIT,
                by=self.safety,
                at=self.now,
            )
            found = [finding.entry for finding in answer.findings]
            assert answer.outcome == (Outcome.FOUND if name in live else Outcome.NONE_RECORDED)
            assert found == [live[name]] if name in live else not found

    @invariant()
    def what_has_ended_stays_ended(self) -> None:
        ended = Entry.objects.filter(state=EntryState.ENDED).values_list("pk", flat=True)
        still_there = Entry.objects.filter(pk__in=self.ended)
        assert all(entry.state == EntryState.ENDED for entry in still_there)
        self.ended |= set(ended)

    @invariant()
    def what_is_erased_stays_away(self) -> None:
        assert not CaseFile.objects.filter(reference__in=self.erased).exists()


def _reports(state: ReportState) -> Any:
    return IncidentReport.objects.filter(state=state)


def _appeals(state: AppealState) -> Any:
    return Appeal.objects.filter(state=state)


def _reviews(state: ReviewState) -> Any:
    return Review.objects.filter(state=state)


def _live(at: datetime) -> Any:
    return Entry.objects.live_at(at).select_related("case_file__person")


def _unsent() -> Any:
    return Letter.objects.filter(sent_on=None)
