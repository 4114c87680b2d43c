"""Each day somebody outside is told where the access record ends (L5)."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from cautionary_plugin.access.chain import verify
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.anchoring import anchor_record
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.checks import check_anchors
from cautionary_plugin.models import AccessAnchor, AccessRecord, MailKind, OutboxMessage
from cautionary_plugin.rules.chain import Anchor
from cautionary_plugin.rules.errors import ChainBroken, NotAnchored
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.council import found_council, hold_post
from tests.factors import NOON, make_person
from tests.races import race, refusals

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L5")]

DAY = timedelta(days=1)
BUCKET = "anchors"


@pytest.fixture
def officer() -> Any:
    """A data protection officer with an address, and three lines in the record."""
    council = found_council()
    officer = make_person("dpo")
    hold_post(council, officer, PostKind.DATA_PROTECTION)
    return officer


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """A storage outside, instead of mail."""
    settings.STORAGES = settings.STORAGES | {
        BUCKET: {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    settings.CAUTIONARY_ANCHOR_STORAGE = BUCKET
    return tmp_path


def test_data_protection_officer_is_told_number_and_digest(officer: Any) -> None:
    anchor = anchor_record(at=NOON)
    assert anchor

    deliver(at=NOON)

    last = AccessRecord.objects.order_by("number").last()
    [message] = [each for each in mail.outbox if "where the access record ends" in each.subject]
    assert message.to == ["dpo@example.gov.uk"]
    assert last
    assert f"\n\n{last.number}:{last.digest}\n\n" in message.body
    assert Anchor.parse(str(anchor)) == verify().end


def test_each_day_is_told_once(officer: Any) -> None:
    anchor_record(at=NOON)

    assert anchor_record(at=NOON + timedelta(hours=2)) is None
    record(act=Act.VIEWED, by=officer, at=NOON + DAY)
    tomorrow = anchor_record(at=NOON + DAY)

    assert tomorrow
    assert tomorrow.number == AccessRecord.objects.count()
    assert OutboxMessage.objects.filter(kind=MailKind.ANCHOR).count() == 2


def test_owner_gets_none_but_fixed_addresses_do(officer: Any, settings: Any) -> None:
    settings.CAUTIONARY_ALERT_ADDRESSES = ["audit@example.gov.uk"]

    anchor_record(at=NOON)

    told = OutboxMessage.objects.filter(kind=MailKind.ANCHOR).values_list("to", flat=True)
    assert set(told) == {officer.pk, None}


def test_anchor_that_nobody_could_be_told_waits_for_the_next_run(officer: Any) -> None:
    type(officer).objects.filter(pk=officer.pk).update(email="")
    with pytest.raises(NotAnchored, match="appoint a data protection officer"):
        anchor_record(at=NOON)
    type(officer).objects.filter(pk=officer.pk).update(email="dpo@example.gov.uk")

    anchor_record(at=NOON + DAY)

    assert [anchor.told_at for anchor in AccessAnchor.objects.all()] == [NOON + DAY] * 2
    assert OutboxMessage.objects.filter(kind=MailKind.ANCHOR).count() == 2


def test_site_without_a_line_has_nothing_to_anchor() -> None:
    assert anchor_record(at=NOON) is None


def test_storage_holds_the_anchor_of_each_day(officer: Any, folder: Path) -> None:
    anchor = anchor_record(at=NOON)

    stored = folder / "access-record" / "2026-12-02.txt"
    assert stored.read_text() == f"{anchor}\n"
    assert not OutboxMessage.objects.filter(kind=MailKind.ANCHOR).exists()


def test_storage_that_does_not_answer_is_told_and_tried_again(officer: Any, folder: Path) -> None:
    (folder / "access-record").write_text("a file where a folder should be")
    out = StringIO()
    call_command("cautionary_daily", stdout=out)
    assert "Attention: The storage for anchors did not take that of" in out.getvalue()

    (folder / "access-record").unlink()
    out = StringIO()
    call_command("cautionary_daily", stdout=out)

    assert "Told outside where the access record ends" in out.getvalue()
    assert len(list((folder / "access-record").iterdir())) == 1


def test_anchors_that_the_database_keeps_are_looked_at_too(officer: Any) -> None:
    anchor_record(at=NOON)
    AccessAnchor.objects.update(digest="ab" * 32)

    with pytest.raises(ChainBroken, match="told outside"):
        verify()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_tell_once(officer: Any) -> None:
    outcomes = race(*[lambda: anchor_record(at=NOON)] * 2)

    assert refusals(outcomes) == []
    assert OutboxMessage.objects.filter(kind=MailKind.ANCHOR).count() == 1


def test_alias_that_is_no_storage_is_an_error(settings: Any) -> None:
    assert check_anchors() == []
    settings.CAUTIONARY_ANCHOR_STORAGE = "nowhere"

    [problem] = check_anchors()

    assert problem.id == "cautionary_plugin.E007"
