"""Each service in an audience has a reason, from the decision on and whenever it changes (L1)."""

from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.entries import view_entry
from cautionary_plugin.actions.sharing.audience import change_audience, reasons_of
from cautionary_plugin.models import AccessRecord, AudienceReason, Entry
from cautionary_plugin.rules.audience import View
from cautionary_plugin.rules.errors import BadInput, IllegalMove, NotYourPost
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, Purpose
from tests.council import Council, found_council, hold_post, make_reader
from tests.factors import make_person
from tests.life import entered

pytestmark = pytest.mark.django_db

WHY = "They call about arrears every month."


@pytest.fixture
def council() -> Council:
    return found_council()


def change(council: Council, entry: Entry, reasons: Any, *, by: Any = None) -> Entry:
    return change_audience(entry=entry, reasons=reasons, by=by or council.owner, at=timezone.now())


@pytest.mark.clause("L1")
def test_decision_gives_each_service_its_reason(council: Council) -> None:
    entry = entered(council)

    assert reasons_of(entry) == {council.housing: "Housing officers visit the address."}
    assert AudienceReason.objects.get().given_by == council.owner


@pytest.mark.clause("L1")
def test_change_takes_effect_on_what_readers_see(council: Council, entry: Entry) -> None:
    reader = make_reader(council, service=council.revenues)

    def seen() -> View:
        told = {"reference": entry.reference, "purpose": Purpose.PHONE_CALL}
        return view_entry(**told, by=reader, at=timezone.now())[1]  # type: ignore[arg-type]

    assert seen() == View.SAFETY  # found all the same, with what keeps them safe
    change(council, entry, {council.revenues: WHY, council.housing: "They visit the address."})
    assert seen() == View.SERVICE
    change(council, entry, {council.housing: "They visit the address."})
    assert seen() == View.SAFETY
    assert reasons_of(entry) == {council.housing: "They visit the address."}


@pytest.mark.clause("L1")
def test_change_is_in_the_access_record(council: Council, entry: Entry) -> None:
    change(council, entry, {council.housing: WHY})

    line = AccessRecord.objects.get(act=Act.AUDIENCE)
    assert (line.user, line.reference, line.register) == (
        council.owner,
        entry.reference,
        council.register,
    )


@pytest.mark.clause("A44")
def test_nobody_but_the_owner_changes_it(council: Council, entry: Entry) -> None:
    for kind in (PostKind.ADMINISTRATOR, PostKind.DATA_PROTECTION, PostKind.HEALTH_AND_SAFETY):
        person = make_person(kind.value)
        hold_post(council, person, kind)
        with pytest.raises(NotYourPost):
            change(council, entry, {council.housing: WHY}, by=person)


@pytest.mark.clause("L1")
def test_audience_of_nobody_or_without_reasons_is_refused(council: Council, entry: Entry) -> None:
    for reasons in ({}, {council.housing: "Yes"}):
        with pytest.raises(BadInput):
            change(council, entry, reasons)


def test_entry_that_is_over_has_no_audience_to_change(council: Council, entry: Entry) -> None:
    Entry.objects.update(expires_at=timezone.now())

    with pytest.raises(IllegalMove):
        change(council, entry, {council.housing: WHY})
