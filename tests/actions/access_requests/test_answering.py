"""From the request to the answer: gone through by one, released by another (L8, A34)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access_requests import (
    changes_of,
    check_identity,
    look_at_line,
    open_pack,
    open_request,
    prepare_pack,
    receive_request,
    release_pack,
    requests_for,
    waits_for,
    withdraw_request,
)
from cautionary_plugin.actions.erasure import erase_due
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.models import (
    AccessRecord,
    AccessRequest,
    Briefing,
    CaseFile,
    ConflictDeclaration,
    Entry,
    Letter,
    PackLine,
)
from cautionary_plugin.rules.access_requests import Choice
from cautionary_plugin.rules.duties import Duty
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    BriefingLapsed,
    Excluded,
    IllegalMove,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.access_requests import Desk, look_at_all, prepared, received
from tests.council import found_council, hold_post
from tests.factors import make_person
from tests.races import race
from tests.whole_files import WORD, entry_on, open_file, person_on, removed, report_on

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L8")]


@pytest.fixture
def request_(desk: Desk, file: CaseFile, now: datetime) -> AccessRequest:
    return prepared(desk, file, at=now)


def _line(request: AccessRequest, source: str) -> PackLine:
    return request.lines.filter(source=source).select_related("request__case_file").first()


def _release(desk: Desk, request: AccessRequest, at: datetime) -> AccessRequest:
    return release_pack(request=request, by=desk.officer, at=at)


def test_answer_is_due_one_calendar_month_later(desk: Desk, file: CaseFile) -> None:
    at = timezone.make_aware(datetime(2027, 1, 31, 9))
    request = received(desk, file, at=at)

    assert request.due_on.isoformat() == "2027-02-28"


def test_pack_is_not_prepared_before_somebody_has_checked_who_asks(
    desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = received(desk, file, at=now)

    with pytest.raises(NotReady):
        prepare_pack(request=request, by=desk.officer, at=now)
    with pytest.raises(BadInput):
        check_identity(request=request, how="  ", by=desk.officer, at=now)


def test_line_that_nobody_has_looked_at_is_told_to_nobody(
    desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    look_at_all(desk, request_, at=now)
    request_.lines.filter(source="IncidentReport.seen").update(choice="", looked_at=None)

    with pytest.raises(NotReady) as refused:
        _release(desk, request_, now)

    assert refused.value.missing == ["Nobody has looked at 1 lines."]
    with pytest.raises(NotReady):
        open_pack(request=request_, by=desk.officer, at=now)


def test_whoever_went_through_it_does_not_release_it(
    desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    look_at_all(desk, request_, at=now)
    line = _line(request_, "Entry.basis")
    look_at_line(line=line, choice=Choice.KEEP, by=desk.officer, at=now)

    with pytest.raises(NotReady):
        _release(desk, request_, now)
    with pytest.raises(NotYourPost):
        release_pack(request=request_, by=desk.owner, at=now)


def test_released_pack_tells_what_was_kept_redacted_and_withheld(
    desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    look_at_all(desk, request_, at=now, choice=Choice.WITHHOLD)
    for source, choice in (("Entry.basis", Choice.KEEP), ("Decision.reasons", Choice.REDACT)):
        look_at_line(
            line=_line(request_, source),
            choice=choice,
            replacement="A colleague told us.",
            by=desk.owner,
            at=now,
        )

    _release(desk, request_, now)
    pack = open_pack(request=request_, by=desk.officer, at=now)

    texts = [line.text for section in pack.sections for line in section.lines]
    told = "\n".join(texts)
    assert f"{WORD} of Entry basis" in told
    assert "A colleague told us." in told
    assert f"{WORD} of Decision reasons" not in told
    assert f"{WORD} of IncidentReport witnesses" not in told
    assert sum(bool(text) for text in texts) == 2
    notes = {line.how for section in pack.sections for line in section.lines}
    assert "Withheld. It is about somebody else too (Schedule 2, paragraph 16)" in notes
    assert "Somebody else’s." not in str(pack.to_json())


@pytest.mark.parametrize(
    ("choice", "told", "lacks"),
    [
        ("", {}, "choice"),
        (Choice.REDACT, {"replacement": " "}, "replacement"),
        (Choice.WITHHOLD, {"reason": "Theirs."}, "ground"),
        (Choice.WITHHOLD, {"ground": "crime", "reason": " "}, "reason"),
    ],
)
def test_look_says_what_and_why(
    desk: Desk,
    request_: AccessRequest,
    now: datetime,
    choice: str,
    told: dict[str, str],
    lacks: str,
) -> None:
    with pytest.raises(BadInput) as problem:
        look_at_line(
            line=_line(request_, "Entry.basis"), choice=choice, by=desk.owner, at=now, **told
        )

    assert list(problem.value.problems) == [lacks]


def test_what_changed_since_is_told_before_the_release(
    desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    look_at_all(desk, request_, at=now)
    entry = Entry.objects.get()
    entry.basis = "Put right since."
    entry.save()

    changes = changes_of(request_)

    assert len(changes.changed) == 1
    assert changes.changed[0].endswith(": Basis")
    assert "has changed since" in waits_for(request_, by=desk.officer)[0]
    with pytest.raises(NotReady):
        _release(desk, request_, now)


def test_pack_that_is_brought_up_to_date_keeps_what_is_as_it_was(
    desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    look_at_all(desk, request_, at=now)
    entry = Entry.objects.get()
    entry.basis = "Put right since."
    entry.save()

    prepare_pack(request=request_, by=desk.officer, at=now)

    unseen = request_.lines.filter(looked_at=None)
    assert [line.source for line in unseen] == ["Entry.basis"]
    assert not changes_of(request_)


def test_lines_do_not_change_once_they_are_released(
    desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    look_at_all(desk, request_, at=now)
    _release(desk, request_, now)

    line = _line(request_, "Entry.basis")
    with pytest.raises(AlreadyDone):
        look_at_line(line=line, choice=Choice.KEEP, by=desk.owner, at=now)
    with pytest.raises(AlreadyDone):
        prepare_pack(request=request_, by=desk.officer, at=now)
    with pytest.raises(IllegalMove):
        _release(desk, request_, now)


def test_request_that_is_withdrawn_leaves_no_pack(
    desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    withdraw_request(request=request_, because="Not the person.", by=desk.officer, at=now)

    assert not request_.lines.exists()


def test_one_request_about_a_file_at_a_time(desk: Desk, file: CaseFile, now: datetime) -> None:
    received(desk, file, at=now)

    with pytest.raises(AlreadyDone):
        received(desk, file, at=now)


def test_received_on_a_day_that_can_be(desk: Desk, file: CaseFile, now: datetime) -> None:
    for days in (1, -740):
        with pytest.raises(BadInput):
            receive_request(
                case_file=file,
                received_on=(now + timedelta(days=days)).date(),
                asked="",
                by=desk.officer,
                at=now,
            )


def test_request_that_was_mislaid_for_months_is_recorded_late_and_keeps_the_file(
    desk: Desk, file: CaseFile, now: datetime
) -> None:
    """The duty to answer does not lapse because a letter lay in the wrong tray."""
    Letter.objects.all().delete()  # none is owed, so the file is due at once
    removed(file.entries.get(), at=now)

    request = receive_request(
        case_file=file,
        received_on=(now - timedelta(days=150)).date(),
        asked="",
        by=desk.officer,
        at=now,
    )

    assert request.due_on < now.date()
    assert _waits(desk.owner, now) == [(request.reference, "who asks is to be checked")]
    assert erase_due(at=now + timedelta(days=25)).held == 1
    assert erase_due(at=now + timedelta(days=35)).files == 1


def test_pack_takes_an_answer_for_every_register_of_the_file(
    desk: Desk, file: CaseFile, now: datetime
) -> None:
    other = found_council(slug="ub", prefix="UB")
    entry_on(other, file, at=now, expires_at=now + timedelta(days=99))

    for somebody in (desk.owner, other.owner):
        with pytest.raises(NotYourPost):
            receive_request(case_file=file, received_on=now.date(), asked="", by=somebody, at=now)


@pytest.mark.clause("B11")
def test_whoever_is_excluded_from_a_case_about_the_file_opens_nothing_of_it(
    desk: Desk, request_: AccessRequest, file: CaseFile, now: datetime
) -> None:
    ConflictDeclaration.objects.filter(case_file=file).update(user=desk.officer, excluded=None)
    line = _line(request_, "Entry.basis")

    with pytest.raises(Excluded):
        look_at_line(line=line, choice=Choice.KEEP, by=desk.officer, at=now)
    with pytest.raises(Excluded):
        open_request(request=request_, by=desk.officer, at=now)
    assert not requests_for(desk.officer, at=now).exists()
    assert requests_for(desk.owner, at=now).exists()


@pytest.mark.clause("A49")
def test_owner_whose_briefing_has_lapsed_opens_no_line(
    desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    Briefing.objects.filter(user=desk.owner).delete()

    with pytest.raises(BriefingLapsed):
        open_request(request=request_, by=desk.owner, at=now)


def test_health_and_safety_prepares_no_pack(desk: Desk, file: CaseFile, now: datetime) -> None:
    safety = make_person("safety")
    hold_post(desk.council, safety, PostKind.HEALTH_AND_SAFETY)

    with pytest.raises(NotYourPost):
        receive_request(case_file=file, received_on=now.date(), asked="", by=safety, at=now)


def test_each_step_is_recorded_and_each_opening(
    desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    look_at_all(desk, request_, at=now)
    _release(desk, request_, now)
    open_pack(request=request_, by=desk.officer, at=now)

    lines = AccessRecord.objects.filter(reference=request_.reference)
    assert lines.filter(act=Act.READ_PACK, user=desk.officer).count() == 1
    looked = lines.filter(act=Act.PACK, user=desk.owner).count()
    assert looked == request_.lines.count()


def test_report_alone_can_be_asked_about(desk: Desk, now: datetime) -> None:
    file = open_file(now)
    person_on(file)
    report_on(desk.council, file, at=now)

    assert prepared(desk, file, at=now).lines.filter(source="IncidentReport.seen").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_release_at_once_release_once(
    desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    look_at_all(desk, request_, at=now)

    outcomes: list[Any] = race(
        lambda: _release(desk, request_, now), lambda: _release(desk, request_, now)
    )

    assert sum(isinstance(each, AccessRequest) for each in outcomes) == 1
    assert sum(isinstance(each, IllegalMove) for each in outcomes) == 1


# --- What waits -------------------------------------------------------------------------------


def _waits(person: Any, at: datetime) -> list[tuple[str, str]]:
    tasks = what_waits(standing_of(person, at=at))
    return [(each.reference, each.note) for each in tasks if each.duty is Duty.ACCESS_REQUEST]


def test_pending_request_waits_for_those_who_answer_it(desk: Desk, now: datetime) -> None:
    file = open_file(now)
    report_on(desk.council, file, at=now)
    request = received(desk, file, at=now)
    first = _waits(desk.officer, now)
    check_identity(request=request, how="Passport", by=desk.officer, at=now)
    prepare_pack(request=request, by=desk.officer, at=now)
    look_at_all(desk, request, at=now)

    assert first == [(request.reference, "who asks is to be checked")]
    assert _waits(desk.owner, now) == [(request.reference, "to be released")]

    _release(desk, request, now)
    assert _waits(desk.officer, now) == []
