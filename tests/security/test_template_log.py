"""Templates that miss a variable log so at DEBUG, without what they were given."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.rendering import text_of
from cautionary_plugin.actions.access_requests import receive_request
from cautionary_plugin.actions.reviews import open_review
from tests.access_requests import man_desk
from tests.council import Council, found_council, let_into_wagtail, through_the_door
from tests.life import countersigned, entered
from tests.panel import found_panel
from tests.referrals import panel_report, refer
from tests.storages import FOLDER, keep_evidence_in

pytestmark = pytest.mark.django_db

WORD = "Quillwhistle"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "django"):
        yield caplog


@pytest.fixture
def council(settings: Any, tmp_path: Path) -> Council:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    return found_council()


def _logged(log: pytest.LogCaptureFixture) -> str:
    """Every line as a handler writes it, traceback included."""
    return "\n".join(logging.Formatter().format(record) for record in log.records)


def _missed(log: pytest.LogCaptureFixture) -> bool:
    return "Exception while resolving variable" in _logged(log)


def test_request_for_access_is_on_the_page_and_not_in_the_log(
    council: Council, log: pytest.LogCaptureFixture
) -> None:
    desk, now = man_desk(council), timezone.now()
    request = receive_request(
        case_file=entered(council).case_file,
        received_on=timezone.localdate(now),
        asked=f"Whatever {WORD} said of me.",
        by=desk.officer,
        at=now,
    )
    let_into_wagtail(desk.officer)
    officer = through_the_door(desk.officer)
    log.clear()

    page = officer.get(reverse("cautionary_access_request", args=[request.reference]))
    read_back = officer.post(
        reverse("cautionary_access_request_withdraw", args=[request.reference]),
        {"because": f"Mrs {WORD} withdrew it.", "step": "read_back"},
    )
    sent_back = officer.post(
        reverse("cautionary_access_request_new"),
        {"asked": f"{WORD} again.", "received_on": "never", "step": "record"},
    )

    for answer in (page, read_back, sent_back):
        assert WORD in answer.content.decode()
    assert _missed(log)
    assert WORD not in _logged(log)


def test_entry_to_share_or_review_is_on_the_page_and_not_in_the_log(
    council: Council, log: pytest.LogCaptureFixture
) -> None:
    report = countersigned(council, person={"name": f"Barnabus {WORD}"})
    entry = entered(council, report=report)
    review = open_review(entry=entry, by=council.owner, at=timezone.now())
    let_into_wagtail(council.owner)
    owner = through_the_door(council.owner)
    log.clear()

    pages = [
        owner.get(reverse("cautionary_entry_share", args=[entry.reference])),
        owner.get(reverse("cautionary_review_propose", args=[review.pk])),
    ]

    for page in pages:
        assert WORD in page.content.decode()
    assert _missed(log)
    assert WORD not in _logged(log)


def test_case_is_on_the_page_and_not_in_the_log(log: pytest.LogCaptureFixture) -> None:
    panel = found_panel()
    case = refer(panel, panel_report(panel), statement=f"{WORD} shouts at the counter each week.")
    let_into_wagtail(panel.operations)
    browser = through_the_door(panel.operations)
    log.clear()

    page = browser.get(reverse("cautionary_refer_case", args=[case.reference]))

    assert WORD in page.content.decode()
    assert _missed(log)
    assert WORD not in _logged(log)


def test_staff_page_that_misses_a_variable_logs_no_word_of_the_others(
    log: pytest.LogCaptureFixture,
) -> None:
    kept = [("seen", WORD)]
    text_of("cautionary_plugin/staff/includes/duty_phone.html", {"kept": kept})  # has no phone

    assert _missed(log)
    assert WORD not in _logged(log)


def test_templates_of_the_host_log_as_they_did(log: pytest.LogCaptureFixture) -> None:
    Template("{{ misspelt }}").render(Context({"theirs": "shown"}))

    assert "Failed lookup for key [misspelt]" in _logged(log)
