"""An item is opened, found upon, adjourned (B14–B17, B20–B23)."""

from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.agenda import current_item
from cautionary_plugin.actions.panel.findings import (
    consult_system,
    record_findings,
    record_health,
)
from cautionary_plugin.actions.panel.items import adjourn_item, open_item
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.models import AccessRecord, AgendaItem, Consultation
from cautionary_plugin.rules.errors import (
    BadInput,
    Excluded,
    IllegalMove,
    NoSeat,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.vocabulary import (
    Act,
    Adjustment,
    Choice,
    Health,
    LetterFirst,
    System,
)
from tests.factors import make_person
from tests.panel import (
    Panel,
    conflicted,
    deputised,
    leave,
    met,
    planned,
    waiting_case,
)
from tests.panel_items import (
    FINDINGS,
    carried,
    findings_recorded,
    opened_item,
    voting,
)

pytestmark = pytest.mark.django_db

WORDS = "The Operations Manager has not come."


def answer_health(panel: Panel, item: AgendaItem, **told: Any) -> AgendaItem:
    facts: dict[str, Any] = {
        "health": Health.NONE_KNOWN,
        "words": "The file and the presenter were asked.",
        "adjustments": "",
        "by": panel.clerk,
        "at": timezone.now(),
    }
    return record_health(item=item, **(facts | told))


def find(panel: Panel, item: AgendaItem, **told: Any) -> AgendaItem:
    facts = FINDINGS | {"by": panel.clerk, "at": timezone.now()}
    return record_findings(item=item, **(facts | told))


@pytest.mark.clause("B14")
def test_item_opens_with_the_papers(panel: Panel) -> None:
    case = waiting_case(panel, statement="")
    met(panel)

    item = opened_item(panel, case, meeting=case.items.get().meeting)

    assert (item.state, item.papers_at is not None) == ("open", True)


@pytest.mark.clause("B14")
def test_item_opens_with_the_statement_alone(panel: Panel) -> None:
    case = waiting_case(panel)
    met(panel, released=False)

    item = opened_item(panel, case, meeting=case.items.get().meeting)

    assert (item.state, item.papers_at) == ("open", None)


@pytest.mark.clause("B14")
def test_item_does_not_open_with_neither(panel: Panel) -> None:
    case = waiting_case(panel, statement="  ")
    met(panel, released=False)

    with pytest.raises(NotReady) as error:
        opened_item(panel, case, meeting=case.items.get().meeting)

    assert error.value.missing == [str(error.value)]
    assert AgendaItem.objects.get().state == "listed"


def test_one_item_at_a_time(panel: Panel) -> None:
    first, second = waiting_case(panel), waiting_case(panel)
    meeting = met(panel)
    opened_item(panel, first, meeting=meeting)

    with pytest.raises(IllegalMove, match="Another item is open"):
        opened_item(panel, second, meeting=meeting)


def test_item_opens_once(panel: Panel) -> None:
    item = opened_item(panel)

    with pytest.raises(IllegalMove):
        open_item(item=item, by=panel.clerk, at=timezone.now())


def test_item_opens_only_while_the_meeting_is_in_session(panel: Panel) -> None:
    case = waiting_case(panel)
    planned(panel)

    with pytest.raises(IllegalMove, match="not in session"):
        open_item(item=current_item(case), by=panel.clerk, at=timezone.now())  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["operations", "safety", "mail"])
def test_item_is_opened_by_who_runs_meetings(panel: Panel, who: str) -> None:
    case = waiting_case(panel)
    met(panel)

    with pytest.raises(NotYourPost):
        open_item(item=current_item(case), by=panel.people[who], at=timezone.now())  # type: ignore[arg-type]


@pytest.mark.clause("B11")
def test_chair_who_is_shut_out_runs_no_part_of_the_item(panel: Panel) -> None:
    case = waiting_case(panel)
    item = opened_item(panel, case)
    conflicted(case, panel.chair)
    acts = [
        lambda: answer_health(panel, item, by=panel.chair),
        lambda: find(panel, item, by=panel.chair),
        lambda: adjourn_item(item=item, reasons=WORDS, by=panel.chair, at=timezone.now()),
    ]

    for act in acts:
        with pytest.raises(Excluded):
            act()

    assert answer_health(panel, item).health == Health.NONE_KNOWN  # the clerk runs it


@pytest.mark.clause("B20")
def test_health_comes_before_the_findings(panel: Panel) -> None:
    item = opened_item(panel)

    with pytest.raises(NotReady, match="come first"):
        find(panel, item)

    answer_health(panel, item)
    assert find(panel, item).criteria_met is True


@pytest.mark.clause("B21")
def test_known_health_needs_a_changed_approach(panel: Panel) -> None:
    item = opened_item(panel)

    with pytest.raises(BadInput) as error:
        answer_health(panel, item, health=Health.KNOWN)

    assert set(error.value.problems) == {"adjustments"}
    told = "Visits by the officer whom he knows, as the specialist nurse advised."
    item = answer_health(panel, item, health=Health.KNOWN, adjustments=told)
    assert AgendaItem.objects.get(pk=item.pk).adjustments == told


@pytest.mark.clause("B15")
@pytest.mark.clause("B17")
@pytest.mark.clause("B23")
def test_every_answer_lacks_its_reason_at_once(panel: Panel) -> None:
    item = answer_health(panel, opened_item(panel))

    with pytest.raises(BadInput) as error:
        find(panel, item, criteria="", letter_reasons="", spoc_reasons="")

    assert set(error.value.problems) == {"criteria", "letter_reasons", "spoc_reasons"}


@pytest.mark.clause("B17")
def test_whether_a_letter_was_tried_is_recorded(panel: Panel) -> None:
    item = findings_recorded(panel, letter_first=LetterFirst.UNSUITABLE)

    kept = AgendaItem.objects.get(pk=item.pk)
    assert (kept.letter_first, kept.letter_reasons) == ("unsuitable", FINDINGS["letter_reasons"])


def consult(panel: Panel, item: AgendaItem, by: Any, **told: Any) -> Consultation:
    facts: dict[str, Any] = {
        "system": System.MOSAIC,
        "relevant": True,
        "adjustments": [Adjustment.ADVOCATE],
    }
    return consult_system(item=item, **(facts | told), by=by, at=timezone.now())


@pytest.mark.clause("B22")
def test_adult_social_care_consults_and_only_codes_are_kept(panel: Panel) -> None:
    item = opened_item(panel)

    made = consult(panel, item, panel.care)

    assert (made.consulted_by, made.adjustments) == (panel.care, ["advocate"])
    line = AccessRecord.objects.get(act=Act.CONSULTED)
    assert (line.user, line.reference) == (panel.care, item.case.reference)
    kinds = {type(field).__name__ for field in Consultation._meta.concrete_fields}
    assert not {kind for kind in kinds if "Text" in kind}


@pytest.mark.clause("B22")
@pytest.mark.parametrize("who", ["chair", "safety", "clerk", "operations", "legal"])
def test_nobody_else_consults_a_system(panel: Panel, who: str) -> None:
    item = opened_item(panel)

    with pytest.raises(NotYourPost):
        consult(panel, item, panel.people[who])

    assert not Consultation.objects.exists()


@pytest.mark.clause("B22")
def test_briefed_deputy_for_social_care_consults_where_the_holder_is_away(panel: Panel) -> None:
    case = waiting_case(panel)
    meeting = met(panel)
    deputy = deputised(panel, meeting, "care", arrives=True)
    item = opened_item(panel, case, meeting=meeting)

    with pytest.raises(NoSeat):
        consult(panel, item, deputy)
    leave(panel, meeting, panel.care)

    assert consult(panel, item, deputy).consulted_by == deputy
    with pytest.raises(NoSeat):
        consult(panel, item, panel.care)


@pytest.mark.clause("B11")
@pytest.mark.clause("B22")
def test_social_care_shut_out_consults_nothing(panel: Panel) -> None:
    case = waiting_case(panel)
    item = opened_item(panel, case)
    conflicted(case, panel.care)

    with pytest.raises(Excluded):
        consult(panel, item, panel.care)


@pytest.mark.parametrize(
    ("told", "field"),
    [({"system": "gossip"}, "system"), ({"adjustments": ["he is ill"]}, "adjustments")],
)
def test_consultation_takes_no_free_text(panel: Panel, told: dict[str, Any], field: str) -> None:
    item = opened_item(panel)

    with pytest.raises(BadInput) as error:
        consult(panel, item, panel.care, **told)

    assert set(error.value.problems) == {field}


def test_findings_do_not_change_while_the_panel_votes(panel: Panel) -> None:
    motion = voting(panel)

    for act in (
        lambda: answer_health(panel, motion.item),
        lambda: find(panel, motion.item),
        lambda: consult(panel, motion.item, panel.care),
    ):
        with pytest.raises(IllegalMove):
            act()


def test_findings_on_which_a_motion_was_carried_stand(panel: Panel) -> None:
    motion = carried(panel)

    with pytest.raises(NotReady, match="carried"):
        find(panel, motion.item, criteria="Something else altogether was said.")


def test_adjourned_item_comes_on_the_next_agenda(panel: Panel) -> None:
    case = waiting_case(panel)
    item = opened_item(panel, case)
    following = planned(panel)

    adjourned = adjourn_item(item=item, reasons=WORDS, by=panel.clerk, at=timezone.now())

    assert (adjourned.state, adjourned.adjourned_because) == ("adjourned", WORDS)
    again = current_item(case)
    assert again is not None
    assert (again.meeting, again.state, again.health) == (following, "listed", "")
    case.refresh_from_db()
    assert case.state == "waiting"


def test_adjourned_with_no_meeting_planned_waits_for_one(panel: Panel) -> None:
    case = waiting_case(panel)
    item = opened_item(panel, case)
    adjourn_item(item=item, reasons=WORDS, by=panel.clerk, at=timezone.now())
    assert current_item(case) is None

    following = planned(panel)

    again = current_item(case)
    assert again is not None
    assert again.meeting == following


def test_adjourning_takes_reasons(panel: Panel) -> None:
    item = opened_item(panel)

    with pytest.raises(BadInput) as error:
        adjourn_item(item=item, reasons=" ", by=panel.clerk, at=timezone.now())

    assert set(error.value.problems) == {"reasons"}


def test_adjourning_during_the_vote_withdraws_the_motion_and_keeps_the_votes(panel: Panel) -> None:
    motion = voting(panel)
    for member in panel.members[:5]:
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=timezone.now())

    adjourn_item(item=motion.item, reasons=WORDS, by=panel.clerk, at=timezone.now())

    motion.refresh_from_db()
    assert (motion.carried, motion.withdrawn, motion.votes_for) == (False, True, 5)
    assert motion.votes.counting().count() == 5


def test_meeting_does_not_close_over_an_open_item(panel: Panel) -> None:
    item = opened_item(panel)

    with pytest.raises(NotReady):
        close_meeting(meeting=item.meeting, by=panel.clerk, at=timezone.now())


def test_member_who_is_nobody_of_the_panel_does_nothing(panel: Panel) -> None:
    item = opened_item(panel)

    with pytest.raises(NotYourPost):
        answer_health(panel, item, by=make_person("stranger"))
