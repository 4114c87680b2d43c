"""Conflicts of interest: declared, decided by another, and what they close at once (B9–B11)."""

from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.exclusion import not_shut_out, shut_out
from cautionary_plugin.actions.panel.attendance import give_apologies
from cautionary_plugin.actions.panel.conflicts import (
    conflicts_to_decide,
    decide_conflict,
    declare_conflict,
    open_conflict,
    pass_on,
)
from cautionary_plugin.actions.panel.seating import seats_at
from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.models import (
    AccessRecord,
    Appointment,
    ConflictDeclaration,
    MailKind,
    OutboxMessage,
    PanelCase,
    Vote,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    Excluded,
    IllegalMove,
    NotYourPost,
    SamePerson,
)
from cautionary_plugin.rules.vocabulary import Act, Choice
from tests.life import submitted
from tests.panel import (
    Panel,
    conflicted,
    deputy_for,
    met,
    planned,
    seat_at,
    waiting_case,
)
from tests.panel_items import voting
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

REASONS = "I was at the counter when it happened."


@pytest.fixture
def case(panel: Panel) -> PanelCase:
    return waiting_case(panel)


def now() -> Any:
    return timezone.now()


def decide(conflict: ConflictDeclaration, by: Any, *, excluded: bool = True) -> Any:
    return decide_conflict(conflict=conflict, excluded=excluded, reasons=REASONS, by=by, at=now())


def told(kind: MailKind) -> set[Any]:
    return {each.to for each in OutboxMessage.objects.filter(kind=kind)}


@pytest.mark.clause("B9")
@pytest.mark.parametrize("by", ["safety", "clerk", "chair"])
def test_declared_by_the_member_or_on_what_chair_or_clerk_were_told(
    panel: Panel, case: PanelCase, by: str
):
    conflict = declare_conflict(
        case=case, member=panel.safety, reasons=REASONS, by=panel.people[by], at=now()
    )

    assert (conflict.user, conflict.declared_by) == (panel.safety, panel.people[by])
    assert conflict.reasons == REASONS
    assert conflict.excluded is None
    assert shut_out(case) == {panel.safety.pk}
    assert AccessRecord.objects.filter(act=Act.CONFLICT, reference=case.reference).count() == 1


@pytest.mark.clause("B9")
@pytest.mark.parametrize("by", ["customer", "operations", "monitoring"])
def test_nobody_else_declares_for_a_member(panel: Panel, case: PanelCase, by: str):
    with pytest.raises(NotYourPost):
        declare_conflict(
            case=case, member=panel.safety, reasons=REASONS, by=panel.people[by], at=now()
        )
    assert not shut_out(case)


@pytest.mark.clause("B9")
def test_conflict_is_a_members_or_a_deputys_and_has_reasons(panel: Panel, case: PanelCase):
    with pytest.raises(BadInput) as refusal:
        declare_conflict(
            case=case, member=panel.operations, reasons=REASONS, by=panel.clerk, at=now()
        )
    assert set(refusal.value.problems) == {"member"}
    with pytest.raises(BadInput) as refusal:
        declare_conflict(case=case, member=panel.safety, reasons="  x ", by=panel.safety, at=now())
    assert set(refusal.value.problems) == {"reasons"}
    deputy = deputy_for(panel, "safety")
    conflicted(case, deputy)
    assert shut_out(case) == {deputy.pk}


@pytest.mark.clause("B9")
def test_declared_again_is_done_already(panel: Panel, case: PanelCase):
    conflict = conflicted(case, panel.safety)
    with pytest.raises(AlreadyDone):
        conflicted(case, panel.safety)
    decide(conflict, panel.chair)
    with pytest.raises(AlreadyDone):
        conflicted(case, panel.safety)


@pytest.mark.clause("B9")
def test_member_whom_the_report_names_is_shut_out_and_the_chair_is_told(panel: Panel):
    report = submitted(panel.council, panel.safety)

    case = waiting_case(panel, report=report)

    (conflict,) = case.conflicts.all()
    assert (conflict.user, conflict.declared_by) == (panel.safety, None)
    assert shut_out(case) == {panel.safety.pk}
    assert told(MailKind.CONFLICT) == {panel.chair}


@pytest.mark.clause("B9")
def test_chair_whom_the_report_names_is_the_monitoring_officers_to_decide(panel: Panel):
    case = waiting_case(panel, report=submitted(panel.council, panel.chair))

    assert told(MailKind.CONFLICT) == {panel.monitoring}
    with pytest.raises(SamePerson):
        decide(case.conflicts.get(), panel.chair)


@pytest.mark.clause("B10")
def test_chair_decides_once_with_reasons_and_the_member_is_told(panel: Panel, case: PanelCase):
    conflict = conflicted(case, panel.safety)
    assert told(MailKind.CONFLICT) == {panel.chair}
    with pytest.raises(BadInput):
        decide_conflict(conflict=conflict, excluded=True, reasons="no", by=panel.chair, at=now())

    decided = decide(conflict, panel.chair)

    assert (decided.excluded, decided.decided_by, decided.decision) == (True, panel.chair, REASONS)
    assert told(MailKind.CONFLICT_DECIDED) == {panel.safety}
    with pytest.raises(AlreadyDone):
        decide(conflict, panel.chair, excluded=False)
    assert shut_out(case) == {panel.safety.pk}


@pytest.mark.clause("B10")
@pytest.mark.parametrize("by", ["monitoring", "clerk", "customer", "owner", "legaldirector"])
def test_while_the_chair_is_there_nobody_else_decides(panel: Panel, case: PanelCase, by: str):
    conflict = conflicted(case, panel.safety)
    with pytest.raises(NotYourPost):
        decide(conflict, panel.owner if by == "owner" else panel.people[by])


@pytest.mark.clause("B10")
def test_chairs_own_conflict_is_the_monitoring_officers(panel: Panel, case: PanelCase):
    conflict = conflicted(case, panel.chair)
    assert told(MailKind.CONFLICT) == {panel.monitoring}
    deputy = deputy_for(panel, "chair")
    with pytest.raises(SamePerson):
        decide(conflict, panel.chair)
    with pytest.raises(NotYourPost):
        decide(conflict, deputy)

    assert decide(conflict, panel.monitoring).excluded is True


@pytest.mark.clause("B10")
def test_chair_who_is_shut_out_does_not_decide_on_others_in_the_case(panel: Panel, case: PanelCase):
    conflicted(case, panel.chair)
    OutboxMessage.objects.all().delete()
    conflict = conflicted(case, panel.safety)

    assert told(MailKind.CONFLICT) == {panel.monitoring}
    with pytest.raises(Excluded):
        decide(conflict, panel.chair)
    with pytest.raises(Excluded):
        open_conflict(conflict=conflict, by=panel.chair, at=now())
    with pytest.raises(Excluded):
        declare_conflict(case=case, member=panel.care, reasons=REASONS, by=panel.chair, at=now())
    decide(conflict, panel.monitoring)


@pytest.mark.clause("B10")
def test_apologies_of_the_chair_hand_it_to_the_monitoring_officer(panel: Panel, case: PanelCase):
    meeting = planned(panel)
    conflict = conflicted(case, panel.safety)
    OutboxMessage.objects.all().delete()

    give_apologies(meeting=meeting, by=panel.chair, at=now())

    assert told(MailKind.CONFLICT) == {panel.monitoring}
    with pytest.raises(NotYourPost):
        decide(conflict, panel.chair)
    decide(conflict, panel.monitoring, excluded=False)
    assert not shut_out(case)


@pytest.mark.clause("B10")
def test_without_a_chair_the_monitoring_officer_decides(panel: Panel, case: PanelCase):
    Appointment.objects.filter(user=panel.chair).update(ended_at=now())
    conflict = conflicted(case, panel.safety)

    assert told(MailKind.CONFLICT) == {panel.monitoring}
    decide(conflict, panel.monitoring)


@pytest.mark.clause("B10")
@pytest.mark.parametrize("by", ["chair", "clerk"])
def test_absent_chair_leaves_it_to_the_monitoring_officer(panel: Panel, case: PanelCase, by: str):
    conflict = conflicted(case, panel.safety)

    passed = pass_on(conflict=conflict, by=panel.people[by], at=now())

    assert (passed.passed_on_by, passed.passed_on_at is not None) == (panel.people[by], True)
    assert panel.monitoring in told(MailKind.CONFLICT)
    with pytest.raises(AlreadyDone, match="was left to the Monitoring Officer"):
        decide(conflict, panel.chair)
    with pytest.raises(AlreadyDone):
        pass_on(conflict=conflict, by=panel.clerk, at=now())
    decide(conflict, panel.monitoring)


def test_member_does_not_choose_who_decides_on_them(panel: Panel, case: PanelCase):
    conflict = conflicted(case, panel.safety)
    with pytest.raises(NotYourPost):
        pass_on(conflict=conflict, by=panel.safety, at=now())


@pytest.mark.clause("B11")
def test_who_may_take_part_is_let_in_and_a_new_conflict_is_a_new_declaration(
    panel: Panel, case: PanelCase
):
    first = conflicted(case, panel.safety, decided=False, by=panel.chair)
    assert not shut_out(case)

    second = conflicted(case, panel.safety)

    assert shut_out(case) == {panel.safety.pk}
    first.refresh_from_db()
    assert (first.excluded, first.decision) == (
        False,
        "Neighbours for ten years, and they fell out.",
    )
    decide(second, panel.chair)
    assert case.conflicts.count() == 2
    assert shut_out(case) == {panel.safety.pk}


@pytest.mark.clause("B11")
def test_exclusion_is_of_one_case_and_of_lists_and_seats_at_once(panel: Panel, case: PanelCase):
    other = waiting_case(panel, report=submitted(panel.council))
    meeting = met(panel)
    item = meeting.items.get(case=case)
    mine = PanelCase.objects.filter(not_shut_out(panel.safety))
    assert set(mine) == {case, other}
    assert panel.posts["safety"].pk in seats_at(item)

    conflicted(case, panel.safety)

    assert set(mine.all()) == {other}
    assert panel.posts["safety"].pk not in seats_at(item)
    assert panel.posts["safety"].pk in seats_at(meeting.items.get(case=other))


@pytest.mark.clause("B11")
def test_vote_that_is_not_counted_yet_is_struck_when_its_voter_declares(panel: Panel):
    motion = voting(panel)
    case = motion.item.case
    for member in panel.members[:3]:
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=now())

    conflicted(case, panel.complaints)

    votes = {vote.user: vote.struck_at for vote in Vote.objects.all()}
    assert votes[panel.complaints] is not None
    assert votes[panel.chair] is None
    with pytest.raises(Excluded):
        cast_vote(motion=motion, choice=Choice.FOR, by=panel.complaints, at=now())


def test_case_that_is_decided_takes_no_more_declarations(panel: Panel, case: PanelCase):
    PanelCase.objects.filter(pk=case.pk).update(state="decided", settled_at=now())
    with pytest.raises(IllegalMove):
        conflicted(case, panel.safety)


@pytest.mark.clause("B10")
def test_list_shows_each_decider_what_is_theirs_in_constant_queries(panel: Panel):
    cases = [waiting_case(panel, report=submitted(panel.council)) for _each in range(3)]
    first = conflicted(cases[0], panel.safety)
    own = conflicted(cases[1], panel.chair)

    def waiting(who: Any) -> list[ConflictDeclaration]:
        return conflicts_to_decide([panel.register], by=who, at=now())

    assert waiting(panel.chair) == [first]
    assert waiting(panel.monitoring) == [own]
    assert waiting(panel.safety) == []
    before = fewest_queries(lambda: waiting(panel.chair))
    for case in cases[1:]:
        conflicted(case, panel.care)
        conflicted(case, panel.equality)
    assert fewest_queries(lambda: waiting(panel.chair)) == before
    assert len(waiting(panel.monitoring)) == 3


def test_deputy_of_the_chair_decides_while_the_chair_is_in_post_and_not_away(
    panel: Panel, case: PanelCase
):
    deputy = deputy_for(panel, "chair")
    meeting = planned(panel)
    conflict = conflicted(case, panel.safety)
    assert deputy in told(MailKind.CONFLICT)
    give_apologies(attendee=seat_at(meeting, panel.chair), by=panel.clerk, at=now())
    with pytest.raises(NotYourPost):
        decide(conflict, deputy)
