"""What follows a decision: questionnaires, specialists, actions, court (B21, B38–B40, B51)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.following import actions_of, advice_asked_of, supports_of
from cautionary_plugin.actions.following import (
    answer_specialist,
    finish_follow_up,
    note_follow_up,
    record_offer,
    record_return,
    record_summons,
    refer_to_specialist,
)
from cautionary_plugin.actions.following.reminding import remind_of_following
from cautionary_plugin.models import (
    CourtSupport,
    FollowUpAction,
    MailKind,
    OutboxMessage,
    PanelCase,
    Questionnaire,
    SpecialistReferral,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    Excluded,
    IllegalMove,
    NotYourPost,
    NotYours,
)
from cautionary_plugin.rules.vocabulary import CaseKind
from tests.factors import make_person
from tests.panel import Panel, conflicted, planned, waiting_case
from tests.panel_items import opened_item, panel_decision
from tests.panel_letters import questionnaire_out

pytestmark = pytest.mark.django_db

WORDS = "He does not hear well, and shouts because of that."
ASKED = "How should the counter speak with somebody who hears little?"
ADVICE = "Speak to him in the quiet room, face to face, and write down what was agreed."
DAY = timedelta(days=1)


def came_back(panel: Panel, questionnaire: Questionnaire, **told: Any) -> Questionnaire:
    facts = {"returned_on": timezone.localdate(), "new_issues": True, "words": WORDS}
    made: Questionnaire = record_return(
        questionnaire=questionnaire, by=panel.clerk, at=timezone.now(), **(facts | told)
    )
    return made


def referred(panel: Panel, specialist: Any, **about: Any) -> SpecialistReferral:
    told = {"asked": ASKED, "by": panel.clerk, "at": timezone.now()}
    made: SpecialistReferral = refer_to_specialist(specialist=specialist, **(told | about))
    return made


def queued(kind: MailKind) -> list[Any]:
    return [each.to for each in OutboxMessage.objects.filter(kind=kind).select_related("to")]


# --- The questionnaire, and whom it is shown to


@pytest.mark.clause("B38")
def test_questionnaire_is_out_until_it_is_recorded_as_back(panel: Panel) -> None:
    out = questionnaire_out(panel)
    assert (out.returned_on, out.new_issues) == (None, None)

    back = came_back(panel, out, new_issues=False, words="")

    assert (back.returned_on, back.new_issues) == (timezone.localdate(), False)
    assert back.recorded_by == panel.clerk
    with pytest.raises(AlreadyDone):
        came_back(panel, out)


@pytest.mark.clause("B38")
@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"returned_on": timezone.localdate() + 2 * DAY}, "returned_on"),
        ({"returned_on": timezone.localdate() - 9 * DAY}, "returned_on"),
        ({"words": ""}, "words"),
    ],
)
def test_questionnaire_comes_back_after_it_went_out_and_says_what_is_new(
    panel: Panel, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        came_back(panel, questionnaire_out(panel), **told)
    assert list(refusal.value.problems) == [field]


@pytest.mark.clause("B39")
def test_nobody_is_asked_where_a_questionnaire_tells_of_nothing_new(panel: Panel) -> None:
    back = came_back(panel, questionnaire_out(panel), new_issues=False, words="")

    with pytest.raises(IllegalMove):
        referred(panel, make_person("audiologist"), questionnaire=back)


@pytest.mark.clause("B39")
def test_advice_on_what_is_new_brings_the_entry_before_the_panel_again(panel: Panel) -> None:
    specialist = make_person("audiologist")
    back = came_back(panel, questionnaire_out(panel))
    before = PanelCase.objects.get()
    meeting = planned(panel)

    referral = referred(panel, specialist, questionnaire=back)

    assert queued(MailKind.SPECIALIST) == [specialist]
    assert list(advice_asked_of(specialist)) == [referral]
    assert not PanelCase.objects.exclude(pk=before.pk).exists()
    with pytest.raises(NotYours):
        answer_specialist(referral=referral, advice=ADVICE, by=panel.clerk, at=timezone.now())

    answer_specialist(referral=referral, advice=ADVICE, by=specialist, at=timezone.now())

    case = PanelCase.objects.exclude(pk=before.pk).get()
    assert (case.kind, case.entry) == (CaseKind.RECONSIDERATION, back.letter.entry)
    assert ADVICE in case.statement
    assert meeting.items.get().case == case
    with pytest.raises(AlreadyDone):
        answer_specialist(referral=referral, advice=ADVICE, by=specialist, at=timezone.now())


@pytest.mark.clause("B39")
def test_two_specialists_bring_one_reconsideration(panel: Panel) -> None:
    people = [make_person("audiologist"), make_person("interpreter")]
    back = came_back(panel, questionnaire_out(panel))
    referrals = [referred(panel, each, questionnaire=back) for each in people]

    for referral, person in zip(referrals, people, strict=True):
        answer_specialist(referral=referral, advice=ADVICE, by=person, at=timezone.now())

    assert PanelCase.objects.filter(kind=CaseKind.RECONSIDERATION).count() == 1


@pytest.mark.clause("B21")
def test_advice_at_an_item_joins_the_case_that_waits(panel: Panel) -> None:
    specialist, item = make_person("audiologist"), opened_item(panel)
    referral = referred(panel, specialist, item=item)

    answer_specialist(referral=referral, advice=ADVICE, by=specialist, at=timezone.now())

    referral.refresh_from_db()
    assert (referral.case, PanelCase.objects.count()) == (item.case, 1)


@pytest.mark.clause("B11")
def test_specialist_who_is_shut_out_is_neither_asked_nor_heard(panel: Panel) -> None:
    case = waiting_case(panel)
    item = opened_item(panel, case)
    referral = referred(panel, panel.care, item=item)
    conflicted(case, panel.care)

    assert not advice_asked_of(panel.care).exists()
    with pytest.raises(Excluded):
        answer_specialist(referral=referral, advice=ADVICE, by=panel.care, at=timezone.now())
    with pytest.raises(BadInput):
        referred(panel, panel.care, item=item)


# --- Actions


def noted(panel: Panel, colleague: Any, case: PanelCase | None = None, **told: Any) -> Any:
    facts = {
        "what": "Move the appointments of the two colleagues to the other counter.",
        "due_on": timezone.localdate() + 7 * DAY,
        "by": panel.clerk,
        "at": timezone.now(),
    }
    return note_follow_up(
        case=case or panel_decision(panel).case, colleague=colleague, **(facts | told)
    )


@pytest.mark.clause("B40")
def test_action_is_recorded_with_its_incident_and_what_came_of_it(panel: Panel) -> None:
    colleague = make_person("desk-manager")

    action = noted(panel, colleague)

    decision = action.case.decisions.get()
    assert (action.entry, action.case.report) == (decision.entry, decision.case.report)
    assert queued(MailKind.FOLLOW_UP) == [colleague]
    assert list(actions_of(colleague)) == [action]
    with pytest.raises(NotYours):
        finish_follow_up(follow_up=action, result="Done.", by=panel.legal, at=timezone.now())

    finish_follow_up(follow_up=action, result="Moved on Monday.", by=colleague, at=timezone.now())

    done = FollowUpAction.objects.get()
    assert (done.result, done.done_by) == ("Moved on Monday.", colleague)
    with pytest.raises(AlreadyDone):
        finish_follow_up(follow_up=action, result="Again.", by=panel.clerk, at=timezone.now())


@pytest.mark.clause("B40")
def test_action_that_is_late_is_chased_once_a_week(panel: Panel) -> None:
    colleague = make_person("desk-manager")
    noted(panel, colleague)
    OutboxMessage.objects.all().delete()
    at = timezone.now() + 9 * DAY

    for late in (at, at, at + 8 * DAY):
        remind_of_following(panel.register, at=late)

    assert queued(MailKind.FOLLOW_UP) == [colleague] * 2


@pytest.mark.clause("B40")
@pytest.mark.parametrize("who", ["operations", "legal", "complaints", "mail"])
def test_actions_are_noted_by_whoever_keeps_the_schedule(panel: Panel, who: str) -> None:
    case = waiting_case(panel)

    with pytest.raises(NotYourPost):
        noted(panel, make_person("desk-manager"), case, by=panel.people[who])


# --- Court


def summoned(panel: Panel, employee: Any, manager: Any, **told: Any) -> CourtSupport:
    facts = {
        "case": told.pop("case", None) or waiting_case(panel),
        "employee": employee,
        "line_manager": manager,
        "hearing_on": timezone.localdate() + 30 * DAY,
        "by": panel.clerk,
        "at": timezone.now(),
    }
    made: CourtSupport = record_summons(**(facts | told))
    return made


@pytest.mark.clause("B51")
def test_line_manager_of_a_summoned_employee_is_asked_to_support_them(panel: Panel) -> None:
    witness, manager = make_person("witness"), make_person("line-manager")

    support = summoned(panel, witness, manager)

    assert queued(MailKind.COURT) == [manager]
    assert list(supports_of(manager)) == list(supports_of(witness)) == [support]
    for other in (witness, panel.clerk):
        with pytest.raises(NotYours):
            record_offer(
                support=support,
                offered_on=timezone.localdate(),
                note="We go there together.",
                by=other,
                at=timezone.now(),
            )

    record_offer(
        support=support,
        offered_on=timezone.localdate(),
        note="We go there together.",
        by=manager,
        at=timezone.now(),
    )

    kept = CourtSupport.objects.get()
    assert (kept.offered_on, kept.note) == (timezone.localdate(), "We go there together.")


@pytest.mark.clause("B51")
def test_support_that_was_not_offered_is_chased_until_the_hearing(panel: Panel) -> None:
    manager = make_person("line-manager")
    support = summoned(panel, make_person("witness"), manager)
    OutboxMessage.objects.all().delete()
    hearing = timezone.now() + 30 * DAY

    for late in (hearing - 20 * DAY, hearing - 10 * DAY, hearing + 2 * DAY):
        remind_of_following(panel.register, at=late)

    assert support.offered_on is None
    assert queued(MailKind.COURT) == [manager] * 2


@pytest.mark.clause("B51")
def test_nobody_supports_themselves_and_a_summons_is_recorded_once(panel: Panel) -> None:
    witness, case = make_person("witness"), waiting_case(panel)

    with pytest.raises(BadInput, match="line_manager"):
        summoned(panel, witness, witness, case=case)
    summoned(panel, witness, make_person("line-manager"), case=case)
    with pytest.raises(AlreadyDone):
        summoned(panel, witness, make_person("other-manager"), case=case)
