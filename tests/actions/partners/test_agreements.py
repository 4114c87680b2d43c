"""An agreement has both terms and the signed file, and blocks when it has lapsed (A45)."""

from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cautionary_plugin.actions.evidence import reconcile_evidence
from cautionary_plugin.actions.partners import end_agreement, open_agreement
from cautionary_plugin.models import SharingAgreement
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYourPost
from cautionary_plugin.rules.sharing import NO_AGREEMENT
from cautionary_plugin.sealing import objects
from tests.actions.partners.holdings import DAY, missing
from tests.factors import make_person
from tests.partners import SIGNED, Desk, agreed, certified, known

pytestmark = pytest.mark.django_db


@pytest.mark.clause("A45")
@pytest.mark.parametrize("term", ["follows_policy", "indemnifies"])
def test_agreement_without_both_terms_is_none(team: Desk, term: str) -> None:
    partner = known(team)

    with pytest.raises(BadInput) as fault:
        agreed(team, partner, **{term: False})

    assert list(fault.value.problems) == [term]
    agreement = agreed(team, partner)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharingAgreement.objects.filter(pk=agreement.pk).update(**{term: False})


@pytest.mark.clause("A45")
def test_agreement_keeps_the_signed_file_sealed(team: Desk) -> None:
    agreement = agreed(team, known(team))

    with objects.evidence_storage().open(agreement.object_name) as stored:
        assert b"Galloway" not in stored.read()
    content = open_agreement(agreement=agreement, by=team.approver, at=timezone.now())
    assert b"".join(content) == SIGNED
    with pytest.raises(NotYourPost):
        open_agreement(agreement=agreement, by=make_person("nobody"), at=timezone.now())


def test_signed_file_is_no_stray_of_the_storage(team: Desk) -> None:
    agreement = agreed(team, known(team))

    found = reconcile_evidence(at=timezone.now() + 9 * DAY)

    assert (found.removed, found.strays, found.missing) == (0, 0, 0)
    assert objects.evidence_storage().exists(agreement.object_name)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"content": BytesIO(b""), "name": "x.pdf"}, "file"),
        ({"content": BytesIO(b"<svg onload=alert(1)>"), "name": "x.pdf"}, "file"),
        ({"days": 0}, "ends_on"),
        ({"days": -1}, "ends_on"),
        ({"signed_on": timezone.localdate() + 2 * DAY}, "signed_on"),
    ],
    ids=["empty", "svg", "no day", "backwards", "unsigned"],
)
def test_agreement_that_cannot_be_is_refused(team: Desk, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as fault:
        agreed(team, known(team), **facts)
    assert list(fault.value.problems) == [field]
    assert not SharingAgreement.objects.exists()


@pytest.mark.clause("A45")
def test_lapsed_or_ended_agreement_blocks(team: Desk) -> None:
    partner = known(team)
    certified(team, partner)
    assert missing(partner) == [NO_AGREEMENT]
    agreement = agreed(team, partner, days=30)
    assert missing(partner) == []

    assert missing(partner, at=timezone.now() + 30 * DAY) == [NO_AGREEMENT]
    end_agreement(agreement=agreement, by=team.keeper, at=timezone.now())
    assert missing(partner) == [NO_AGREEMENT]
    with pytest.raises(AlreadyDone):
        end_agreement(agreement=agreement, by=team.keeper, at=timezone.now())
