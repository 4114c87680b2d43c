"""Two at one button of a divert or an arrangement: one winner, and the other is told."""

from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.contact.arranging import delegate, replace_arrangement
from cautionary_plugin.actions.contact.diverts import end_divert, prepare_divert, request_divert
from cautionary_plugin.actions.contact.mail_rules import switch_off, switch_on
from cautionary_plugin.models import EmailDivert, MailKind, OutboxMessage, SinglePointOfContact
from cautionary_plugin.rules.errors import CautionaryError
from cautionary_plugin.rules.states import DivertState
from tests.factors import make_person
from tests.panel import Panel
from tests.races import race, refusals
from tests.schedule import (
    CUSTOMER,
    active_divert,
    arranged,
    councillor_asked,
    customer_told,
    prepared_divert,
    requested_divert,
    spoc_terms,
)

pytestmark = pytest.mark.django_db(transaction=True)


def _fresh(divert: EmailDivert) -> EmailDivert:
    found: EmailDivert = EmailDivert.objects.get(pk=divert.pk)
    return found


def test_divert_is_prepared_once(panel: Panel) -> None:
    arrangement = arranged(panel)

    def prepare() -> Any:
        return prepare_divert(
            arrangement=SinglePointOfContact.objects.get(pk=arrangement.pk),
            addresses=[CUSTOMER],
            reasons="He writes to forty members of staff a day.",
            by=panel.clerk,
            at=timezone.now(),
        )

    assert refusals(race(prepare, prepare)) == ["AlreadyDone"]
    assert EmailDivert.objects.count() == 1


def test_divert_is_switched_on_once(panel: Panel) -> None:
    divert = requested_divert(panel)
    seen = divert.requested_at
    assert seen

    def switch() -> Any:
        return switch_on(divert=_fresh(divert), seen=seen, by=panel.mail, at=timezone.now())

    assert refusals(race(switch, switch)) == ["IllegalMove"]
    assert _fresh(divert).state == DivertState.ACTIVE


def test_divert_that_ends_while_it_is_switched_on_is_never_left_on(panel: Panel) -> None:
    divert = requested_divert(panel)
    seen = divert.requested_at
    assert seen
    outcomes = race(
        lambda: switch_on(divert=_fresh(divert), seen=seen, by=panel.mail, at=timezone.now()),
        lambda: end_divert(divert=_fresh(divert), by=panel.clerk, at=timezone.now()),
    )
    switched = not isinstance(outcomes[0], CautionaryError)
    assert not isinstance(outcomes[1], CautionaryError)
    expected = DivertState.ENDING if switched else DivertState.ENDED
    assert _fresh(divert).state == expected


def test_delegation_while_it_is_switched_on_is_never_lost(panel: Panel) -> None:
    divert = requested_divert(panel)
    seen, arrangement, to = divert.requested_at, divert.arrangement, make_person("dunnock")
    assert seen
    race(
        lambda: switch_on(divert=_fresh(divert), seen=seen, by=panel.mail, at=timezone.now()),
        lambda: delegate(
            arrangement=SinglePointOfContact.objects.get(pk=arrangement.pk),
            to=to,
            contact="Peregrine Dunnock, Locality Lead",
            email="peregrine.dunnock@example.gov.uk",
            by=arrangement.officer,
            at=timezone.now(),
        ),
    )
    assert _fresh(divert).state == DivertState.REQUESTED  # whoever came first


def test_divert_is_switched_off_once(panel: Panel) -> None:
    divert = active_divert(panel)
    end_divert(divert=divert, by=panel.clerk, at=timezone.now())

    def switch() -> Any:
        return switch_off(divert=_fresh(divert), by=panel.mail, at=timezone.now())

    assert refusals(race(switch, switch)) == ["IllegalMove"]


def test_divert_is_asked_for_once(panel: Panel) -> None:
    divert = prepared_divert(panel)
    customer_told(divert)
    divert.no_councillors = "He lives outside the borough."
    divert.save()

    def ask() -> Any:
        return request_divert(divert=_fresh(divert), by=panel.clerk, at=timezone.now())

    assert refusals(race(ask, ask)) == ["IllegalMove"]
    assert OutboxMessage.objects.filter(kind=MailKind.DIVERT).count() == 1


def test_councillor_asked_while_it_is_asked_for_is_waited_for_or_asked_after(panel: Panel) -> None:
    divert = prepared_divert(panel)
    customer_told(divert)
    divert.no_councillors = "He lives outside the borough."
    divert.save()
    outcomes = race(
        lambda: request_divert(divert=_fresh(divert), by=panel.clerk, at=timezone.now()),
        lambda: councillor_asked(panel, _fresh(divert)),
    )
    assert not isinstance(outcomes[1], CautionaryError)
    state = _fresh(divert).state
    waits = isinstance(outcomes[0], CautionaryError)
    assert state == (DivertState.PREPARED if waits else DivertState.REQUESTED)


def test_one_arrangement_stands_after_two_replace_it(panel: Panel) -> None:
    arrangement = arranged(panel)

    def replace() -> Any:
        return replace_arrangement(
            arrangement=SinglePointOfContact.objects.get(pk=arrangement.pk),
            terms=spoc_terms(panel.operations),
            by=panel.clerk,
            at=timezone.now(),
        )

    assert refusals(race(replace, replace)) == ["AlreadyDone"]
    assert SinglePointOfContact.objects.filter(ended_at=None).count() == 1
