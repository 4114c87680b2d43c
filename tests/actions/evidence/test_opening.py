"""Who opens evidence, through the action and through the browser."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.evidence import add_evidence, open_evidence, remove_evidence
from cautionary_plugin.models import (
    AccessRecord,
    Appeal,
    Briefing,
    CaseFile,
    Entry,
    Evidence,
    Hearer,
    IncidentReport,
)
from cautionary_plugin.rules.errors import (
    BriefingLapsed,
    CannotOpen,
    NotStored,
    NotYourPost,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import AppealState, ReportState
from cautionary_plugin.rules.vocabulary import Act
from tests.actions.evidence.conftest import draft
from tests.council import (
    Council,
    brief,
    found_council,
    hold_post,
    let_into_wagtail,
    list_entries,
    make_reader,
    through_the_door,
)
from tests.factors import NOON, make_person
from tests.files import PHOTO

WORDS = b"He kept a marmalade guillotine behind the door. " * 4000


def keep(report: IncidentReport, content: bytes = WORDS, name: str = "notes.txt") -> Evidence:
    return add_evidence(
        case_file=report.case_file,
        content=BytesIO(content),
        name=name,
        by=report.reporter,
        at=timezone.now(),
    )


@pytest.fixture
def evidence(report: IncidentReport) -> Evidence:
    """Of a report that waits for a countersignature."""
    kept = keep(report)
    moved(report, ReportState.SUBMITTED)
    return kept


def moved(report: IncidentReport, state: ReportState) -> None:
    report.state, report.submitted_at, report.occurred_on = state, NOON, NOON.date()
    report.save()


def opened(evidence: Evidence, person: Any, **part: int) -> bytes:
    again = Evidence.objects.get(pk=evidence.pk)
    return b"".join(open_evidence(evidence=again, by=person, at=timezone.now(), **part))


def holder(council: Council, kind: PostKind) -> Any:
    person = make_person(kind.value)
    hold_post(council, person, kind)
    brief(council, person)
    return person


@pytest.mark.clause("A9")
def test_decider_reads_what_was_added_and_that_is_recorded(
    council: Council, evidence: Evidence
) -> None:
    assert opened(evidence, council.owner) == WORDS

    line = AccessRecord.objects.get(act=Act.READ_EVIDENCE)
    assert (line.user, line.reference) == (council.owner, evidence.case_file.report.reference)
    assert line.register == council.register


@pytest.mark.clause("A9")
@pytest.mark.parametrize(
    "kind",
    [
        PostKind.HEALTH_AND_SAFETY,
        PostKind.HEAD_OF_SERVICE,
        PostKind.DIRECTOR,
    ],
)
def test_countersigners_and_the_safety_officer_open_it(
    council: Council, evidence: Evidence, kind: PostKind
) -> None:
    assert opened(evidence, holder(council, kind)) == WORDS


@pytest.mark.parametrize(
    "kind",
    [
        PostKind.PANEL_CHAIR,
        PostKind.PANEL_MEMBER,
        PostKind.DATA_PROTECTION,
        PostKind.CMT_MEMBER,
        PostKind.ADMINISTRATOR,
        PostKind.LEGAL_SERVICES,
    ],
)
def test_other_posts_do_not(council: Council, evidence: Evidence, kind: PostKind) -> None:
    with pytest.raises(NotYourPost):
        opened(evidence, holder(council, kind))

    assert not AccessRecord.objects.filter(act=Act.READ_EVIDENCE).exists()


def test_readers_of_the_register_do_not(council: Council, evidence: Evidence) -> None:
    with pytest.raises(NotYourPost):
        opened(evidence, make_reader(council))


@pytest.mark.parametrize(
    "state", [ReportState.DRAFT, ReportState.RETURNED, ReportState.COUNTERSIGNED]
)
def test_countersigner_opens_it_only_while_the_report_waits_for_that(
    council: Council, evidence: Evidence, report: IncidentReport, state: ReportState
) -> None:
    head = holder(council, PostKind.HEAD_OF_SERVICE)
    assert opened(evidence, head) == WORDS
    moved(report, state)

    with pytest.raises(NotYourPost):
        opened(evidence, head)


def test_owner_of_another_register_does_not(evidence: Evidence) -> None:
    stranger = found_council(slug="other", prefix="OTH").owner

    with pytest.raises(NotYourPost):
        opened(evidence, stranger)


def test_lapsed_briefing_suspends_the_decider(council: Council, evidence: Evidence) -> None:
    Briefing.objects.filter(user=council.owner).delete()

    with pytest.raises(BriefingLapsed):
        opened(evidence, council.owner)


def test_hearer_of_an_open_appeal_opens_it(council: Council, evidence: Evidence) -> None:
    (entry,) = list_entries(council)
    CaseFile.objects.filter(pk=evidence.case_file_id).update(joined_to=entry.case_file)
    hearer, other = holder(council, PostKind.CMT_MEMBER), make_person("other-of-cmt")
    hold_post(council, other, PostKind.CMT_MEMBER, as_deputy=True)
    appeal = lodge(entry)
    Hearer.objects.create(appeal=appeal, user=hearer, named_at=NOON)

    assert opened(evidence, hearer) == WORDS
    with pytest.raises(NotYourPost):
        opened(evidence, other)
    Appeal.objects.update(state=AppealState.WITHDRAWN)
    with pytest.raises(NotYourPost):
        opened(evidence, hearer)


def lodge(entry: Entry) -> Appeal:
    return Appeal.objects.create(
        reference="APL-2026-0001",
        case_file=entry.case_file,
        entry=entry,
        lodged_on=NOON.date(),
        decide_by=NOON.date(),
        recorded_at=NOON,
        grounds="It was not me.",
    )


def test_object_put_in_place_of_another_does_not_open(
    council: Council, report: IncidentReport, storage: Path
) -> None:
    first, second = keep(report), keep(report, PHOTO)
    ours, theirs = storage / first.object_name, storage / second.object_name
    moved(report, ReportState.SUBMITTED)
    ours.write_bytes(theirs.read_bytes())

    assert opened(second, council.owner) == PHOTO
    with pytest.raises(CannotOpen):
        opened(first, council.owner)


def test_object_that_is_gone_is_said_in_words(
    council: Council, evidence: Evidence, storage: Path
) -> None:
    (storage / evidence.object_name).unlink()

    with pytest.raises(NotStored, match="not in the storage"):
        opened(evidence, council.owner)


def test_part_is_opened_alone(council: Council, evidence: Evidence) -> None:
    assert opened(evidence, council.owner, start=70_000, stop=70_100) == WORDS[70_000:70_100]


def url_of(evidence: Evidence) -> str:
    return reverse("cautionary_evidence", args=[evidence.pk])


@pytest.fixture
def owner(council: Council) -> Client:
    let_into_wagtail(council.owner)
    return through_the_door(council.owner)


@pytest.mark.clause("A9")
def test_browser_gets_a_download_that_nothing_runs(
    owner: Client, evidence: Evidence, report: IncidentReport
) -> None:
    response = owner.get(url_of(evidence))

    assert b"".join(response.streaming_content) == WORDS  # type: ignore[attr-defined]
    disposition = f'attachment; filename="{report.reference}-1.txt"'
    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert (response["Content-Type"], response["Content-Length"]) == (
        "text/plain",
        str(len(WORDS)),
    )


@pytest.mark.parametrize(
    ("asked", "expected", "told"),
    [
        ("bytes=0-9", slice(0, 10), "bytes 0-9/192000"),
        ("bytes=65530-65550", slice(65_530, 65_551), "bytes 65530-65550/192000"),
        ("bytes=191990-", slice(191_990, None), "bytes 191990-191999/192000"),
        ("bytes=191990-999999", slice(191_990, None), "bytes 191990-191999/192000"),
        ("bytes=-5", slice(-5, None), "bytes 191995-191999/192000"),
    ],
)
def test_browser_gets_the_part_that_it_asks_for(
    owner: Client, evidence: Evidence, asked: str, expected: slice, told: str
) -> None:
    response = owner.get(url_of(evidence), headers={"Range": asked})

    assert b"".join(response.streaming_content) == WORDS[expected]  # type: ignore[attr-defined]
    assert (response.status_code, response["Content-Range"]) == (206, told)


@pytest.mark.parametrize("asked", ["bytes=192000-", "bytes=-", "bytes=9-3"])
def test_part_that_is_not_there(owner: Client, evidence: Evidence, asked: str) -> None:
    response = owner.get(url_of(evidence), headers={"Range": asked})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */192000")
    assert not AccessRecord.objects.filter(act=Act.READ_EVIDENCE).exists()


def test_what_is_no_range_is_answered_whole(owner: Client, evidence: Evidence) -> None:
    response = owner.get(url_of(evidence), headers={"Range": "bytes=0-1,5-6"})

    assert response.status_code == 200
    assert response["Content-Length"] == str(len(WORDS))


@pytest.mark.django_db(transaction=True)
def test_names_of_downloads_count_up(council: Council, storage: Path) -> None:
    report = draft(council, make_person("fieldworker"))
    let_into_wagtail(council.owner)
    owner = through_the_door(council.owner)
    kept = [keep(report, PHOTO) for _time in range(3)]
    remove_evidence(evidence=kept[0], by=report.reporter, at=timezone.now())
    moved(report, ReportState.SUBMITTED)

    names = [owner.get(url_of(each))["Content-Disposition"] for each in kept[1:]]

    assert [name.rpartition("=")[2] for name in names] == [
        f'"{report.reference}-1.jpg"',
        f'"{report.reference}-2.jpg"',
    ]


def test_missing_object_and_altered_object_have_their_pages(
    owner: Client, evidence: Evidence, storage: Path
) -> None:
    kept = storage / evidence.object_name
    kept.write_bytes(kept.read_bytes()[:-1])
    assert owner.get(url_of(evidence)).status_code == 503
    kept.unlink()
    assert owner.get(url_of(evidence)).status_code == 409


def test_nobody_else_gets_a_byte(council: Council, evidence: Evidence) -> None:
    reader = make_reader(council)
    let_into_wagtail(reader)

    response = through_the_door(reader).get(url_of(evidence))

    assert response.status_code == 403
    assert b"marmalade" not in response.content


def test_evidence_of_a_draft_is_nobodys_yet(report: IncidentReport, council: Council) -> None:
    evidence = keep(report)

    with pytest.raises(NotYourPost):
        open_evidence(evidence=evidence, by=council.owner, at=timezone.now())
