"""What cron reminds of, and how often."""

from datetime import timedelta
from typing import Any

import pytest

from cautionary_plugin.access.entry_facts import over_after
from cautionary_plugin.actions.appeals import lodge_appeal, name_hearers
from cautionary_plugin.actions.complaints import record_complaint
from cautionary_plugin.actions.quarterly import list_of_quarter, sign_quarterly_check
from cautionary_plugin.actions.reminders import remind
from cautionary_plugin.actions.reviews import open_review
from cautionary_plugin.models import Appeal, Complaint, Entry, MailKind, OutboxMessage
from tests.entry_with_past import GROUNDS, Scene, set_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return set_scene(ends_in_days=700)


def reminded(scene: Scene, *, days: int = 0) -> set[tuple[str, Any, str]]:
    """Kind, person and reference of what a run so many days later queues."""
    known = set(OutboxMessage.objects.values_list("pk", flat=True))
    remind(at=scene.at + timedelta(days=days))
    new = OutboxMessage.objects.exclude(pk__in=known).select_related("to")
    return {(mail.kind, mail.to, mail.reference) for mail in new}


def sign_quarter(scene: Scene) -> None:
    sign_quarterly_check(
        register=scene.council.register,
        digest=list_of_quarter(scene.council.register, at=scene.at).digest,
        by=scene.director,
        at=scene.at,
    )


@pytest.mark.clause("A30")
def test_owner_is_reminded_of_the_quarter_until_it_is_signed(scene: Scene) -> None:
    owed = {(MailKind.QUARTER_DUE, scene.director, "CPR")}

    assert reminded(scene) == owed
    sign_quarter(scene)
    OutboxMessage.objects.all().delete()
    assert reminded(scene) == set()


@pytest.mark.clause("A31")
def test_owner_and_safety_are_reminded_of_entries_that_nobody_reviews(scene: Scene) -> None:
    sign_quarter(scene)
    Entry.objects.update(expires_at=over_after(scene.today + timedelta(days=9)))

    assert reminded(scene) == {
        (MailKind.REVIEW_DUE, scene.director, "CPR"),
        (MailKind.REVIEW_DUE, scene.safety, "CPR"),
    }
    OutboxMessage.objects.all().delete()
    open_review(entry=scene.entry, by=scene.director, at=scene.at)
    assert reminded(scene) == set()


@pytest.mark.clause("A24")
def test_overdue_appeal_reminds_owner_and_hearers(scene: Scene) -> None:
    sign_quarter(scene)
    appeal = lodge_appeal(
        entry=scene.entry,
        lodged_on=scene.today,
        grounds=GROUNDS,
        by=scene.director,
        at=scene.at,
    )
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.director, at=scene.at)
    assert reminded(scene) == set()

    Appeal.objects.update(decide_by=scene.today - timedelta(days=1))

    due = {(MailKind.APPEAL_DUE, who, appeal.reference) for who in scene.hearers}
    assert reminded(scene) == due | {(MailKind.APPEAL_DUE, scene.director, appeal.reference)}


@pytest.mark.clause("L10")
def test_complaint_that_nobody_acknowledged_reminds_those_who_record_them(scene: Scene) -> None:
    sign_quarter(scene)
    complaint = record_complaint(
        about=scene.entry.reference,
        received_on=scene.today,
        text=GROUNDS,
        by=scene.clerk,
        at=scene.at,
    )
    assert reminded(scene) == set()

    Complaint.objects.update(acknowledge_by=scene.today - timedelta(days=1))

    assert reminded(scene) == {
        (MailKind.APPEAL_DUE, who, complaint.reference) for who in (scene.director, scene.clerk)
    }


@pytest.mark.clause("A30")
def test_reminder_comes_once_a_week(scene: Scene) -> None:
    assert len(reminded(scene)) == 1
    assert [len(reminded(scene, days=days)) for days in (0, 3, 6, 8, 9)] == [0, 0, 0, 1, 0]
