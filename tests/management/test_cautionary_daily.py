"""What cron does every day."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from cautionary_plugin.models import (
    CaseFile,
    DeletionCertificate,
    Entry,
    FollowUpAction,
    MailKind,
    OutboxMessage,
    SinglePointOfContact,
)
from cautionary_plugin.rules.retention import Cause
from cautionary_plugin.rules.vocabulary import CaseKind
from cautionary_plugin.sealing.journal import get_journal
from tests.council import found_council
from tests.factors import make_person
from tests.panel import found_panel, planned
from tests.panel_items import panel_entry
from tests.schedule import arranged
from tests.storages import FOLDER, keep_evidence_in
from tests.whole_files import whole_file

pytestmark = pytest.mark.django_db


def test_mail_that_waits_is_delivered_once() -> None:
    OutboxMessage.objects.create(
        kind=MailKind.EMERGENCY,
        to=make_person("owner"),
        reference="CPR",
        queued_at=timezone.now() - timedelta(hours=1),
    )
    said = StringIO()

    for _twice in range(2):
        call_command("cautionary_daily", stdout=said)

    assert [message.to for message in mail.outbox] == [["owner@example.gov.uk"]]
    assert "Delivered 1 messages." in said.getvalue()
    assert "Delivered 0 messages." in said.getvalue()


def test_entry_ends_and_is_erased_by_the_same_run(settings: Any, tmp_path: Path) -> None:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path})
    council, now = found_council(), timezone.now()
    whole_file(council, at=now - timedelta(days=365), expires_at=now - timedelta(days=10))
    said = StringIO()

    call_command("cautionary_daily", stdout=said)

    assert "Ended 1 entries whose term was over." in said.getvalue()
    assert "Erased 1 files." in said.getvalue()
    assert DeletionCertificate.objects.get().cause == Cause.EXPIRED
    assert not CaseFile.objects.exists()


@pytest.mark.clause("B4", "B52")
def test_entry_of_the_panel_comes_on_the_agenda_before_it_ends(
    settings: Any, tmp_path: Path
) -> None:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path})
    panel, now = found_panel(), timezone.now()
    entry = panel_entry(panel)
    meeting = planned(panel)
    call_command("cautionary_daily", stdout=StringIO())
    assert not meeting.items.exists()

    Entry.objects.update(expires_at=now + timedelta(days=30))
    said = StringIO()
    call_command("cautionary_daily", stdout=said)

    [item] = meeting.items.all()
    assert (item.case.kind, item.case.entry) == (CaseKind.RENEWAL, entry)
    assert "Put 1 renewals before the panel." in said.getvalue()


@pytest.mark.clause("B27", "B40")
def test_what_the_panel_arranged_and_asked_is_looked_after_every_day(
    settings: Any, tmp_path: Path
) -> None:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path})
    panel, now = found_panel(), timezone.now()
    arrangement = arranged(panel)
    SinglePointOfContact.objects.update(starts_on=timezone.localdate(now) - timedelta(days=400))
    colleague = make_person("desk-manager")
    FollowUpAction.objects.create(
        case_file=arrangement.case_file,
        case=arrangement.case,
        colleague=colleague,
        what="Move the appointments to the other counter.",
        due_on=timezone.localdate(now) - timedelta(days=2),
        noted_by=panel.clerk,
        noted_at=now - timedelta(days=9),
    )

    call_command("cautionary_daily", stdout=StringIO())

    arrangement.refresh_from_db()
    assert arrangement.ended_at is not None
    assert OutboxMessage.objects.filter(kind=MailKind.FOLLOW_UP, to=colleague).count() == 1


def test_job_that_fails_keeps_none_of_the_others_back(settings: Any, tmp_path: Path) -> None:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path})
    get_journal().path.write_bytes(b"no journal\n")
    said = StringIO()

    with pytest.raises(CommandError, match="journal"):
        call_command("cautionary_daily", stdout=said)

    assert "Erased 0 lines of the access record." in said.getvalue()
    assert "Retired 0 wrapping keys." in said.getvalue()
