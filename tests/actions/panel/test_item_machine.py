"""Whatever the panel does with its items, in whatever order: what must never be the case (B19).

A state machine draws acts; an act that a rule refuses is refused, and changes nothing. It keeps
its own book of who is in the room and who is shut out, and holds each vote and count against it.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cautionary_plugin.actions.panel.conflicts import decide_conflict, declare_conflict
from cautionary_plugin.actions.panel.corrections import ask_for_correction
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.items import adjourn_item, open_item
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.lookup.register import forget
from cautionary_plugin.models import (
    AgendaItem,
    ConflictDeclaration,
    Entry,
    Motion,
    PanelDecision,
    Vote,
)
from cautionary_plugin.rules.errors import CautionaryError
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.states import EntryState, ItemState
from cautionary_plugin.rules.vocabulary import Choice, PanelOutcome
from tests.panel import SIX, Panel, arrive, deputised, found_panel, leave, met, waiting_case
from tests.panel_items import entry_terms, findings_recorded, voting

NEEDED = 4
WHY = "It was weighed with care, in a sentence."
OUTCOMES = [PanelOutcome.ENTRY, PanelOutcome.ENTRY, PanelOutcome.LETTER, PanelOutcome.REMOVE]
SEATS = [*SIX, "deputy"]
AS_DECLARED = ("declared_at", "user_id")  # keys are random: what is drawn again must be the same


class AnyItem(RuleBasedStateMachine):
    """One panel, one customer, meeting after meeting."""

    panel: ClassVar[Panel]
    reached: ClassVar[Counter[str]] = Counter()
    whole: Any = None

    @initialize(present=st.sampled_from([6, 6, 5, 4, 3]))
    def panel_meets(self, present: int) -> None:
        self.whole = transaction.atomic()
        self.whole.__enter__()
        forget()
        self.now: datetime = timezone.now()
        waiting_case(self.panel, at=self.now)
        self.shut: set[Any] = set()
        self.kept: dict[Any, dict[str, Any]] = {}
        self._begin(present)

    def _begin(self, present: int) -> None:
        self.meeting = met(self.panel, present=present, at=self.now)
        self.people = {name: self.panel.people[name] for name in SIX}
        self.inside = {self.panel.people[name].pk for name in list(SIX)[:present]}
        if not hasattr(self, "deputy"):
            self.deputy = deputised(self.panel, self.meeting, "safety", at=self.now)
            self.people["deputy"] = self.deputy

    def teardown(self) -> None:
        if self.whole is not None:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)
            forget()

    def attempt(self, act: Callable[[], Any]) -> Any:
        """What the act gives; None where it is refused, and then nothing of it is written."""
        self.now += timedelta(seconds=30)
        try:
            with transaction.atomic():
                return act()
        except CautionaryError:
            return None

    # --- Where things stand

    def _item(self, *states: ItemState) -> AgendaItem | None:
        return AgendaItem.objects.filter(meeting=self.meeting, state__in=states).first()

    def _on(self) -> AgendaItem | None:
        return self._item(ItemState.OPEN, ItemState.VOTING)

    def _last(self) -> Motion | None:
        item = self._on()
        return item.motions.order_by("-number").first() if item else None

    # --- What people do

    @precondition(lambda self: self._item(ItemState.LISTED))
    @rule()
    def item_is_opened(self) -> None:
        item = self._item(ItemState.LISTED)
        assert item is not None
        if self.attempt(lambda: open_item(item=item, by=self.panel.clerk, at=self.now)):
            findings_recorded(self.panel, item, at=self.now)

    @rule(who=st.sampled_from(SEATS))
    def member_leaves(self, who: str) -> None:
        person = self.people.get(who)
        if person and self.attempt(lambda: leave(self.panel, self.meeting, person, at=self.now)):
            self.inside.discard(person.pk)

    @rule(who=st.sampled_from(SEATS))
    def member_comes(self, who: str) -> None:
        person = self.people.get(who)
        if person and self.attempt(lambda: arrive(self.panel, self.meeting, person, at=self.now)):
            self.inside.add(person.pk)

    @precondition(lambda self: self._item(ItemState.LISTED, ItemState.OPEN, ItemState.VOTING))
    @rule(who=st.sampled_from(SEATS))
    def member_declares(self, who: str) -> None:
        item = self._on() or self._item(ItemState.LISTED)
        person = self.people.get(who)
        if item is None or person is None:
            return
        declared = self.attempt(
            lambda: declare_conflict(
                case=item.case, member=person, reasons=WHY, by=person, at=self.now
            )
        )
        if declared:
            self.shut.add((item.case_id, person.pk))
            self.reached["shut out"] += 1

    @precondition(lambda self: ConflictDeclaration.objects.filter(excluded=None).exists())
    @rule(data=st.data(), excluded=st.booleans())
    def conflict_is_decided(self, data: Any, excluded: bool) -> None:
        waiting = list(ConflictDeclaration.objects.filter(excluded=None).order_by(*AS_DECLARED))
        conflict = data.draw(st.sampled_from(waiting))
        decide = {"conflict": conflict, "excluded": excluded, "reasons": WHY}
        for by in (self.panel.chair, self.panel.monitoring):
            if self.attempt(lambda by=by: decide_conflict(**decide, by=by, at=self.now)):
                if not excluded:
                    self.shut.discard((conflict.case_id, conflict.user_id))
                return

    @precondition(lambda self: self._item(ItemState.OPEN))
    @rule(outcome=st.sampled_from(OUTCOMES))
    def motion_is_put(self, outcome: PanelOutcome) -> None:
        item = self._on()
        terms = MotionTerms(entry=entry_terms() if outcome == PanelOutcome.ENTRY else None)
        self.attempt(lambda: voting(self.panel, outcome, item=item, terms=terms, at=self.now))

    @precondition(lambda self: self._item(ItemState.VOTING))
    @rule(who=st.sampled_from([*SEATS, "clerk", "legal"]), choice=st.sampled_from(Choice))
    def somebody_votes(self, who: str, choice: Choice) -> None:
        self._vote(who, choice)

    @precondition(lambda self: self._item(ItemState.VOTING))
    @rule(against=st.integers(min_value=0, max_value=2))
    def everybody_votes(self, against: int) -> None:
        for number, who in enumerate(SEATS):
            self._vote(who, Choice.AGAINST if number < against else Choice.FOR)

    def _vote(self, who: str, choice: Choice) -> None:
        motion, person = self._last(), self.people.get(who) or self.panel.people.get(who)
        if motion is None or person is None:
            return
        cast = self.attempt(lambda: cast_vote(motion=motion, choice=choice, by=person, at=self.now))
        if cast:
            assert who in SEATS
            assert person.pk in self.inside
            assert (motion.item.case_id, person.pk) not in self.shut

    @precondition(lambda self: self._item(ItemState.VOTING))
    @rule()
    def vote_is_closed(self) -> None:
        motion = self._last()
        assert motion is not None
        closed = self.attempt(lambda: close_vote(motion=motion, by=self.panel.clerk, at=self.now))
        if closed:
            counting = Vote.objects.counting().filter(motion=motion)
            voters = set(counting.values_list("user_id", flat=True))
            case = motion.item.case_id
            assert not {pk for about, pk in self.shut if about == case} & voters
            seated = {pk for pk in self.inside if (case, pk) not in self.shut}
            assert closed.present <= len(seated)
            assert closed.present >= NEEDED
            assert closed.votes_for == counting.filter(choice=Choice.FOR).count()
            assert closed.carried is (closed.votes_for >= NEEDED)
            self.reached["carried" if closed.carried else "not carried"] += 1

    @precondition(lambda self: self._on())
    @rule()
    def decision_is_recorded(self) -> None:
        motion = self._last()
        if motion is None:
            return
        made = self.attempt(
            lambda: record_decision(motion=motion, by=self.panel.clerk, at=self.now)
        )
        if made:
            votes = Vote.objects.counting().filter(motion=motion, choice=Choice.FOR)
            apart = {pk for about, pk in self.shut if about == made.case_id}
            posts = {vote.post_id for vote in votes if vote.user_id not in apart}
            assert made.carried is (len(posts) >= NEEDED)
            self.reached[f"recorded {made.outcome} {made.carried}"] += 1

    @rule(
        outcome=st.sampled_from(OUTCOMES),
        against=st.sampled_from([0, 2, 2, 3]),
        leaving=st.sampled_from([0, 0, 0, 3]),
        declaring=st.sampled_from(["nobody", "first", "last"]),
    )
    def panel_goes_through_an_item(
        self, outcome: PanelOutcome, against: int, leaving: int, declaring: str
    ) -> None:
        self._go_through(outcome, against, leaving, declaring)

    @rule(against=st.sampled_from([0, 2, 3]))
    def panel_decides(self, against: int) -> None:
        self._go_through(PanelOutcome.ENTRY, against)

    @rule(declaring=st.sampled_from(["first", "last"]))
    def panel_decides_without_one_of_them(self, declaring: str) -> None:
        self._go_through(PanelOutcome.ENTRY, 2, declaring=declaring)

    def _go_through(
        self, outcome: PanelOutcome, against: int, leaving: int = 0, declaring: str = "nobody"
    ) -> None:
        """One step after the other, as far as the rules let it.

        :param leaving: how many go between the votes and the close.
        :param declaring: whether somebody declares before the votes, or before the record.
        """
        if self._item(ItemState.LISTED):
            self.item_is_opened()
        if declaring == "first" and self._on():
            self.member_declares("equality")
        if self._item(ItemState.OPEN):
            self.motion_is_put(outcome)
        if self._item(ItemState.VOTING):
            self.everybody_votes(against)
            for who in [*SIX][:leaving]:
                self.member_leaves(who)
            self.vote_is_closed()
        if declaring == "last" and self._on():
            self.member_declares("customer")
        if self._on():
            self.decision_is_recorded()

    @precondition(lambda self: self._on())
    @rule()
    def item_is_adjourned(self) -> None:
        item = self._on()
        assert item is not None
        self.attempt(lambda: adjourn_item(item=item, reasons=WHY, by=self.panel.clerk, at=self.now))

    @precondition(lambda self: PanelDecision.objects.exists())
    @rule(data=st.data())
    def correction_is_asked_for(self, data: Any) -> None:
        decision = data.draw(st.sampled_from(list(PanelDecision.objects.order_by("recorded_at"))))
        asked = self.attempt(
            lambda: ask_for_correction(
                decision=decision, reasons=WHY, by=self.panel.clerk, at=self.now
            )
        )
        if asked:  # whom the earlier case shut out is shut out of this one too
            told = asked.conflicts.values_list("user_id", flat=True)
            self.shut |= {(asked.pk, pk) for pk in told}
            assert {pk for about, pk in self.shut if about == decision.case_id} <= set(told)

    @precondition(lambda self: not self._on())
    @rule(present=st.sampled_from([6, 6, 5, 4]))
    def panel_meets_again(self, present: int) -> None:
        close_meeting(meeting=self.meeting, by=self.panel.clerk, at=self.now)
        self._begin(present)

    # --- What must never be the case

    @invariant()
    def one_decision_on_one_item_unless_it_corrects_another(self) -> None:
        decisions = PanelDecision.objects.all()
        assert decisions.filter(corrects=None).count() <= 1
        for part in ("item", "case", "corrects"):
            several = decisions.exclude(**{part: None}).values(part).annotate(number=Count("pk"))
            assert not several.filter(number__gt=1).exists()

    @invariant()
    def nothing_is_decided_without_a_quorum_or_at_an_item_that_was_adjourned(self) -> None:
        assert not PanelDecision.objects.filter(motion__present__lt=NEEDED).exists()
        assert not PanelDecision.objects.exclude(item__state=ItemState.DECIDED).exists()
        assert not PanelDecision.objects.filter(motion__withdrawn=True).exists()

    @invariant()
    def entry_comes_of_four_votes_and_of_nothing_else(self) -> None:
        listing = PanelDecision.objects.filter(
            outcome=PanelOutcome.ENTRY, carried=True, motion__votes_for__gte=NEEDED
        )
        made = set(listing.values_list("entry", flat=True))
        assert set(Entry.objects.values_list("pk", flat=True)) == made
        assert Entry.objects.exclude(state=EntryState.ENDED).count() <= 1

    @invariant()
    def what_is_recorded_never_changes(self) -> None:
        for decision in PanelDecision.objects.select_related("case_file"):
            fields = [field.attname for field in decision._meta.concrete_fields]
            now = {name: getattr(decision, name) for name in fields}
            assert self.kept.setdefault(decision.pk, now) == now
        assert PanelDecision.objects.count() == len(self.kept)

    @invariant()
    def one_vote_for_each_post_and_person(self) -> None:
        for part in ("post", "user"):
            several = Vote.objects.counting().values("motion", part).annotate(number=Count("pk"))
            assert not several.filter(number__gt=1).exists()

    @invariant()
    def one_item_at_a_time(self) -> None:
        under_way = AgendaItem.objects.filter(state__in=[ItemState.OPEN, ItemState.VOTING])
        assert under_way.count() <= 1


def _run(*, lives: int, steps: int, **more: Any) -> None:
    AnyItem.panel, AnyItem.reached = found_panel(), Counter()
    run_state_machine_as_test(
        AnyItem,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


@pytest.mark.clause("B3", "B7", "B11", "B19")
@pytest.mark.django_db
def test_whatever_the_panel_does_some_things_never_happen() -> None:
    _run(lives=24, steps=14, derandomize=True, database=None)

    # … and it came far enough to tell.
    assert {"carried", "not carried", "shut out"} <= set(AnyItem.reached)


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_the_panel_does_at_many_meetings_some_things_never_happen() -> None:
    _run(lives=60, steps=40)
    assert "recorded entry True" in AnyItem.reached
