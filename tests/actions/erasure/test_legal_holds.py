"""A legal hold stops erasure visibly, and only while it lasts (L13)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.erasure import erase_due, erase_file
from cautionary_plugin.models import CaseFile, DeletionCertificate, LegalHold
from cautionary_plugin.rules.errors import NotNow
from tests.actions.erasure.files import DAY, NOW, YEAR, expired
from tests.council import Council
from tests.whole_files import open_file, secrets


@pytest.mark.clause("L13")
def test_legal_hold_stops_it_visibly_until_it_ends(council: Council) -> None:
    file = expired(council).case_file
    hold = {"placed_at": NOW - DAY, "ends_on": timezone.localdate(NOW + 9 * DAY)}
    LegalHold.objects.create(case_file=file, **hold, **secrets(LegalHold))

    erased = erase_due(at=NOW)

    assert (erased.files, erased.held) == (0, 1)
    with pytest.raises(NotNow):
        erase_file(file, at=NOW)
    assert erase_due(at=NOW + 9 * DAY).files == 1
    assert DeletionCertificate.objects.get().removed["rows"]["LegalHold"] == 1


def test_hold_on_what_was_joined_stops_it_too(council: Council) -> None:
    entry = expired(council)
    joined = open_file(NOW - YEAR)
    CaseFile.objects.filter(pk=joined.pk).update(joined_to=entry.case_file)
    LegalHold.objects.create(
        case_file=joined,
        placed_at=NOW,
        ends_on=timezone.localdate(NOW + DAY),
        **secrets(LegalHold),
    )

    assert erase_due(at=NOW).held == 1
