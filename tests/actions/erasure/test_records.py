"""The access record and the delivered mail are kept for their time, and no longer."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

import cautionary_plugin
from cautionary_plugin.access.chain import verify
from cautionary_plugin.actions.access_chain import link_lines
from cautionary_plugin.actions.erasure import erase_delivered_mail, erase_old_records, records
from cautionary_plugin.models import (
    AccessChain,
    AccessRecord,
    EmergencyAccess,
    MailKind,
    OutboxMessage,
)
from cautionary_plugin.rules.errors import ChainBroken
from cautionary_plugin.rules.vocabulary import Act
from tests.council import Council
from tests.records import empty_the_record
from tests.whole_files import secrets

NOW = timezone.now()
DAY = timedelta(days=1)


def lines(*days: int) -> list[AccessRecord]:
    """Lines of so many days ago, the only ones; they were written in this order."""
    empty_the_record()
    AccessRecord.objects.bulk_create(
        AccessRecord(at=NOW - number * DAY, act=Act.CHECKED) for number in days
    )
    return list(AccessRecord.objects.filter(act=Act.CHECKED).order_by("at"))


@pytest.mark.clause("A34")
def test_lines_are_kept_for_two_years(council: Council) -> None:
    oldest, *younger = lines(731, 730, 1)

    assert erase_old_records(at=NOW) == 1

    assert list(AccessRecord.objects.filter(act=Act.CHECKED).order_by("at")) == younger
    assert not AccessRecord.objects.filter(pk=oldest.pk).exists()


def test_time_is_a_setting_and_many_go_in_batches(
    council: Council, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CAUTIONARY_KEEP_ACCESS_RECORDS_DAYS = 10
    monkeypatch.setattr(records, "BATCH", 2)
    lines(15, 14, 13, 12, 11, 9)

    assert erase_old_records(at=NOW) == 5


@pytest.mark.clause("A34")
@pytest.mark.clause("L5")
def test_chain_is_whole_when_its_oldest_lines_are_erased(council: Council) -> None:
    lines(900, 800, 700, 2)
    link_lines()
    before = verify()

    erase_old_records(at=NOW)

    after = verify()
    assert (before.first, before.lines, after.lines) == (after.first - 2, 4, 2)
    assert after.end == before.end


def test_line_that_an_older_clock_wrote_waits_for_the_one_before(council: Council) -> None:
    """The chain has no holes: what is kept goes on from what was erased last."""
    lines(900, 10, 800)

    assert erase_old_records(at=NOW) == 1
    assert verify().lines == 2
    assert erase_old_records(at=NOW + 800 * DAY) == 2


def test_tail_that_is_erased_cannot_be_written_anew(council: Council) -> None:
    lines(900, 10)
    erase_old_records(at=NOW)
    AccessChain.objects.update(erased_digest="ab" * 32)

    with pytest.raises(ChainBroken):
        verify()


def test_record_is_append_only_in_every_other_way(council: Council) -> None:
    lines(800)

    for attempt in (
        AccessRecord.objects.filter(at__lt=NOW).delete,
        AccessRecord.objects.first().delete,  # type: ignore[union-attr]
        lambda: AccessRecord.objects.update(act=Act.VIEWED),
    ):
        with pytest.raises(TypeError):
            attempt()


def test_nothing_but_the_erasing_takes_the_way_out() -> None:
    root = Path(cautionary_plugin.__file__).parent
    using = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if re.search(r"\b(erase_up_to|erase_tail)\(", path.read_text())
    }

    assert using == {
        "models/access.py",
        "actions/access_chain.py",
        "actions/erasure/records.py",
    }


def test_reasons_of_emergency_access_go_with_the_record(council: Council) -> None:
    for days in (740, 20):
        EmergencyAccess.objects.create(
            register=council.register,
            opened_at=NOW - days * DAY - timedelta(hours=1),
            ends_at=NOW - days * DAY,
            **secrets(EmergencyAccess),
        )

    erase_old_records(at=NOW)

    assert EmergencyAccess.objects.get().ends_at == NOW - 20 * DAY


def test_delivered_mail_is_kept_for_thirty_days_and_waiting_mail_stays(council: Council) -> None:
    for sent in (NOW - 31 * DAY, NOW - 29 * DAY, None):
        OutboxMessage.objects.create(
            kind=MailKind.DECIDE, to=council.owner, queued_at=NOW - 40 * DAY, sent_at=sent
        )

    assert erase_delivered_mail(at=NOW) == 1
    assert OutboxMessage.objects.count() == 2
