"""The screens to countersign and to decide (A8, A10–A19)."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.statements import invite
from cautionary_plugin.models import (
    AccessRecord,
    Briefing,
    Countersignature,
    Decision,
    Entry,
    Evidence,
    IncidentReport,
)
from cautionary_plugin.rules.due import day_in_words
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import EntryState, ReportState
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import Act, DecisionOutcome, Risk
from tests.council import (
    Council,
    brief,
    found_council,
    hold_post,
    let_into_wagtail,
    make_reader,
    through_the_door,
)
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED, countersigned, decided, entered, head_of_service, submitted
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

REASONS = "Say on which day it happened."


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture
def owner(council: Council) -> Client:
    let_into_wagtail(council.owner)
    return through_the_door(council.owner)


@pytest.fixture
def head(council: Council) -> Client:
    person = head_of_service(council)
    let_into_wagtail(person)
    return through_the_door(person)


def text(response: Any) -> str:
    return unescape(response.content.decode())


def countersign_url(report: IncidentReport) -> str:
    return reverse("cautionary_countersign_report", args=[report.reference])


def decide_url(report: IncidentReport, outcome: str = "") -> str:
    if outcome:
        return reverse("cautionary_decide_as", args=[report.reference, outcome])
    return reverse("cautionary_decide_report", args=[report.reference])


def answers(council: Council, outcome: str = "add", kind: str = "person") -> dict[str, Any]:
    """What is typed into the form of an outcome."""
    typed: dict[str, Any] = {
        factor.value: f"{factor.label}: weighed." for factor in factors_for(kind)
    }
    typed["reasons"] = "Two surveyors saw it, and he would do it again."
    if outcome == "join":
        typed["second_identifier"] = "The tenancy file has the same date of birth."
    if outcome != "add":
        return typed
    end = months_after(timezone.localdate(), 12) - timedelta(days=1)  # its last day
    return typed | {
        "second_identifier": "The tenancy file has the same date of birth.",
        "credible": "yes",
        "credible_risk": "He has the spade at hand.",
        "risk": "high",
        "markers": ["threats", "weapon"],
        "handling": "Do not visit alone.",
        "control_measures": ["phone_first"],
        "audience": [str(council.housing.pk)],
        "audience_reasons": "Housing officers visit the address.",
        "expires_on": f"{end.day} {end:%B %Y}",
        "basis": "Raised a spade against an employee.",
        "legal_condition": "legal_obligation",
    }


# The list to countersign


@pytest.mark.clause("A8")
def test_list_to_countersign_shows_references_and_clocks_and_no_name(
    council: Council, head: Client
) -> None:
    report = submitted(council)
    own = submitted(council, head_of_service(council))
    countersigned(council, make_person("another"))

    shown = text(head.get(reverse("cautionary_countersign")))

    assert report.reference in shown
    assert f"due {day_in_words(report.countersign_by)}" in shown
    assert own.reference not in shown
    assert REPORTED.split()[1] not in shown
    assert REPORTED in text(head.get(countersign_url(report)))


def test_late_countersignature_is_told_as_late(council: Council, head: Client) -> None:
    submitted(council)
    yesterday = timezone.localdate() - timedelta(days=1)
    IncidentReport.objects.update(countersign_by=yesterday)

    assert "overdue by 1 day" in text(head.get(reverse("cautionary_countersign")))


def test_empty_lists_say_what_happens_next(head: Client, owner: Client) -> None:
    assert "You get an e-mail when one does." in text(head.get(reverse("cautionary_countersign")))
    assert "You get an e-mail when one is" in text(owner.get(reverse("cautionary_decide")))


def test_lists_cost_the_same_however_much_waits(
    council: Council, head: Client, owner: Client
) -> None:
    submitted(council)
    countersigned(council)
    urls = [(head, reverse("cautionary_countersign")), (owner, reverse("cautionary_decide"))]
    before = [fewest_queries(lambda: browser.get(url)) for browser, url in urls]  # noqa: B023
    for number in range(4):
        submitted(council)
        report = countersigned(council, make_person(f"reporter-{number}"))
        invite(
            employees=[make_person(f"employee-{number}")],
            case_file=report.case_file,
            report=report,
            due_on=timezone.localdate(),
            at=timezone.now(),
        )

    assert [fewest_queries(lambda: browser.get(url)) for browser, url in urls] == before  # noqa: B023


# Countersign


@pytest.mark.clause("A8")
def test_report_is_on_one_screen_with_its_sources(council: Council, head: Client) -> None:
    report = submitted(council, told={"told": "He did it before.", "told_by": "A neighbour"})
    Evidence.objects.create(
        case_file=report.case_file,
        object_name="a-random-name",
        kind="image/jpeg",
        size=2048,
        title="spade.jpg",
        added_at=timezone.now(),
    )

    shown = text(head.get(countersign_url(report)))

    for told in (
        REPORTED,
        "5 November 1961",
        "saw or heard it",
        "He lifted a spade over his head",
        "was told it by A neighbour",
        "He did it before.",
        "spade.jpg",
        "Was a crime committed?",
    ):
        assert told in shown
    assert AccessRecord.objects.get(act=Act.READ_REPORT).reference == report.reference


@pytest.mark.clause("A8")
def test_signature_is_read_back_before_it_counts(council: Council, head: Client) -> None:
    report = submitted(council)
    typed = {"outcome": "returned", "reasons": REASONS}

    read = head.post(countersign_url(report), typed)
    assert not Countersignature.objects.exists()
    assert REASONS in text(read)
    assert "Send it back to the reporter" in text(read)
    changed = head.post(countersign_url(report), typed | {"step": "change"})
    assert REASONS in text(changed)
    assert not Countersignature.objects.exists()
    done = head.post(countersign_url(report), typed | {"step": "record"}, follow=True)

    assert done.redirect_chain[-1][0] == reverse("cautionary_countersign")
    assert f"{report.reference} is sent back" in text(done)
    assert Countersignature.objects.get().reasons == REASONS


@pytest.mark.parametrize("typed", [{}, {"outcome": "returned"}, {"outcome": "decided"}])
@pytest.mark.parametrize("step", ["", "record"])
def test_signature_that_cannot_be_comes_back_with_the_problem(
    council: Council, head: Client, typed: dict[str, str], step: str
) -> None:
    report = submitted(council)

    response = head.post(countersign_url(report), typed | {"step": step})

    assert response.status_code == 400
    assert "There is a problem" in text(response)
    assert not Countersignature.objects.exists()


@pytest.mark.clause("A3")
def test_hearsay_alone_is_told_on_the_screen(council: Council, head: Client) -> None:
    report = submitted(council)
    report.seen, report.told = "", "He is violent."
    report.save()

    response = head.post(countersign_url(report), {"outcome": "confirmed"})

    assert response.status_code == 400
    assert "this is hearsay alone" in text(response)


@pytest.mark.clause("A8")
def test_second_press_is_told_plainly(council: Council, head: Client) -> None:
    report = submitted(council)
    typed = {"outcome": "confirmed", "step": "record"}
    head.post(countersign_url(report), typed)

    again = head.post(countersign_url(report), typed)

    assert again.status_code == 409
    assert "does not wait for a countersignature" in text(again)
    assert REPORTED not in text(again)


@pytest.mark.clause("A8")
def test_own_report_is_refused_by_its_url(council: Council, head: Client) -> None:
    report = submitted(council, head_of_service(council))

    for response in (
        head.get(countersign_url(report)),
        head.post(countersign_url(report), {"outcome": "confirmed", "step": "record"}),
    ):
        assert response.status_code == 403
        assert REPORTED not in text(response)


@pytest.mark.clause("A12")
def test_police_are_recorded_from_the_report(council: Council, head: Client) -> None:
    report = submitted(council)
    url = reverse("cautionary_countersign_police", args=[report.reference])
    typed = {"crime": "yes", "informed_on": "1 1 2999", "informed_by": "Me", "reference": "44/7"}

    wrong = head.post(url, typed)
    assert wrong.status_code == 400
    assert "in the future" in text(wrong)
    assert "44/7" in text(wrong)
    today = timezone.localdate()
    right = head.post(url, typed | {"informed_on": f"{today:%d/%m/%Y}"})

    assert right.url == countersign_url(report)
    report.refresh_from_db()
    assert report.police["reference"] == "44/7"
    assert "44/7" in text(head.get(countersign_url(report)))


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


# The register's page


def inspect_url(entry: Entry) -> str:
    return reverse("cautionary_register_modeladmin_inspect", args=[entry.reference])


@pytest.mark.clause("L3")
def test_dispute_shows_to_owner_and_officers_until_it_is_settled(
    council: Council, owner: Client
) -> None:
    entry = entered(council)
    officer = through_the_door(make_reader(council))
    officer_page = reverse("cautionary:entry", args=[entry.reference])
    purpose = {"purpose": "home_visit"}
    url = reverse("cautionary_settle", args=[entry.reference])

    owner.post(reverse("cautionary_dispute", args=[entry.reference]))
    assert "The accuracy of this entry is disputed." in text(owner.get(inspect_url(entry)))
    assert "accuracy disputed" in text(owner.get(reverse("cautionary_register_modeladmin_index")))
    assert "Accuracy disputed." in text(officer.post(officer_page, purpose, follow=True))
    assert owner.post(url, {"reasons": ""}).status_code == 400
    owner.post(url, {"reasons": "The tenancy file bears it out."})

    assert "disputed." not in text(owner.get(inspect_url(entry)))
    assert "Accuracy disputed." not in text(officer.post(officer_page, purpose, follow=True))


@pytest.mark.clause("L3")
@pytest.mark.parametrize(
    ("fact", "typed", "stored"),
    [
        ("names", "Leopold Wainscott\r\n\r\nLeo\r\n", ("Leopold Wainscott", "Leo")),
        ("phones", "01632 960001", ("01632 960001",)),
    ],
)
def test_fact_is_put_right_and_the_trail_shown(
    council: Council, owner: Client, fact: str, typed: str, stored: Any
) -> None:
    entry = entered(council)
    url = reverse("cautionary_correct", args=[entry.reference, fact])

    done = owner.post(url, {"value": typed, "reasons": "The tenancy file."}, follow=True)

    entry = Entry.objects.get()
    assert getattr(entry.case_file.person.identity, fact) == stored
    assert "The tenancy file." in text(done)


@pytest.mark.clause("L3")
def test_every_form_of_correction_shows_what_stands_there(council: Council, owner: Client) -> None:
    entry = entered(council)

    shown = text(owner.get(reverse("cautionary_corrections", args=[entry.reference])))
    for fact, there in [
        ("names", REPORTED),
        ("born_on", "5 November 1961"),
        ("addresses", "7 Gantry Mews, Weldham, WX1 9ZZ"),
        ("handling", "Do not visit alone."),
        ("markers", 'value="threats" id="id_value_1" aria-describedby'),
        ("legal_condition", "checked"),
        ("restrictions", "Libraries"),
        ("spoc", ""),
    ]:
        url = reverse("cautionary_correct", args=[entry.reference, fact])
        assert url in shown
        form = owner.get(url)
        assert form.status_code == 200
        assert there.split(" aria")[0] in text(form)
        assert owner.post(url, {"value": "", "reasons": ""}).status_code == 400
        for value in (LONG, NUL):
            assert owner.post(url, {"value": value, "reasons": value}).status_code == 400
    for unknown in ("hazard", "expires_at", "state"):
        url = reverse("cautionary_correct", args=[entry.reference, unknown])
        assert owner.get(url).status_code == 404


@pytest.mark.clause("L3")
def test_withdrawal_is_read_back_and_ends_the_entry(council: Council, owner: Client) -> None:
    entry = entered(council)
    url = reverse("cautionary_withdraw", args=[entry.reference])
    typed = {"reasons": "It was his brother."}

    read = owner.post(url, typed)
    entry.refresh_from_db()
    assert entry.state == EntryState.LIVE
    assert "You are about to withdraw this entry" in text(read)
    done = owner.post(url, typed | {"step": "record"}, follow=True)

    entry.refresh_from_db()
    assert entry.state == EntryState.ENDED
    assert f"{entry.reference} is withdrawn." in text(done)
    assert owner.post(url, typed | {"step": "record"}).status_code == 404


def test_reviewers_see_no_button_of_the_keeper(council: Council) -> None:
    entry, safety = entered(council), make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    brief(council, safety)
    let_into_wagtail(safety)

    shown = text(through_the_door(safety).get(inspect_url(entry)))

    assert entry.reference in shown
    assert "Correct a fact" not in shown
    assert Risk.HIGH.label in shown


@pytest.mark.parametrize(
    ("kind", "desks"),
    [
        (PostKind.OWNER, {"countersign", "decide"}),
        (PostKind.DIRECTOR, {"countersign"}),
        (PostKind.DATA_PROTECTION, set()),
    ],
)
def test_menu_offers_the_desks_to_those_who_may_sit_there(
    council: Council, kind: PostKind, desks: set[str]
) -> None:
    person = make_person("person")
    hold_post(council, person, kind, as_deputy=True)
    let_into_wagtail(person)

    home = text(through_the_door(person).get(reverse("wagtailadmin_home")))

    offered = {desk for desk in ("countersign", "decide") if f"/cautionary/{desk}/" in home}
    assert offered == desks


@pytest.mark.clause("A8")
@pytest.mark.clause("A10")
def test_worklist_leads_to_the_report(council: Council, owner: Client, head: Client) -> None:
    mine, theirs = submitted(council), countersigned(council, make_person("another"))

    assert countersign_url(mine) in text(head.get(reverse("cautionary_worklist")))
    assert decide_url(theirs) in text(owner.get(reverse("cautionary_worklist")))
