"""The screen to decide on a report (A10–A19)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.statements import invite
from cautionary_plugin.models import Briefing, Decision, Entry, IncidentReport
from cautionary_plugin.rules.due import day_in_words
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.states import EntryState, ReportState
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import DecisionOutcome
from tests.admin.deciding.typed import answers, decide_url
from tests.admin.pages import text
from tests.council import Council, found_council, let_into_wagtail, through_the_door
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED, countersigned, decided, entered, submitted

pytestmark = pytest.mark.django_db


# Decide


@pytest.mark.clause("A11")
@pytest.mark.clause("A12")
def test_what_the_decision_waits_for_is_told_and_no_outcome_offered(
    council: Council, owner: Client
) -> None:
    report = countersigned(council, crime={"crime": "yes"})
    invite(
        employees=[make_person("employee")],
        case_file=report.case_file,
        report=report,
        due_on=timezone.localdate() + timedelta(days=5),
        at=timezone.now(),
    )

    shown = text(owner.get(decide_url(report)))

    assert "One employee's account is waited for" in shown
    assert "when the Police were informed is not recorded" in shown
    assert decide_url(report, "add") not in shown
    assert owner.get(decide_url(report, "add")).url == decide_url(report)
    listed = text(owner.get(reverse("cautionary_decide")))
    assert "One employee's account is waited for" in listed
    assert REPORTED.split()[1] not in listed


@pytest.mark.clause("A10")
def test_four_plain_outcomes_are_offered(council: Council, owner: Client) -> None:
    report = countersigned(council)

    shown = text(owner.get(decide_url(report)))

    for outcome in DecisionOutcome:
        assert outcome.label in shown
        assert decide_url(report, outcome) in shown


def test_whoever_countersigned_sees_that_another_must_decide(
    council: Council, owner: Client
) -> None:
    report = countersigned(council)
    report.countersignatures.update(by=council.owner)

    shown = text(owner.get(decide_url(report)))

    assert "Another must decide on this report." in shown
    assert decide_url(report, "add") not in shown
    posted = owner.post(
        decide_url(report, "decline"), answers(council, "decline") | {"step": "record"}
    )
    assert posted.status_code == 400
    assert not Decision.objects.exists()


@pytest.mark.clause("A15")
def test_each_factor_is_its_own_question_with_what_is_computed_beside_it(
    council: Council, owner: Client
) -> None:
    report = countersigned(council)

    shown = text(owner.get(decide_url(report, "decline")))

    for factor in factors_for("person"):
        assert factor.label in shown
        assert f'name="{factor.value}"' in shown
    assert "The incident was 3 days ago" in shown
    assert "No entry of the register looks like the same." in shown


@pytest.mark.clause("A10")
@pytest.mark.clause("A20")
@pytest.mark.clause("A22")
def test_addition_is_read_back_then_recorded_and_says_what_is_due(
    council: Council, owner: Client
) -> None:
    report = countersigned(council)
    url, typed = decide_url(report, "add"), answers(council)

    read = text(owner.post(url, typed))
    assert not Decision.objects.exists()
    for told in ("Threats of violence\nWeapon", "Phone first", "Housing", "High", "Yes"):
        assert told in read
    assert 'name="markers" value="weapon"' in read
    done = owner.post(url, typed | {"step": "record"}, follow=True)

    entry = Entry.objects.get()
    due = council.register.calendar.after(timezone.localdate(), 2)
    assert done.redirect_chain[-1][0] == reverse("cautionary_decided", args=[report.reference])
    assert entry.reference in text(done)
    assert f"Letter to the individual: due {day_in_words(due)}." in text(done) or (
        f"Letter to the individual: due tomorrow, {day_in_words(due)}." in text(done)
    )
    assert "Bulletin to staff: due" in text(done)
    assert owner.get(decide_url(report)).url == done.redirect_chain[-1][0]


@pytest.mark.clause("A14")
def test_blank_factor_comes_back_with_what_was_typed(council: Council, owner: Client) -> None:
    report = countersigned(council)
    typed = answers(council) | {"current_conduct": "", "handling": "Ring the bell and step back."}

    response = owner.post(decide_url(report, "add"), typed)

    assert response.status_code == 400
    assert '<a href="#id_current_conduct">' in text(response)
    assert "Ring the bell and step back." in text(response)


@pytest.mark.clause("A28")
def test_hidden_fields_posted_by_hand_are_ignored(council: Council, owner: Client) -> None:
    report, stranger = countersigned(council), make_person("stranger")
    forged = {
        "state": "ended",
        "decided_by": stranger.pk,
        "made_by": stranger.pk,
        "decided_at": "2001-01-01",
        "expires_at": "2999-01-01",
        "starts_at": "2001-01-01",
        "reference": "CPR-1999-0001",
        "outcome": "decline",
        "signed_off_by": stranger.pk,
    }

    read = owner.post(decide_url(report, "add"), answers(council) | forged)
    owner.post(decide_url(report, "add"), answers(council) | forged | {"step": "record"})

    decision, entry = Decision.objects.get(), Entry.objects.get()
    assert "expires_at" not in text(read)
    assert (decision.decided_by, decision.outcome) == (council.owner, DecisionOutcome.ADD)
    assert (entry.state, entry.made_by) == (EntryState.LIVE, council.owner)
    assert timezone.localdate(entry.expires_at) == months_after(timezone.localdate(), 12)
    assert entry.reference != "CPR-1999-0001"


@pytest.mark.clause("A10")
@pytest.mark.parametrize("outcome", ["warning", "decline"])
def test_decision_pressed_twice_is_recorded_once(
    council: Council, owner: Client, outcome: str
) -> None:
    report = countersigned(council)
    typed = answers(council, outcome) | {"step": "record"}
    owner.post(decide_url(report, outcome), typed)

    again = owner.post(decide_url(report, outcome), typed)

    assert again.status_code == 400
    assert "This report was decided already." in text(again)
    assert Decision.objects.count() == 1


@pytest.mark.clause("A34")
def test_decline_says_that_nothing_was_made(council: Council, owner: Client) -> None:
    report = countersigned(council)

    done = owner.post(
        decide_url(report, "decline"), answers(council, "decline") | {"step": "record"}, follow=True
    )

    assert "no entry and no marker was made" in text(done)


@pytest.mark.clause("L3")
def test_entry_that_looks_the_same_is_shown_and_offered_to_join(
    council: Council, owner: Client
) -> None:
    entry = entered(council)
    report = countersigned(council, make_person("another"))

    assert "Looks like the same." in text(owner.get(decide_url(report)))
    assert 'name="another_person"' in text(owner.get(decide_url(report, "add")))
    blocked = owner.post(decide_url(report, "add"), answers(council))
    assert blocked.status_code == 400
    assert '<a href="#id_another_person">' in text(blocked)
    join = decide_url(report, "join")
    assert f'value="{entry.reference}"' in text(owner.get(join))
    typed = answers(council, "join") | {"join_to": entry.reference, "step": "record"}
    done = owner.post(join, typed, follow=True)

    assert "Nothing further is due." in text(done)
    report.case_file.refresh_from_db()
    assert report.case_file.joined_to == entry.case_file


@pytest.mark.parametrize("reference", ["CPR-1999-0001", "", "' OR 1=1"])
def test_joining_what_is_not_there_is_a_problem_of_its_field(
    council: Council, owner: Client, reference: str
) -> None:
    report = countersigned(council)

    response = owner.post(
        decide_url(report, "join"), answers(council, "join") | {"join_to": reference}
    )

    assert response.status_code == 400
    assert '<a href="#id_join_to">' in text(response)


def test_premises_have_their_own_questions(council: Council, owner: Client) -> None:
    report = countersigned(council, kind="premises")

    shown = text(owner.get(decide_url(report, "add")))

    assert 'name="animal_present"' in shown
    assert 'name="illness"' not in shown
    assert 'name="second_identifier"' not in shown
    done = owner.post(
        decide_url(report, "add"), answers(council, kind="premises") | {"step": "record"}
    )
    assert done.status_code == 302, text(done)


def test_unknown_outcome_and_draft_are_not_found(council: Council, owner: Client) -> None:
    report = countersigned(council)
    assert owner.get(decide_url(report, "ratify")).status_code == 404

    IncidentReport.objects.update(state=ReportState.DRAFT)
    assert owner.get(decide_url(report)).status_code == 404


def test_report_that_is_not_countersigned_is_shown_and_not_decided(
    council: Council, owner: Client
) -> None:
    report = submitted(council)

    assert "not yet for you to decide" in text(owner.get(decide_url(report)))
    assert owner.get(decide_url(report, "add")).url == decide_url(report)


@pytest.mark.clause("A5")
def test_report_on_another_register_is_refused(council: Council, owner: Client) -> None:
    report = countersigned(council)
    other = found_council(slug="ub", prefix="UB")
    decided(council, DecisionOutcome.DECLINE, report=report)
    let_into_wagtail(other.owner)
    stranger = through_the_door(other.owner)

    for url in (
        decide_url(report),
        decide_url(report, "add"),
        reverse("cautionary_decided", args=[report.reference]),
    ):
        response = stranger.get(url)
        assert response.status_code == 403
        assert REPORTED not in text(response)


def test_typing_is_put_through_hostile_input(council: Council, owner: Client) -> None:
    report = countersigned(council)
    prose = ["severity", "reasons", "handling", "basis", "spoc", "credible_risk", "term_reasons"]

    for name in prose:
        for value in (LONG, NUL):
            response = owner.post(decide_url(report, "add"), answers(council) | {name: value})
            assert response.status_code == 400, name
            assert f'<a href="#id_{name}">' in text(response)
        for value in ODD.values():
            typed = answers(council) | {name: f"Ten letters: {value}"}
            response = owner.post(decide_url(report, "add"), typed)
            assert response.status_code == 200, (name, value)
            assert b"<script>alert" not in response.content


@pytest.mark.clause("A18")
def test_what_is_typed_arrives_as_it_was_typed(council: Council, owner: Client) -> None:
    report, told = countersigned(council), "First line.\nSecond {{ 7|add:7 }} <b>line</b>."
    typed = answers(council, "decline") | {"illness": told, "step": "record"}

    owner.post(decide_url(report, "decline"), typed)

    assert Decision.objects.get().factors["illness"] == told


@pytest.mark.clause("A49")
def test_lapsed_briefing_closes_the_desk(council: Council, owner: Client) -> None:
    report = countersigned(council)
    Briefing.objects.filter(user=council.owner).delete()

    response = owner.get(decide_url(report))

    assert response.status_code == 403
    assert REPORTED not in text(response)
