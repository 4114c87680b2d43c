"""A pack cuts across all files that go together: whoever opens it answers for all of them (L8)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.access_requests import (
    changes_of,
    prepare_pack,
    requests_for,
    withdraw_request,
)
from cautionary_plugin.actions.access_requests.assembling import assemble
from cautionary_plugin.actions.erasure import erase_due
from cautionary_plugin.actions.holds import find_file, lift_hold, place_hold, registers_of
from cautionary_plugin.actions.panel.joining import join_case
from cautionary_plugin.actions.reports import submit_report
from cautionary_plugin.models import AccessRequest, CaseFile, Entry, IncidentReport, PanelCase
from cautionary_plugin.rules.errors import AlreadyDone, NotYourPost
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import CaseState
from tests.access_requests import Desk, prepared, received
from tests.council import Council, hold_post
from tests.factors import make_person
from tests.life import drafted, entered, submitted
from tests.panel import Panel
from tests.panel_items import panel_entry
from tests.referrals import STATEMENT, panel_report, refer
from tests.whole_files import open_file, removed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L8"), pytest.mark.clause("A44")]

SEEN = "He lifted a marrowspoon over his head."
BASIS = "Shouted abuse"
CHECKED = "The tenancy file has the same date of birth."


@pytest.fixture
def later(panel: Panel) -> datetime:
    return timezone.now() + timedelta(days=100)


def _schedule(panel: Panel) -> Council:
    """The panel's own register, as its owner has it."""
    return Council(panel.register, panel.owner, panel.housing, panel.council.revenues)


def _desk(council: Council, *further: Council) -> Desk:
    """A data protection officer of these registers alone."""
    officer = make_person(f"dpo-{council.register.slug}-{len(further)}")
    for each in (council, *further):
        hold_post(each, officer, PostKind.DATA_PROTECTION)
    return Desk(council, officer)


def _joined(panel: Panel, entry: Entry, report: IncidentReport, at: datetime) -> PanelCase:
    case = refer(panel, report, at=at)
    return join_case(case=case, entry=entry, checked=CHECKED, by=panel.clerk, at=at)


def _refused(desk: Desk, file: CaseFile, at: datetime) -> None:
    for somebody in (desk.officer, desk.owner):
        with pytest.raises(NotYourPost):
            received(Desk(desk.council, somebody), file, at=at)


def _texts(request: AccessRequest) -> str:
    return "\n".join(line.text for line in request.lines.select_related("request__case_file"))


def test_case_before_the_panel_is_its_registers_to_answer_for(
    panel: Panel, later: datetime
) -> None:
    file = entered(panel.council).case_file
    refer(panel, file.report)
    alone, both = _desk(panel.council), _desk(panel.council, _schedule(panel))

    _refused(alone, file, later)
    request = prepared(both, file, at=later)

    assert STATEMENT in _texts(request)
    assert not requests_for(alone.officer, at=later).exists()
    assert not requests_for(alone.owner, at=later).exists()
    assert list(requests_for(both.officer, at=later)) == [request]


def test_case_that_comes_after_the_request_shuts_it_to_one_register_alone(
    panel: Panel, later: datetime
) -> None:
    alone = _desk(panel.council)
    file = entered(panel.council).case_file
    received(alone, file, at=later)
    assert requests_for(alone.officer, at=later).exists()

    refer(panel, file.report)

    assert not requests_for(alone.officer, at=later).exists()


def test_report_that_was_joined_is_its_registers_to_answer_for(
    panel: Panel, later: datetime
) -> None:
    entry = panel_entry(panel)
    report = submitted(panel.council, at=later, seen={"seen": SEEN})
    _joined(panel, entry, report, later)
    own = IncidentReport.objects.filter(pk=entry.case_file.report.pk)
    own.update(register=panel.register)  # so that nothing but the joined file is on the other
    alone, both = _desk(_schedule(panel)), _desk(panel.council, _schedule(panel))

    _refused(alone, entry.case_file, later)
    _refused(alone, report.case_file, later)
    request = prepared(both, entry.case_file, at=later)

    assert SEEN in _texts(request)
    assert not requests_for(alone.officer, at=later).exists()
    assert list(requests_for(both.officer, at=later)) == [request]


def test_request_on_a_file_that_is_joined_later_is_answered_with_all_of_it(
    panel: Panel, later: datetime
) -> None:
    both = _desk(panel.council, _schedule(panel))
    entry = panel_entry(panel)
    report = panel_report(panel, seen={"seen": SEEN})
    request = prepared(both, report.case_file, at=later)
    assert BASIS not in _texts(request)

    _joined(panel, entry, report, later)

    assert changes_of(request).added  # so that it is not released as it was
    prepare_pack(request=request, by=both.officer, at=later)
    assert BASIS in _texts(request)
    assert SEEN in _texts(request)
    with pytest.raises(AlreadyDone):
        received(both, entry.case_file, at=later)


def test_request_about_a_joined_file_lies_on_the_one_that_it_was_joined_to(
    panel: Panel, later: datetime
) -> None:
    both = _desk(panel.council, _schedule(panel))
    entry = panel_entry(panel)
    report = panel_report(panel, seen={"seen": SEEN})
    _joined(panel, entry, report, later)
    below = open_file(later)
    below.joined_to = report.case_file
    below.save()

    for file in (below, report.case_file, entry.case_file):
        assert find_file(file.reference) == entry.case_file
    request = prepared(both, below, at=later)

    assert request.case_file == entry.case_file
    assert BASIS in _texts(request)


def test_draft_that_was_never_sent_is_in_no_pack_and_cannot_be_asked_about(
    panel: Panel, later: datetime
) -> None:
    desk = _desk(panel.council)
    draft = drafted(panel.council, seen={"seen": SEEN})
    _refused(desk, draft.case_file, later)
    assert not assemble(draft.case_file)
    other = entered(panel.council).case_file
    draft.case_file.joined_to = other
    draft.case_file.save()
    assert SEEN not in str([line.text for line in assemble(other)])

    draft.case_file.joined_to = None
    draft.case_file.save()
    submit_report(report=draft, by=draft.typed_by, at=timezone.now())

    assert SEEN in _texts(prepared(desk, draft.case_file, at=later))


@pytest.mark.clause("A34")
def test_request_on_a_file_that_is_joined_later_keeps_all_of_it(
    panel: Panel, later: datetime
) -> None:
    both = _desk(panel.council, _schedule(panel))
    entry = panel_entry(panel)
    report = panel_report(panel)
    request = received(both, report.case_file, at=later)
    renewal = _joined(panel, entry, report, later)
    PanelCase.objects.filter(pk=renewal.pk).update(state=CaseState.DECIDED, settled_at=later)
    removed(entry, at=later)
    soon = later + timedelta(days=40)

    assert erase_due(at=soon).held == 1
    withdraw_request(request=request, because="They withdrew it.", by=both.officer, at=later)

    assert erase_due(at=soon).files == 1
    assert not CaseFile.objects.filter(pk=entry.case_file.pk).exists()


def test_hold_keeps_all_that_goes_with_a_file_for_whoever_answers_for_a_part(
    panel: Panel, later: datetime
) -> None:
    """It tells nothing of the file, and a court asks for the panel's papers too."""
    file = entered(panel.council).case_file
    terms: dict[str, Any] = {
        "case_file": file,
        "reason": "Claim 4 of 2026",
        "ends_on": timezone.localdate(later) + timedelta(days=30),
        "by": panel.legal,
    }
    with pytest.raises(NotYourPost):
        place_hold(**terms, at=later)
    refer(panel, panel_report(panel))  # of somebody else
    with pytest.raises(NotYourPost):
        place_hold(**terms, at=later)

    refer(panel, file.report)

    assert set(registers_of(file)) == {panel.council.register, panel.register}
    assert lift_hold(hold=place_hold(**terms, at=later), by=panel.legal, at=later).lifted_at
