"""The screens of referring: what waits, who sees it, what is read back, what hostile input does."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.referring import withdraw_case
from cautionary_plugin.models import AccessRecord, PanelCase
from cautionary_plugin.rules.states import CaseState, ReportState
from cautionary_plugin.rules.vocabulary import Act
from tests.admin.pages import url
from tests.council import browser_of
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED, submitted
from tests.panel import Panel
from tests.queries import fewest_queries
from tests.referrals import panel_report, refer

pytestmark = pytest.mark.django_db

TYPED = {
    "statement": "He rings forty times a day and shouts until somebody cries.",
    "letter_tried": "Sent in March; he went on as before.",
    "risk": "medium",
    "presenter": "operations",
}


@pytest.mark.clause("B12")
def test_report_waits_on_the_list_and_on_the_worklist_of_its_manager(panel: Panel) -> None:
    report = panel_report(panel)
    browser = browser_of(panel.operations)

    for name in ("refer", "worklist"):
        page = browser.get(url(name)).content.decode()
        assert report.reference in page
        assert url("refer_report", report.reference) in page
        assert REPORTED not in page


def test_report_of_another_service_is_neither_listed_nor_opened(panel: Panel) -> None:
    report = panel_report(panel)
    panel.posts["operations"].service = panel.council.revenues
    panel.posts["operations"].save()
    browser = browser_of(panel.operations)

    assert report.reference not in browser.get(url("refer")).content.decode()
    answer = browser.get(url("refer_report", report.reference))
    assert answer.status_code == 403
    assert REPORTED not in answer.content.decode()


def test_directors_lists_show_nothing_of_it(panel: Panel) -> None:
    report = panel_report(panel)
    refer(panel, panel_report(panel))
    browser = browser_of(panel.owner)

    for name in ("countersign", "decide"):
        assert "INC-" not in browser.get(url(name)).content.decode()
        assert browser.get(url(f"{name}_report", report.reference)).status_code == 403


@pytest.mark.clause("B12")
def test_report_stands_on_one_screen_and_opening_it_is_recorded(panel: Panel) -> None:
    report = panel_report(panel)

    page = browser_of(panel.operations).get(url("refer_report", report.reference)).content.decode()

    assert REPORTED in page
    assert "spade over his head" in page
    line = AccessRecord.objects.filter(act=Act.READ_REPORT).get()
    assert (line.user, line.reference) == (panel.operations, report.reference)


@pytest.mark.clause("B12", "B14")
def test_referral_is_read_back_and_then_recorded(panel: Panel) -> None:
    report = panel_report(panel)
    browser, put = browser_of(panel.operations), url("refer_put", report.reference)

    read = browser.post(put, TYPED)
    assert "You are about to record this" in read.content.decode()
    assert not PanelCase.objects.exists()
    done = browser.post(put, {**TYPED, "step": "record"}, follow=True)

    case = PanelCase.objects.get()
    assert case.reference in done.content.decode()
    assert (case.statement, case.presenter) == (TYPED["statement"], panel.operations)


@pytest.mark.parametrize("field", ["statement", "letter_tried", "risk", "presenter"])
def test_what_is_missing_is_said_and_what_was_typed_stays(panel: Panel, field: str) -> None:
    report = panel_report(panel)

    answer = browser_of(panel.operations).post(
        url("refer_put", report.reference), {**TYPED, field: "", "step": "record"}
    )

    assert answer.status_code == 400
    page = answer.content.decode()
    assert f'href="#id_{field}"' in page or f'href="#id_{field}_0"' in page
    if field != "statement":
        assert TYPED["statement"] in page
    assert not PanelCase.objects.exists()


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("statement", "Say what happened, and what you ask of the panel."),
        ("letter_tried", "Say when a letter was sent and what came of it"),
    ],
)
def test_box_that_does_not_ask_why_says_what_it_asks(panel: Panel, field: str, told: str) -> None:
    report = panel_report(panel)

    answer = browser_of(panel.operations).post(
        url("refer_put", report.reference), {**TYPED, field: "No.", "step": "record"}
    )

    page = answer.content.decode()
    assert told in page
    assert "Say why, in a sentence." not in page


@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
@pytest.mark.parametrize("field", ["statement", "letter_tried", "presenter", "risk"])
def test_hostile_words_break_nothing(panel: Panel, field: str, typed: str) -> None:
    report = panel_report(panel)

    browser = browser_of(panel.operations)

    answer = browser.post(
        url("refer_put", report.reference), {**TYPED, field: typed, "step": "record"}
    )

    assert answer.status_code in (302, 400)
    assert b"<script>alert" not in answer.content
    if PanelCase.objects.exists():
        page = browser.get(url("refer_case", PanelCase.objects.get().reference))
        assert b"<script>alert" not in page.content


def test_report_is_sent_back_with_reasons(panel: Panel) -> None:
    report = panel_report(panel)
    typed = {"reasons": "Please say on which day.", "step": "record"}

    browser_of(panel.operations).post(url("refer_back", report.reference), typed)

    report.refresh_from_db()
    assert report.state == ReportState.RETURNED


def test_directors_report_is_found_by_its_reference(panel: Panel) -> None:
    report = submitted(panel.council)
    browser = browser_of(panel.council.owner)

    answer = browser.post(url("refer_another"), {"reference": f" {report.reference.lower()} "})

    assert answer.headers["Location"] == url("refer_report", report.reference)
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "two routes" in page
    assert url("refer_back", report.reference) not in page


@pytest.mark.parametrize("typed", ["INC-1999-0001", "draft", "", NUL, *ODD.values()])
def test_reference_that_leads_nowhere_says_the_same_each_time(panel: Panel, typed: str) -> None:
    answer = browser_of(panel.operations).post(url("refer_another"), {"reference": typed})

    assert answer.status_code == 400


def test_own_cases_are_listed_with_how_they_stand(panel: Panel) -> None:
    waiting, withdrawn = (refer(panel, panel_report(panel)) for _each in range(2))
    withdraw_case(
        case=withdrawn, reasons="The customer moved away.", by=panel.clerk, at=timezone.now()
    )

    page = browser_of(panel.operations).get(url("refer_cases")).content.decode()

    assert waiting.reference in page
    assert CaseState.WITHDRAWN.label in page
    assert REPORTED not in page


def test_others_cases_are_neither_listed_nor_opened(panel: Panel) -> None:
    case = refer(panel, panel_report(panel))
    browser = browser_of(panel.owner)

    assert case.reference not in browser.get(url("refer_cases")).content.decode()
    assert browser.get(url("refer_case", case.reference)).status_code == 404


def test_lists_cost_the_same_however_long_they_are(panel: Panel) -> None:
    browser = browser_of(panel.operations)
    refer(panel, panel_report(panel))
    panel_report(panel)
    costs = {name: fewest_queries(lambda n=name: browser.get(url(n))) for name in LISTS}
    for _more in range(3):
        refer(panel, panel_report(panel))
        panel_report(panel)

    assert {name: fewest_queries(lambda n=name: browser.get(url(n))) for name in LISTS} == costs


LISTS = ("refer", "refer_cases")


def test_referrer_reads_who_takes_a_case_back(panel: Panel) -> None:
    case = refer(panel, panel_report(panel))
    manager, page = browser_of(panel.operations), url("refer_case", case.reference)
    told = "To take it back before the panel decides, ask the clerk or the chair"
    assert told in manager.get(page).content.decode()

    withdraw_case(case=case, reasons="He moved away.", by=panel.clerk, at=timezone.now())

    assert told not in manager.get(page).content.decode()


def test_clerk_withdraws_a_case(panel: Panel) -> None:
    case = refer(panel, panel_report(panel))
    typed = {"reasons": "The customer moved away.", "step": "record"}

    answer = browser_of(panel.clerk).post(url("case_withdraw", case.reference), typed)

    case.refresh_from_db()
    assert (answer.status_code, case.state) == (302, CaseState.WITHDRAWN)
