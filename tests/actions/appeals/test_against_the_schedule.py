"""Against the schedule: an appeal where the risk is high, a review where it is low or medium."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.appeals import (
    lodge_appeal,
    name_hearers,
    open_papers,
    propose_outcome,
    sign_outcome,
)
from cautionary_plugin.actions.appeals.took_part import took_part_in
from cautionary_plugin.actions.posts import create_post
from cautionary_plugin.models import (
    AgendaItem,
    Appeal,
    Attendee,
    ConflictDeclaration,
    Entry,
    Letter,
    MailKind,
    Meeting,
    Motion,
    OutboxMessage,
    PanelCase,
    PanelDecision,
    UrgentAddition,
    Vote,
)
from cautionary_plugin.rules.appeals import why_excluded
from cautionary_plugin.rules.errors import BadInput, Excluded, NotYourPost
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import AppealState, CaseState, EntryState, ItemState
from cautionary_plugin.rules.vocabulary import (
    AppealOutcome,
    Capacity,
    Choice,
    HeardBy,
    LetterKind,
    MeetingMode,
    PanelOutcome,
    WhyEnded,
)
from tests.factors import make_person
from tests.panel import Panel, deputy_for, seat
from tests.schedule import referred_case, scheduled

pytestmark = pytest.mark.django_db

DISMISSED, VARIED, UPHELD = AppealOutcome
REASONS = "The letters show that he asked in plain words, and was not heard."
FOUR = ("chair", "complaints", "safety", "customer")
B37, B50 = pytest.mark.clause("B37"), pytest.mark.clause("B50")


def _decided(
    panel: Panel, risk: str = "medium", *, voters: tuple[str, ...] = FOUR, sat: tuple[str, ...] = ()
) -> Entry:
    """An entry that four members voted for; others may have had a seat and not voted."""
    now = timezone.now() - timedelta(hours=3)
    case = referred_case(panel)
    entry = scheduled(panel, case, risk=risk)
    meeting = Meeting.objects.create(
        reference="MTG-1",
        register=panel.register,
        starts_at=now,
        ends_at=now + timedelta(hours=2),
        mode=MeetingMode.ONLINE,
        called_at=now,
    )
    item = AgendaItem.objects.create(
        case_file=case.case_file,
        meeting=meeting,
        case=case,
        position=1,
        state=ItemState.DECIDED,
        listed_at=now,
        opened_at=now + timedelta(minutes=10),
        closed_at=now + timedelta(minutes=30),
    )
    motion = Motion.objects.create(
        case_file=case.case_file,
        item=item,
        number=1,
        outcome=PanelOutcome.ENTRY,
        put_at=now,
        reasons="Reasons",
    )
    for name in voters + sat:
        Attendee.objects.create(
            meeting=meeting,
            user=panel.people[name],
            capacity=Capacity.MEMBER,
            post=panel.posts[name],
            came_at=now,
        )
    for name in voters:
        Vote.objects.create(
            motion=motion,
            post=panel.posts[name],
            user=panel.people[name],
            choice=Choice.FOR,
            cast_at=now,
        )
    PanelDecision.objects.create(
        case_file=case.case_file,
        case=case,
        item=item,
        motion=motion,
        entry=entry,
        outcome=PanelOutcome.ENTRY,
        carried=True,
        risk=risk,
        recorded_by=panel.clerk,
        recorded_at=now,
        reasons="He shouted through the letter box for an hour.",
    )
    PanelCase.objects.filter(pk=case.pk).update(state=CaseState.DECIDED, settled_at=now)
    return entry


def _lodge(panel: Panel, entry: Entry) -> Appeal:
    appeal = lodge_appeal(
        entry=entry,
        lodged_on=timezone.localdate(),
        grounds="I only asked for the repair that I was promised.",
        by=panel.clerk,
        at=timezone.now(),
    )
    appeal.comments.update(declined_at=timezone.now())
    return appeal


def _name(panel: Panel, appeal: Appeal, *users: Any) -> None:
    name_hearers(appeal=appeal, users=users, by=panel.clerk, at=timezone.now())
    appeal.refresh_from_db()


def _propose(appeal: Appeal, by: Any, outcome: AppealOutcome = DISMISSED, **told: Any) -> Appeal:
    return propose_outcome(
        appeal=appeal, outcome=outcome, reasons=REASONS, by=by, at=timezone.now(), **told
    )


@B50
def test_appeal_against_high_risk_is_heard_by_one_director_who_did_not_decide(
    panel: Panel,
) -> None:
    entry = _decided(panel, "high")
    appeal = _lodge(panel, entry)
    assert appeal.heard_by == HeardBy.DIRECTOR
    _name(panel, appeal, panel.legaldirector)
    decided = _propose(appeal, panel.legaldirector, UPHELD)
    assert decided.state == AppealState.DECIDED
    entry.refresh_from_db()
    assert (entry.state, entry.why_ended) == (EntryState.ENDED, WhyEnded.APPEAL)
    letter = Letter.objects.get(appeal=appeal)
    assert letter.kind == LetterKind.APPEAL
    told = OutboxMessage.objects.filter(kind=MailKind.LETTER_DUE).values_list("to", flat=True)
    assert panel.owner.pk in told


@B50
def test_director_who_added_it_ahead_of_the_panel_does_not_hear_it(panel: Panel) -> None:
    entry = _decided(panel, "high")
    case = PanelCase.objects.get()
    UrgentAddition.objects.create(
        case_file=entry.case_file,
        entry=entry,
        case=case,
        added_by=panel.legaldirector,
        added_at=timezone.now(),
        reasons="He waits outside with an axe.",
    )
    appeal = _lodge(panel, entry)
    with pytest.raises(Excluded):
        _name(panel, appeal, panel.legaldirector)


@B37
@pytest.mark.parametrize("risk", ["low", "medium"])
def test_review_is_heard_by_panel_members_who_took_no_part(panel: Panel, risk: str) -> None:
    entry = _decided(panel, risk)
    appeal = _lodge(panel, entry)
    assert appeal.heard_by == HeardBy.PANEL
    _name(panel, appeal, panel.care, panel.equality)
    assert appeal.heard_by == HeardBy.PANEL
    proposed = _propose(appeal, panel.care, UPHELD)
    assert proposed.state == AppealState.PROPOSED
    assert sign_outcome(appeal=proposed, by=panel.equality, at=timezone.now()).state == (
        AppealState.DECIDED
    )
    entry.refresh_from_db()
    assert entry.state == EntryState.ENDED


@B37
@pytest.mark.parametrize("name", FOUR)
def test_member_who_voted_does_not_hear_the_review(panel: Panel, name: str) -> None:
    appeal = _lodge(panel, _decided(panel))
    with pytest.raises(Excluded):
        _name(panel, appeal, panel.care, panel.people[name])


@B37
def test_member_who_had_a_seat_and_did_not_vote_took_part(panel: Panel) -> None:
    entry = _decided(panel, sat=("care",))
    appeal = _lodge(panel, entry)
    _name(panel, appeal, panel.monitoring)  # one member is left, and two are needed
    assert appeal.heard_by == HeardBy.MONITORING_OFFICER
    assert why_excluded(panel.care.pk, took_part_in(entry, at=timezone.now()))


@B37
def test_member_who_had_left_before_the_item_took_no_part(panel: Panel) -> None:
    entry = _decided(panel, sat=("care",))
    item = AgendaItem.objects.get()
    assert item.opened_at
    early = item.opened_at - timedelta(minutes=1)
    Attendee.objects.filter(user=panel.care).update(left_at=early)
    _name(panel, _lodge(panel, entry), panel.care, panel.equality)


@B37
def test_monitoring_officer_hears_it_alone_where_too_few_members_are_free(panel: Panel) -> None:
    entry = _decided(panel, voters=(*FOUR, "care"))
    appeal = _lodge(panel, entry)
    with pytest.raises(BadInput):
        _name(panel, appeal, panel.equality)
    _name(panel, appeal, panel.monitoring)
    assert _propose(appeal, panel.monitoring).state == AppealState.DECIDED
    entry.refresh_from_db()
    assert entry.state == EntryState.LIVE


def test_monitoring_officer_does_not_hear_what_members_can(panel: Panel) -> None:
    appeal = _lodge(panel, _decided(panel))
    with pytest.raises(BadInput):
        _name(panel, appeal, panel.care, panel.monitoring)


def test_deputy_who_never_sat_may_hear_it(panel: Panel) -> None:
    entry = _decided(panel, voters=(*FOUR, "care"))
    deputy = deputy_for(panel, "safety")
    _name(panel, _lodge(panel, entry), panel.equality, deputy)


@pytest.mark.clause("B11")
def test_member_who_is_excluded_from_the_case_does_not_hear_it(panel: Panel) -> None:
    entry = _decided(panel)
    ConflictDeclaration.objects.create(
        case_file=entry.case_file,
        case=PanelCase.objects.get(),
        user=panel.equality,
        declared_at=timezone.now(),
        excluded=True,
        decided_at=timezone.now(),
    )
    deputy_for(panel, "safety")  # so that two members are free to hear it
    with pytest.raises(Excluded):
        _name(panel, _lodge(panel, entry), panel.care, panel.equality)


@pytest.mark.parametrize("name", ["operations", "clerk", "owner"])
def test_nobody_around_the_panel_hears_it(panel: Panel, name: str) -> None:
    appeal = _lodge(panel, _decided(panel))
    with pytest.raises(BadInput):
        _name(panel, appeal, panel.care, getattr(panel, name))


def test_member_of_cmt_hears_nothing_against_the_schedule(panel: Panel) -> None:
    cmt = make_person("cmt")
    panel.posts["cmt"] = create_post(
        kind=PostKind.CMT_MEMBER,
        title="Member of CMT",
        register=panel.register,
        by=panel.owner,
        at=timezone.now(),
    )
    seat(panel, cmt, "cmt")
    appeal = _lodge(panel, _decided(panel, "high"))
    with pytest.raises(BadInput):
        _name(panel, appeal, cmt)


def test_hearer_who_takes_part_later_hears_it_no_more(panel: Panel) -> None:
    entry = _decided(panel)
    appeal = _lodge(panel, entry)
    _name(panel, appeal, panel.care, panel.equality)
    Vote.objects.create(
        motion=Motion.objects.get(),
        post=panel.posts["care"],
        user=panel.care,
        choice=Choice.FOR,
        cast_at=timezone.now(),
    )
    with pytest.raises(Excluded):
        _propose(appeal, panel.care)
    with pytest.raises(NotYourPost):
        _propose(appeal, panel.legaldirector)


def test_hearers_read_what_the_panel_decided(panel: Panel) -> None:
    appeal = _lodge(panel, _decided(panel))
    _name(panel, appeal, panel.care, panel.equality)
    papers = open_papers(appeal=appeal, by=panel.care, at=timezone.now())
    assert [each.reasons for each in papers.panel] == [
        "He shouted through the letter box for an hour."
    ]


def test_body_stays_once_an_outcome_was_proposed(panel: Panel) -> None:
    appeal = _lodge(panel, _decided(panel))
    _name(panel, appeal, panel.care, panel.equality)
    _propose(appeal, panel.care)
    Vote.objects.create(
        motion=Motion.objects.get(),
        post=panel.posts["equality"],
        user=panel.equality,
        choice=Choice.FOR,
        cast_at=timezone.now(),
    )
    with pytest.raises(BadInput):
        _name(panel, appeal, panel.monitoring)


def test_last_day_runs_from_the_letter_about_the_schedule(panel: Panel) -> None:
    entry = _decided(panel)
    Entry.objects.filter(pk=entry.pk).update(starts_at=timezone.now() - timedelta(days=80))
    with pytest.raises(BadInput):
        _lodge(panel, Entry.objects.get())
    Letter.objects.create(
        case_file=entry.case_file,
        register=panel.register,
        entry=entry,
        kind=LetterKind.SCHEDULE,
        queued_at=timezone.now(),
        due_on=timezone.localdate(),
        issued_at=timezone.now(),
        sent_on=timezone.localdate(),
        sent_by_method="post",
    )
    assert _lodge(panel, Entry.objects.get()).heard_by == HeardBy.PANEL


@pytest.mark.clause("B18")
def test_review_that_lowers_the_level_to_low_leaves_no_marker_of_violence(panel: Panel) -> None:
    entry = _decided(panel, "medium")
    assert entry.markers == ["threats"]
    appeal = _lodge(panel, entry)
    _name(panel, appeal, panel.care, panel.equality)

    proposed = _propose(appeal, panel.care, VARIED, variation={"risk": "low"})
    sign_outcome(appeal=proposed, by=panel.equality, at=timezone.now())

    entry.refresh_from_db()
    assert (entry.risk, entry.state) == ("low", EntryState.LIVE)
    assert entry.markers == ["vexatious"]
    corrections = {each.fact: (each.before, each.after) for each in entry.corrections.all()}
    assert corrections["markers"] == ("Threats of violence", "Vexatious contact")
