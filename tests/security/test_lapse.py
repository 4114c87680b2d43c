"""A briefing lapses while somebody is at work: the next click is refused, on every route (A49).

Each route is planted with words that the right person sees in the last second before midnight. Then
it is midnight, in the same session, with the second factor still good.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from cautionary_plugin.actions.appeals import lodge_appeal
from cautionary_plugin.actions.complaints import record_complaint
from cautionary_plugin.models import (
    Appeal,
    Briefing,
    Complaint,
    Decision,
    EmailDivert,
    Evidence,
    FollowUpAction,
    LegalHold,
    Questionnaire,
    SinglePointOfContact,
)
from cautionary_plugin.pages.models import RegisterPage
from tests.api.calling import ASKED, call
from tests.council import (
    PLANTED,
    ask,
    found_council,
    let_into_wagtail,
    list_entries,
    make_reader,
    row,
    through_the_door,
)
from tests.entry_with_past import GROUNDS, set_scene
from tests.letters import issued
from tests.life import REPORTED, countersigned
from tests.panel import found_panel, met, waiting_case
from tests.whole_files import WORD, evidence_on, secrets, whole_file

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A49")]

EVENING = datetime(2026, 12, 2, 23, 58, tzinfo=UTC)
BEFORE = datetime(2026, 12, 2, 23, 59, 59, tzinfo=UTC)
AFTER = datetime(2026, 12, 3, 0, 0, tzinfo=UTC)
STATEMENT = "She keeps a marmalade guillotine behind the counter."
COMPLAINT = "Nobody told me of the marmalade clause."
ADA = {"name": "Ada Fenwick", "address": "1 Low Row, Weldham"}
TWO_YEARS_BEFORE = "2024-12-03"
BYTES = b"Persimmonwhistle by the garden gate"

Route = tuple[Callable[[], Any], str]


@pytest.fixture(autouse=True)
def _evening(time_machine: Any) -> None:
    time_machine.move_to(EVENING, tick=False)


@pytest.fixture
def clock(time_machine: Any) -> Any:
    return time_machine


def lapses_at_midnight(person: Any) -> Client:
    """A browser of somebody whose last briefing counts for two minutes more."""
    Briefing.objects.filter(user=person).update(briefed_on=TWO_YEARS_BEFORE)
    let_into_wagtail(person)
    return through_the_door(person)


def told(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    return unescape(body.decode(errors="replace"))


def check_routes(routes: dict[str, Route], clock: Any) -> None:
    """Each shows its words before midnight; from then on none does, and the person is told why."""
    clock.move_to(BEFORE, tick=False)
    for name, (go, words) in routes.items():
        assert words in told(go()), f"{name} does not show what was planted"
    clock.move_to(AFTER, tick=False)
    reasons = []
    for name, (go, words) in routes.items():
        response = go()
        shown = told(response)
        assert response.status_code == 403, f"{name}: {response.status_code}"
        assert words not in shown, name
        reasons.append("briefing has lapsed" in shown)
    assert any(reasons)


def getting(browser: Client, name: str, *args: Any) -> Callable[[], Any]:
    return lambda: browser.get(reverse(name, args=args))


def test_reader_at_the_door_is_shut_out_of_check_and_entry(clock: Any) -> None:
    scene = set_scene()
    browser = lapses_at_midnight(make_reader(scene.council))
    entry = reverse("cautionary:entry", args=[scene.entry.reference])

    check_routes(
        {
            "check": (lambda: ask(browser, "quimberly gantry"), PLANTED),
            "entry": (lambda: browser.get(entry), PLANTED),
        },
        clock,
    )


def test_program_that_asks_for_somebody_is_shut_out_with_them(clock: Any) -> None:
    scene = set_scene()
    browser = lapses_at_midnight(make_reader(scene.council))
    clock.move_to(BEFORE, tick=False)
    assert call(browser, "api_check", ASKED).json()["findings"][0]["title"] == PLANTED

    clock.move_to(AFTER, tick=False)
    answer = call(browser, "api_check", ASKED)

    assert answer.status_code == 403
    assert PLANTED not in told(answer)


def test_owner_is_shut_out_of_every_case_screen(clock: Any) -> None:
    scene = set_scene()
    council, reference = scene.council, scene.entry.reference
    lodge_appeal(
        entry=scene.entry, lodged_on=scene.today, grounds=GROUNDS, by=scene.clerk, at=scene.at
    )
    appeal = scene.entry.appeals.get()
    complaint = record_complaint(
        about=reference, received_on=scene.today, text=COMPLAINT, by=scene.clerk, at=scene.at
    )
    letter = issued(council, entry=list_entries(council, row(**ADA))[0])
    evidence = evidence_on(scene.entry.case_file, BYTES, at=scene.at)
    report = countersigned(council)
    browser = lapses_at_midnight(council.owner)

    check_routes(
        {
            "check": (lambda: ask(browser, "quimberly gantry"), PLANTED),
            "register": (getting(browser, "cautionary_register_modeladmin_index"), PLANTED),
            "entry": (
                getting(browser, "cautionary_register_modeladmin_inspect", reference),
                PLANTED,
            ),
            "corrections": (getting(browser, "cautionary_corrections", reference), PLANTED),
            "report": (getting(browser, "cautionary_decide_report", report.reference), REPORTED),
            "evidence": (getting(browser, "cautionary_evidence", evidence.pk), BYTES.decode()),
            "appeal": (
                getting(browser, "cautionary_appeals_modeladmin_inspect", appeal.reference),
                GROUNDS,
            ),
            "sharing": (getting(browser, "cautionary_entry_sharing", reference), PLANTED),
            "audience": (getting(browser, "cautionary_entry_audience", reference), "Housing"),
            "complaint": (
                getting(browser, "cautionary_complaints_modeladmin_inspect", complaint.reference),
                COMPLAINT,
            ),
            "letter": (getting(browser, "cautionary_letter", letter.pk), "Ada Fenwick"),
            "letter, printed": (
                getting(browser, "cautionary_letter_print", letter.pk),
                "Ada Fenwick",
            ),
        },
        clock,
    )


def test_member_of_the_panel_is_shut_out_of_papers_item_and_evidence(clock: Any) -> None:
    panel = found_panel()
    case = waiting_case(panel, statement=STATEMENT)
    evidence = evidence_on(case.case_file, BYTES, at=EVENING)
    meeting = met(panel)
    item = meeting.items.get()
    browser = lapses_at_midnight(panel.care)
    papers = reverse("cautionary_panel_papers", args=[case.reference])
    browser.post(papers)  # no conflict to declare

    check_routes(
        {
            "papers": (lambda: browser.get(papers), STATEMENT),
            "item": (getting(browser, "cautionary_item", item.pk), case.reference),
            "evidence": (getting(browser, "cautionary_evidence", evidence.pk), BYTES.decode()),
            "meeting": (getting(browser, "cautionary_meeting", meeting.reference), case.reference),
        },
        clock,
    )


def test_page_on_the_intranet_is_shut_in_the_same_second(clock: Any) -> None:
    council = found_council()
    root = Site.objects.get(is_default_site=True).root_page
    words = "Zirconium arrangements"
    page = root.add_child(
        instance=RegisterPage(title="Register", slug="register", introduction=f"<p>{words}</p>")
    )
    browser = lapses_at_midnight(make_reader(council))

    check_routes({"page": (lambda: browser.get(page.url), words)}, clock)


def test_whatever_hangs_on_a_file_is_shut_with_it(clock: Any) -> None:
    """Every sealed field is planted, and with it what the panel arranged."""
    council = found_council()
    until = EVENING + timedelta(days=200)
    entry = whole_file(council, at=EVENING - timedelta(minutes=5), expires_at=until)
    file = entry.case_file
    hold = LegalHold.objects.create(
        case_file=file, placed_at=EVENING, ends_on=until.date(), **secrets(LegalHold)
    )
    browser = lapses_at_midnight(council.owner)
    contact, divert = SinglePointOfContact.objects.get(), EmailDivert.objects.get()
    keys: dict[str, Any] = {
        "cautionary_register_modeladmin_inspect": entry.reference,
        "cautionary_corrections": entry.reference,
        "cautionary_entry_share": entry.reference,
        "cautionary_entry_audience": entry.reference,
        "cautionary_exemption": entry.reference,
        "cautionary_appeals_modeladmin_inspect": Appeal.objects.get().reference,
        "cautionary_complaints_modeladmin_inspect": Complaint.objects.get().reference,
        "cautionary_contacts_modeladmin_inspect": contact.pk,
        "cautionary_divert": divert.reference,
        "cautionary_divert_prepare": contact.pk,
        "cautionary_evidence": Evidence.objects.get().pk,
        "cautionary_follow_up_done": FollowUpAction.objects.get().pk,
        "cautionary_questionnaire": Questionnaire.objects.get().pk,
        "cautionary_holds_modeladmin_inspect": hold.pk,
        "cautionary_spoc_replace": contact.pk,
    }

    check_routes({name: (getting(browser, name, key), WORD) for name, key in keys.items()}, clock)


def test_what_was_typed_before_midnight_is_not_recorded_after_it(clock: Any) -> None:
    council = found_council()
    report = countersigned(council)
    (entry,) = list_entries(council)
    letter = issued(council, entry=list_entries(council, row(**ADA))[0])
    browser = lapses_at_midnight(council.owner)
    acts: dict[str, tuple[str, list[Any], dict[str, Any]]] = {
        "decide": ("cautionary_decide_as", [report.reference, "decline"], {"step": "record"}),
        "dispute": ("cautionary_dispute", [entry.reference], {}),
        "withdraw": ("cautionary_withdraw", [entry.reference], {"step": "record"}),
        "letter": ("cautionary_letter_posted", [letter.pk], {"sent_on": "2 12 2026"}),
        "share": ("cautionary_entry_share", [entry.reference], {"step": "record"}),
    }
    clock.move_to(AFTER, tick=False)

    for name, (screen, keys, typed) in acts.items():
        response = browser.post(reverse(screen, args=keys), typed)
        assert response.status_code == 403, f"{name}: {response.status_code}"
        assert "briefing has lapsed" in told(response), name

    assert not Decision.objects.exists()


def test_owner_still_runs_the_register_and_can_be_briefed_again(clock: Any) -> None:
    """Else nobody could appoint the trainer who is to brief them."""
    council = found_council()
    browser = lapses_at_midnight(council.owner)
    clock.move_to(AFTER, tick=False)

    for name in ("cautionary:people", "cautionary:appoint", "cautionary:brief"):
        assert browser.get(reverse(name)).status_code == 200, name
    for name in ("training", "settings", "figures", "who_looked", "worklist"):
        assert browser.get(reverse(f"cautionary_{name}")).status_code == 200, name


def test_work_without_the_register_goes_on(clock: Any) -> None:
    """Whose briefing has lapsed still reports, sees how they stand, and asks for a session."""
    browser = lapses_at_midnight(make_reader(found_council()))
    clock.move_to(AFTER, tick=False)

    for name in ("report", "my_reports", "my_training", "my_access"):
        assert browser.get(reverse(f"cautionary:{name}")).status_code == 200, name
    assert "The register is shut to you" in told(browser.get(reverse("cautionary:my_training")))
