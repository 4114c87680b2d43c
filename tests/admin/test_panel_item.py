"""The page on which a clerk runs an item and a member votes (B7, B11, B15–B23, B27)."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.panel.findings import consult_system
from cautionary_plugin.actions.panel.items import adjourn_item
from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.actions.registers import change_register
from cautionary_plugin.models import (
    AccessRecord,
    AgendaItem,
    Consultation,
    Entry,
    Motion,
    PanelCase,
    PanelDecision,
    SinglePointOfContact,
    Vote,
)
from cautionary_plugin.rules.risk_definitions import DEFINITIONS
from cautionary_plugin.rules.states import ItemState
from cautionary_plugin.rules.vocabulary import (
    Act,
    CaseKind,
    Choice,
    Health,
    LetterFirst,
    PolicyText,
    Risk,
    System,
)
from tests.council import let_into_wagtail, through_the_door
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED
from tests.panel import (
    FINDINGS,
    Panel,
    carried,
    conflicted,
    deputised,
    findings_recorded,
    found_panel,
    leave,
    met,
    on_agenda,
    opened_item,
    voted,
    voting,
    waiting_case,
)
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

STATEMENT = "He comes to the counter each week and shouts until staff leave."
PLAIN_HEALTH = {"health": Health.NONE_KNOWN, "words": "The file and the presenter were asked."}
TYPED_FINDINGS = {
    **FINDINGS,
    "criteria_met": "yes",
    "spoc_needed": "no",
    "letter_first": LetterFirst.TRIED,
}
ENTRY = {
    "risk": "medium",
    "handling": "See him with a colleague beside you.",
    "markers": ["threats"],
    "control_measures": ["office_only"],
    "restrictions": ["office_visits"],
    "permitted_contact": "In writing, to the housing office.",
    "audience": ["housing"],
    "audience_reasons": "Housing officers meet him at the counter.",
    "basis": "Shouted abuse at employees of the housing counter.",
    "legal_condition": "legal_obligation",
    "second_identifier": "The tenancy file has the same date of birth.",
    "reasons": "The panel weighed what the reports say of it.",
}


@pytest.fixture
def panel() -> Panel:
    return found_panel()


def browser_of(person: Any) -> Client:
    let_into_wagtail(person)
    return through_the_door(person)


@pytest.fixture
def clerk(panel: Panel) -> Client:
    return browser_of(panel.clerk)


def url(item: AgendaItem, step: str = "", *further: Any) -> str:
    name = f"cautionary_item_{step}" if step else "cautionary_item"
    return reverse(name, args=[item.pk, *further])


def text(response: Any) -> str:
    return unescape(response.content.decode())


def spoc(officer: Any) -> dict[str, str]:
    return {
        "officer": officer.get_username(),
        "contact": "Ada Wrenfield, Repairs: 01632 960 417",
        "email": "ada.wrenfield@weldham.example",
        "allocation": "service",
        "spoc_reasons": "Three services hear from him each day.",
    }


# The head of the page


@pytest.mark.clause("B7")
def test_head_tells_the_quorum_now_and_who_sits_for_each_post(panel: Panel, clerk: Client) -> None:
    case = waiting_case(panel)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    meeting = met(panel, present=5)
    item = opened_item(panel, case, meeting=meeting)
    shown = text(clerk.get(url(item)))

    assert "Quorate: 5 sit, 4 needed" in shown
    assert "excluded" in shown

    leave(panel, meeting, panel.customer)
    leave(panel, meeting, panel.care)
    shown = text(clerk.get(url(item)))

    assert "Not quorate: 3 sit, 4 needed" in shown
    assert "Call a briefed deputy, or adjourn it." in shown
    assert "left at" in shown


@pytest.mark.clause("B8")
def test_briefed_deputy_sits_and_is_shown_as_one(panel: Panel, clerk: Client) -> None:
    meeting = met(panel, present=["chair", "complaints", "customer", "care"])
    deputised(panel, meeting, "safety", arrives=True)
    item = opened_item(panel, meeting=meeting)

    shown = text(clerk.get(url(item)))

    assert "Quorate: 5 sit, 4 needed" in shown
    assert "sits as deputy" in shown


def test_page_costs_the_same_however_many_vote(panel: Panel, clerk: Client) -> None:
    motion = voting(panel)
    cast_vote(motion=motion, choice=Choice.FOR, by=panel.chair, at=timezone.now())
    before = fewest_queries(lambda: clerk.get(url(motion.item)))
    for member in panel.members[1:]:
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=timezone.now())

    assert fewest_queries(lambda: clerk.get(url(motion.item))) == before


# Who may look


@pytest.mark.clause("B11")
def test_excluded_member_learns_the_reference_and_nothing_else(panel: Panel) -> None:
    case = waiting_case(panel)
    item = opened_item(panel, case)
    member = browser_of(panel.complaints)
    assert STATEMENT in text(member.get(url(item)))
    conflicted(case, panel.complaints)

    answers = [member.get(url(item)), member.post(url(item, "vote"), {"choice": "for"})]

    for answer in answers:
        assert answer.status_code == 403
        assert "You are excluded from this case." in text(answer)
        assert case.reference in text(answer)
        for secret in (STATEMENT, REPORTED.split()[1], "Quorate"):
            assert secret not in text(answer)
    refused = AccessRecord.objects.filter(act=Act.REFUSED, user=panel.complaints)
    assert refused.filter(screen="cautionary_item").exists()


@pytest.mark.clause("B11")
def test_excluded_chair_does_not_run_the_item(panel: Panel) -> None:
    case = waiting_case(panel)
    item = opened_item(panel, case)
    conflicted(case, panel.chair)
    chair = browser_of(panel.chair)

    for step, typed in (("health", PLAIN_HEALTH), ("findings", TYPED_FINDINGS), ("adjourn", {})):
        answer = chair.post(url(item, step), typed)
        assert answer.status_code == 403
        assert STATEMENT not in text(answer)
    item.refresh_from_db()
    assert item.health == ""


@pytest.mark.clause("B8")
def test_deputy_looks_once_they_are_briefed_for_this_meeting(panel: Panel) -> None:
    meeting = met(panel, present=4)
    item = opened_item(panel, meeting=meeting)
    unbriefed = browser_of(deputised(panel, meeting, "care", briefed=False, arrives=True))
    briefed = browser_of(deputised(panel, meeting, "equality", arrives=True))

    assert unbriefed.get(url(item)).status_code == 403
    assert STATEMENT in text(briefed.get(url(item)))


@pytest.mark.clause("B14")
def test_member_sees_nothing_before_the_papers_are_released(panel: Panel, clerk: Client) -> None:
    item = on_agenda(met(panel, released=False), waiting_case(panel))
    member = browser_of(panel.safety)

    assert STATEMENT not in text(member.get(url(item)))
    assert STATEMENT in text(clerk.get(url(item)))


def test_opening_the_page_is_recorded(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    clerk.get(url(item))

    lines = AccessRecord.objects.filter(act=Act.READ_CASE, user=panel.clerk)
    assert lines.get().reference == item.case.reference


# The steps, one after the other


def test_clerk_goes_from_step_to_step_without_looking_for_the_next(
    panel: Panel, clerk: Client
) -> None:
    item = on_agenda(met(panel), waiting_case(panel))

    def go(step: str, typed: dict[str, Any], *further: Any) -> str:
        response = clerk.post(url(item, step, *further), typed)
        assert response.status_code == 302, text(response)
        return response.headers["Location"].partition("#")[2]

    assert go("open", {"seen": 1}) == "health"
    assert go("health", PLAIN_HEALTH) == "findings"
    assert go("findings", TYPED_FINDINGS) == "motion"
    assert go("motion", ENTRY, "entry") == "votes"
    for member in panel.members[:4]:
        browser_of(member).post(url(item, "vote"), {"choice": "for", "motion": 1, "step": "record"})
    assert go("close", {"seen": 1}) == "decision"
    shown = text(clerk.get(url(item)))
    assert "Carried: 4 for, 0 against, 0 abstained" in shown
    assert go("record", {"seen": 1}) == "decided"

    decision = PanelDecision.objects.get()
    assert decision.carried
    assert decision.definition == DEFINITIONS[Risk.MEDIUM]
    assert Entry.objects.get(register=panel.register).handling == ENTRY["handling"]


@pytest.mark.clause("B14")
def test_item_without_papers_and_statement_is_not_opened(panel: Panel, clerk: Client) -> None:
    item = on_agenda(met(panel, released=False), waiting_case(panel, statement=""))

    response = clerk.post(url(item, "open"), {"seen": 1})

    assert response.status_code == 400
    assert "neither papers nor a statement" in text(response)


@pytest.mark.clause("B20")
def test_motion_waits_for_the_first_question(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    assert "What is put to the vote?" not in text(clerk.get(url(item)))
    response = clerk.post(url(item, "motion", "no_action"), {"reasons": ENTRY["reasons"]})

    assert response.status_code == 400
    assert "Health, conditions and disabilities come first." in text(response)
    assert not Motion.objects.exists()


@pytest.mark.clause("B21")
def test_health_that_is_known_takes_a_changed_approach(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    response = clerk.post(url(item, "health"), PLAIN_HEALTH | {"health": Health.KNOWN})

    assert response.status_code == 400
    assert "Say how the approach changes" in text(response)
    assert PLAIN_HEALTH["words"] in text(response)  # what was typed is kept


@pytest.mark.clause("B22")
def test_only_social_care_is_asked_about_mosaic(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)
    typed = {"system": System.MOSAIC, "relevant": "yes", "adjustments": ["advocate"]}
    care = browser_of(panel.care)

    assert "Record the consultation" not in text(clerk.get(url(item)))
    assert clerk.post(url(item, "consult"), typed).status_code == 403
    assert "Record the consultation" in text(care.get(url(item)))
    assert care.post(url(item, "consult"), typed).status_code == 302

    assert Consultation.objects.get().consulted_by == panel.care
    assert "Invite an advocate or a support worker" in text(clerk.get(url(item)))


@pytest.mark.clause("B22")
def test_no_text_can_be_typed_about_what_a_system_says(panel: Panel) -> None:
    item = opened_item(panel)
    shown = text(browser_of(panel.care).get(url(item)))

    form = shown.partition(url(item, "consult"))[2].partition("</form>")[0]

    assert 'name="system"' in form
    assert "<textarea" not in form
    assert 'type="text"' not in form


@pytest.mark.clause("B16")
@pytest.mark.clause("B17")
def test_outcomes_that_the_findings_bar_say_why(panel: Panel, clerk: Client) -> None:
    item = findings_recorded(panel, letter_first=LetterFirst.SUITABLE, spoc_needed=False)

    shown = text(clerk.get(url(item)))

    assert "a letter of expected behaviour should be tried first" in shown
    assert url(item, "motion", "entry") not in shown
    assert url(item, "motion", "letter") in shown


@pytest.mark.clause("B18")
def test_each_level_stands_beside_its_definition(panel: Panel, clerk: Client) -> None:
    change_register(
        register=panel.register,
        closures=[],
        links={PolicyText.HSE_GUIDANCE: "https://hse.example/threats"},
        by=panel.owner,
        at=timezone.now(),
    )
    item = findings_recorded(panel)

    shown = text(clerk.get(url(item, "motion", "entry")))

    for risk in Risk:
        assert DEFINITIONS[risk].partition(": ")[2] in shown
    assert "https://hse.example/threats" in shown


def test_motion_that_cannot_be_keeps_what_was_typed(panel: Panel, clerk: Client) -> None:
    item = findings_recorded(panel)
    typed = ENTRY | {"restrictions": [], "no_restrictions": "", "handling": "Zinnober."}

    response = clerk.post(url(item, "motion", "entry"), typed)

    assert response.status_code == 400
    shown = text(response)
    assert "There is a problem" in shown
    assert "#motion_no_restrictions" in shown  # the summary leads to the field
    assert "Zinnober." in shown
    assert not Motion.objects.exists()


@pytest.mark.clause("B23")
@pytest.mark.clause("B27")
def test_spoc_without_an_entry_is_put_and_read_back(panel: Panel, clerk: Client) -> None:
    item = findings_recorded(panel, criteria_met=False, spoc_needed=True)
    form = text(clerk.get(url(item, "motion", "spoc")))
    assert "Suggested: A Service Manager in the service concerned." in form
    typed = {"reasons": ENTRY["reasons"], **spoc(panel.operations)}

    assert clerk.post(url(item, "motion", "spoc"), typed).status_code == 302
    voted(panel, Motion.objects.get())
    shown = text(clerk.get(url(item)))
    assert "Nobody is on the schedule by this." in shown
    assert spoc(panel.operations)["contact"] in shown
    assert clerk.post(url(item, "record"), {"seen": 1}).status_code == 302

    assert SinglePointOfContact.objects.get().officer == panel.operations
    assert not Entry.objects.filter(register=panel.register).exists()


@pytest.mark.clause("B23")
def test_spoc_details_without_an_officer_are_not_lost(panel: Panel, clerk: Client) -> None:
    item = findings_recorded(panel, spoc_needed=True)
    typed = {"reasons": ENTRY["reasons"], **spoc(panel.operations), "officer": ""}

    response = clerk.post(url(item, "motion", "spoc"), typed)

    assert response.status_code == 400
    assert "ada.wrenfield@weldham.example" in text(response)


def test_next_motion_starts_from_the_last_one(panel: Panel, clerk: Client) -> None:
    motion = voted(panel, voting(panel), votes_for=3, against=1)

    form = text(clerk.get(url(motion.item, "motion", "entry")))

    assert motion.reasons in form
    assert "See him with a colleague beside you." in form


@pytest.mark.parametrize("outcome", ["ratify", "renew", "nonsense"])
def test_outcome_that_does_not_fit_the_case_is_refused(
    panel: Panel, clerk: Client, outcome: str
) -> None:
    item = findings_recorded(panel)

    response = clerk.post(url(item, "motion", outcome), {"reasons": ENTRY["reasons"]})

    assert response.status_code in (400, 404)
    assert not Motion.objects.exists()


# Votes


@pytest.mark.clause("B19")
def test_vote_is_asked_once_more_before_it_counts(panel: Panel) -> None:
    motion = voting(panel)
    member = browser_of(panel.safety)
    typed = {"choice": "against", "motion": 1}
    assert "Vote on the motion" in text(member.get(url(motion.item)))

    read = member.post(url(motion.item, "vote"), typed)
    assert "A vote that is cast is not changed." in text(read)
    assert not Vote.objects.exists()
    done = member.post(url(motion.item, "vote"), typed | {"step": "record"})

    assert done.headers["Location"].endswith("#votes")
    assert Vote.objects.get().choice == Choice.AGAINST
    assert "You have voted: Against." in text(member.get(url(motion.item)))


@pytest.mark.clause("B19")
def test_who_has_voted_is_seen_and_how_is_not_before_the_close(panel: Panel, clerk: Client) -> None:
    motion = voting(panel)
    at = timezone.now()
    cast_vote(motion=motion, choice=Choice.ABSTAIN, by=panel.safety, at=at)

    for browser in (clerk, browser_of(panel.chair)):
        shown = text(browser.get(url(motion.item)))
        votes = shown.partition('id="votes"')[2].partition('id="close"')[0]
        assert "1 of 6 have voted" in votes
        assert panel.posts["safety"].title in votes.partition("Still to vote")[0]
        assert "Abstained" not in votes

    for member in (panel.chair, panel.complaints, panel.care):
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=at)
    clerk.post(url(motion.item, "close"), {"seen": 1})
    assert "Abstained" in text(clerk.get(url(motion.item)))


def test_those_who_have_not_voted_are_named_before_the_close(panel: Panel, clerk: Client) -> None:
    motion = voting(panel)
    for member in panel.members[:5]:
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=timezone.now())

    shown = text(clerk.get(url(motion.item)))

    assert "Close the vote without them" in shown
    assert panel.posts["equality"].title in shown.partition("Still to vote")[2]


@pytest.mark.clause("B8")
def test_second_vote_for_a_post_is_told_plainly(panel: Panel) -> None:
    motion = voting(panel)
    member = browser_of(panel.safety)
    typed = {"choice": "for", "motion": 1, "step": "record"}
    member.post(url(motion.item, "vote"), typed)

    again = member.post(url(motion.item, "vote"), typed | {"choice": "against"})

    assert again.status_code == 400
    assert "You have voted on this motion." in text(again)
    assert Vote.objects.get().choice == Choice.FOR


def test_vote_on_a_motion_that_was_replaced_meanwhile_does_not_count(panel: Panel) -> None:
    first = voted(panel, voting(panel), votes_for=3, against=1)
    second = voting(panel, item=first.item)
    member = browser_of(panel.safety)

    response = member.post(
        url(first.item, "vote"), {"choice": "for", "motion": 1, "step": "record"}
    )

    assert response.status_code == 400
    assert "Another motion was put meanwhile." in text(response)
    assert not second.votes.exists()


def test_clerk_has_no_vote(panel: Panel, clerk: Client) -> None:
    motion = voting(panel)

    assert "Vote for" not in text(clerk.get(url(motion.item)))
    assert clerk.post(url(motion.item, "vote"), {"choice": "for", "motion": 1}).status_code == 403


def test_member_runs_nothing(panel: Panel) -> None:
    item = opened_item(panel)
    member = browser_of(panel.safety)

    assert "Record the answer" not in text(member.get(url(item)))
    for step in ("health", "findings", "close", "record", "adjourn"):
        assert member.post(url(item, step), PLAIN_HEALTH).status_code == 403


@pytest.mark.clause("B7")
def test_vote_is_not_closed_without_a_quorum(panel: Panel, clerk: Client) -> None:
    motion = voting(panel)
    for name in ("chair", "complaints", "safety"):
        leave(panel, motion.item.meeting, panel.people[name])

    response = clerk.post(url(motion.item, "close"), {"seen": 1})

    assert response.status_code == 400
    assert "not quorate" in text(response)
    motion.refresh_from_db()
    assert motion.closed_at is None


# The decision


@pytest.mark.clause("B19")
def test_three_votes_are_read_back_as_not_carried(panel: Panel, clerk: Client) -> None:
    motion = voted(panel, voting(panel), votes_for=3, against=1)

    shown = text(clerk.get(url(motion.item)))

    assert "Not carried: 3 for, 1 against, 0 abstained" in shown
    assert "The case is closed without an entry and without a letter." in shown
    clerk.post(url(motion.item, "record"), {"seen": motion.number})
    assert not PanelDecision.objects.get().carried
    assert not Entry.objects.filter(register=panel.register).exists()


@pytest.mark.clause("B3")
def test_read_back_says_all_that_will_be_recorded(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)
    consult_system(
        item=item,
        system=System.MOSAIC,
        relevant=True,
        adjustments=["advocate"],
        by=panel.care,
        at=timezone.now(),
    )
    motion = carried(panel, item=findings_recorded(panel, item))

    shown = text(clerk.get(url(motion.item)))
    read = shown.partition('id="decision"')[2]

    for told in (
        "Carried: 4 for",
        DEFINITIONS[Risk.MEDIUM],
        motion.reasons,
        "See him with a colleague beside you.",
        "The tenancy file has the same date of birth.",
        FINDINGS["criteria"],
        FINDINGS["exceptional"],
        FINDINGS["letter_reasons"],
        FINDINGS["spoc_reasons"],
        "The file and the presenter were asked.",
        "Invite an advocate or a support worker",
        "A letter is due from",
        panel.posts["chair"].title,
        panel.posts["equality"].title,
        "sits, has not voted",
    ):
        assert told in read, told


@pytest.mark.clause("B3")
def test_decision_is_recorded_once_and_then_only_shown(panel: Panel, clerk: Client) -> None:
    motion = carried(panel)
    clerk.post(url(motion.item, "record"), {"seen": 1})

    again = clerk.post(url(motion.item, "record"), {"seen": 1})
    shown = text(clerk.get(url(motion.item)))

    assert again.status_code == 400
    assert "The decision on this item is recorded." in text(again)
    assert PanelDecision.objects.count() == 1
    assert "It never changes." in shown
    for form in ("health", "findings", "close", "record", "adjourn"):
        assert url(motion.item, form) not in shown


@pytest.mark.clause("B3")
def test_correction_brings_a_new_case_and_leaves_the_decision(panel: Panel, clerk: Client) -> None:
    motion = carried(panel)
    clerk.post(url(motion.item, "record"), {"seen": 1})
    reasons = "The level was read out wrongly, and the minutes show it."

    response = clerk.post(url(motion.item, "correction"), {"reasons": reasons, "step": "record"})

    assert response.status_code == 302
    case = PanelCase.objects.get(kind=CaseKind.CORRECTION)
    assert case.corrects == PanelDecision.objects.get()


def test_adjourned_item_says_why(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    empty = clerk.post(url(item, "adjourn"), {})
    assert empty.status_code == 400
    clerk.post(url(item, "adjourn"), {"reasons": "The presenter is ill, and nobody can stand in."})

    assert "nobody can stand in" in text(clerk.get(url(item)))
    item.refresh_from_db()
    assert item.state == ItemState.ADJOURNED


def test_next_item_is_offered_by_its_reference(panel: Panel, clerk: Client) -> None:
    first, second = waiting_case(panel), waiting_case(panel)
    meeting = met(panel)
    item = on_agenda(meeting, first)
    adjourn_item(item=item, reasons="The clerk asks for it.", by=panel.clerk, at=timezone.now())

    shown = text(clerk.get(url(item)))

    assert f"Next: item {on_agenda(meeting, second).position}, {second.reference}" in shown


def test_steps_lead_back_to_the_page_when_they_are_only_opened(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    for step in ("open", "health", "findings", "close", "record", "adjourn", "look"):
        assert clerk.get(url(item, step)).headers["Location"].startswith(url(item))


# What comes in


TEXTS = {
    "health": ("words", "adjustments"),
    "findings": ("criteria", "exceptional", "letter_reasons", "spoc_reasons", "legal_advice"),
    "adjourn": ("reasons",),
}
ENTRY_TEXTS = (
    "handling",
    "no_restrictions",
    "permitted_contact",
    "audience_reasons",
    "basis",
    "second_identifier",
    "another_person",
    "officer",
    "contact",
    "email",
    "override",
    "spoc_reasons",
    "reasons",
)


@pytest.mark.parametrize(
    ("step", "field"), [(step, field) for step in TEXTS for field in TEXTS[step]]
)
@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
def test_steps_take_whatever_is_typed(
    panel: Panel, clerk: Client, step: str, field: str, typed: str
) -> None:
    item = opened_item(panel)
    known = {"health": PLAIN_HEALTH, "findings": TYPED_FINDINGS, "adjourn": {}}[step]

    response = clerk.post(url(item, step), known | {field: typed})

    assert response.status_code in (302, 400)
    assert "<script>alert(1)" not in response.content.decode()
    assert clerk.get(url(item)).status_code == 200


@pytest.mark.parametrize("field", ENTRY_TEXTS)
def test_motion_takes_whatever_is_typed(panel: Panel, clerk: Client, field: str) -> None:
    item = findings_recorded(panel, spoc_needed=True)

    for typed in (LONG, NUL, *ODD.values()):
        known = {**ENTRY, **spoc(panel.operations)}
        response = clerk.post(url(item, "motion", "entry"), known | {field: typed})
        assert response.status_code in (302, 400)
        assert "<script>alert(1)" not in clerk.get(url(item)).content.decode()
        Motion.objects.all().delete()
        AgendaItem.objects.filter(pk=item.pk).update(state=ItemState.OPEN)


@pytest.mark.parametrize("step", ["open", "close", "record"])
@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999999999", NUL])
def test_button_that_says_nonsense_does_nothing(
    panel: Panel, clerk: Client, step: str, seen: str
) -> None:
    motion = voting(panel)

    assert clerk.post(url(motion.item, step), {"seen": seen}).status_code == 400


def test_late_step_goes_through_the_door_with_what_was_typed(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)
    session = clerk.session
    for name in [name for name in session.keys() if "verified" in name or "cautionary" in name]:  # noqa: SIM118
        del session[name]
    session.save()

    response = clerk.post(url(item, "health"), PLAIN_HEALTH)

    assert response.status_code == 403
    assert "kept-words" in text(response)
    assert PLAIN_HEALTH["words"] in text(response)


def test_item_that_was_left_is_offered_after_the_last(panel: Panel, clerk: Client) -> None:
    waiting_case(panel)
    case = waiting_case(panel)
    meeting = met(panel)
    left, last = meeting.items.order_by("position")
    assert last.case == case

    shown = text(clerk.get(url(last)))

    assert f'href="{url(left)}#now"' in shown
    assert f"Next: item {left.position}, {left.case.reference}" in shown
