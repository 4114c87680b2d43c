"""Two at one button: one winner, and the other is told; on either database."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.emergency import break_glass
from cautionary_plugin.actions.entries import acknowledge_entry, sign_off_entry
from cautionary_plugin.actions.grants import approve_grant, end_grant, request_grant
from cautionary_plugin.actions.posts import (
    accept_appointment,
    end_appointment,
    name_first_owner,
    propose_appointment,
)
from cautionary_plugin.models import (
    AccessRecord,
    Acknowledgement,
    Appointment,
    EmergencyAccess,
    LookupState,
    Post,
    ReadingGrant,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.council import Council, brief, hold_post, list_entries, make_reader, row
from tests.factors import make_person
from tests.races import race, refusals

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "The duty officer cannot be reached."


@pytest.fixture
def second(council: Council) -> Any:
    """Another who may approve, sign and end."""
    user = make_person("second")
    hold_post(council, user, PostKind.OWNER, as_deputy=True)
    brief(council, user)
    return user


def ask_for(council: Council, user: Any) -> ReadingGrant:
    return request_grant(
        user=user,
        register=council.register,
        service=council.housing,
        job_basis="Visits tenants at home.",
        ends_on=timezone.localdate() + timedelta(days=90),
        by=user,
        at=timezone.now(),
    )


@pytest.mark.clause("A40")
def test_two_approvals_of_one_grant(council: Council, second: Any) -> None:
    grant, now = ask_for(council, make_person()), timezone.now()

    outcomes = race(
        *[lambda: approve_grant(grant=grant, by=council.owner, at=now)] * 2,
        *[lambda: approve_grant(grant=grant, by=second, at=now)] * 2,
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert AccessRecord.objects.filter(act=Act.GRANTED).count() == 2


@pytest.mark.clause("A40")
def test_approval_against_refusal_of_one_grant(council: Council, second: Any) -> None:
    grant, now = ask_for(council, make_person()), timezone.now()

    outcomes = race(
        lambda: approve_grant(grant=grant, by=council.owner, at=now),
        lambda: end_grant(grant=grant, by=second, at=now),
    )

    grant.refresh_from_db()
    assert grant.ended_at == now  # an approval that came first was ended
    assert refusals(outcomes) == ([] if grant.approved_at else ["AlreadyDone"])


def test_one_request_sent_four_times(council: Council) -> None:
    officer = make_person()

    outcomes = race(*[lambda: ask_for(council, officer)] * 4)

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert ReadingGrant.objects.count() == 1


def test_one_proposal_sent_four_times_and_accepted_four_times(council: Council) -> None:
    colleague, now = make_person(), timezone.now()
    post = Post.objects.get(kind=PostKind.OWNER)

    proposed = race(
        *[
            lambda: propose_appointment(
                post=post,
                user=colleague,
                starts_on=timezone.localdate(),
                by=council.owner,
                at=now,
            )
        ]
        * 4
    )
    appointment = Appointment.objects.get(user=colleague)
    accepted = race(
        *[lambda: accept_appointment(appointment=appointment, by=colleague, at=now)] * 4
    )

    assert refusals(proposed) == refusals(accepted) == ["AlreadyDone"] * 3


def test_two_owners_who_end_each_other_leave_one(council: Council, second: Any) -> None:
    first, other = Appointment.objects.order_by("pk")
    now = timezone.now()

    outcomes = race(
        lambda: end_appointment(appointment=first, by=second, at=now),
        lambda: end_appointment(appointment=other, by=council.owner, at=now),
    )

    (refusal,) = refusals(outcomes)
    assert refusal in ("LastOwner", "NotYourPost")
    assert Appointment.objects.filter(ended_at=None).count() == 1


def test_console_names_one_first_owner_though_asked_twice(council: Council) -> None:
    post = Post.objects.get(kind=PostKind.OWNER)
    Appointment.objects.all().delete()
    one, two, now = make_person("one"), make_person("two"), timezone.now()

    outcomes = race(
        lambda: name_first_owner(post=post, user=one, at=now),
        lambda: name_first_owner(post=post, user=two, at=now),
    )

    assert refusals(outcomes) == ["AlreadyDone"]
    assert Appointment.objects.count() == 1


@pytest.mark.clause("L2")
def test_two_signatures_on_one_entry(council: Council, second: Any) -> None:
    safety = make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    brief(council, safety)
    born = date(timezone.localdate().year - 15, 1, 5)
    (held,) = list_entries(council, row(date_of_birth=f"{born:%d/%m/%Y}"))

    outcomes = race(
        *[lambda: sign_off_entry(entry=held, by=second, at=timezone.now())] * 2,
        *[lambda: sign_off_entry(entry=held, by=safety, at=timezone.now())] * 2,
    )

    assert refusals(outcomes) == ["IllegalMove"] * 3
    assert LookupState.objects.get().entries == 1
    assert AccessRecord.objects.filter(act=Act.SIGNED_OFF).count() == 1


@pytest.mark.clause("L12")
def test_four_acknowledgements_of_one_day_are_one(council: Council) -> None:
    (entry,) = list_entries(council)
    officer, now = make_reader(council), timezone.now()

    outcomes = race(*[lambda: acknowledge_entry(reference=entry.reference, by=officer, at=now)] * 4)

    assert refusals(outcomes) == []
    assert Acknowledgement.objects.count() == 1
    assert AccessRecord.objects.filter(act=Act.ACKNOWLEDGED).count() == 1


def test_glass_broken_four_times_at_once_is_one_hour_and_one_alert(council: Council) -> None:
    officer, now = make_person(), timezone.now()

    outcomes = race(
        *[lambda: break_glass(user=officer, register=council.register, reason=REASON, at=now)] * 4
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert EmergencyAccess.objects.count() == 1
