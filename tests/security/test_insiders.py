"""People of the house who want what they must not get: each of these was tried for real."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.people import find_colleague, name_of
from cautionary_plugin.actions.check import check_register
from cautionary_plugin.actions.enrolment import (
    issue_enrolment_code,
    reset_at_console,
    reset_second_factor,
)
from cautionary_plugin.actions.legacy import dry_run
from cautionary_plugin.actions.legacy.files import Row
from cautionary_plugin.actions.posts import (
    accept_appointment,
    name_first_owner,
    propose_appointment,
)
from cautionary_plugin.actions.second_factor import renew_recovery_codes
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import AccessRecord, Appointment, RecoverySheet
from cautionary_plugin.rules.errors import AlreadyDone, NotYourPost
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.second_factor import ResetReason
from cautionary_plugin.rules.vocabulary import Act, Purpose
from tests.council import (
    PLANTED,
    Council,
    found_council,
    hold_post,
    list_entries,
    make_reader,
    row,
    through_the_door,
)
from tests.factors import enrol, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(db: None) -> Council:
    return found_council()


@pytest.mark.clause("L5")
def test_each_entry_that_a_check_shows_is_recorded_with_its_reference(council: Council):
    (entry,) = list_entries(council)
    officer, now = make_reader(council), timezone.now()

    check_register(
        question=Question(anything="thaddeus quimberly gantry mews"),
        purpose=Purpose.HOME_VISIT,
        by=officer,
        at=now,
    )

    line = AccessRecord.objects.get(act=Act.SHOWN)
    assert (line.user, line.reference, line.purpose) == (officer, entry.reference, "home_visit")


@pytest.mark.clause("L5")
def test_dry_run_of_a_list_is_recorded_with_how_many_are_known(council: Council):
    list_entries(council)
    rows = [Row(2, row()), Row(3, row(name="Nobody Known"))]

    dry_run(rows, register=council.register, by=council.owner, at=timezone.now())

    line = AccessRecord.objects.get(act=Act.DRY_RUN)
    assert line.screen == "2 rows, 1 on the register already"
    assert PLANTED not in str(vars(line))


def test_manager_may_not_touch_the_phone_of_a_weighty_post(council: Council):
    manager, safety = make_person("manager"), make_person("safety")
    hold_post(council, manager, PostKind.OPERATIONS_MANAGER)
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    enrol(council.owner)
    now = timezone.now()

    with pytest.raises(NotYourPost):
        reset_second_factor(for_user=council.owner, by=manager, at=now, reason=ResetReason.LOST)
    with pytest.raises(NotYourPost):
        issue_enrolment_code(for_user=safety, by=manager, at=now)
    assert issue_enrolment_code(for_user=safety, by=council.owner, at=now)
    assert issue_enrolment_code(for_user=make_person("officer"), by=manager, at=now)


def test_person_and_owners_are_told_when_a_phone_is_taken_out_of_use(
    council: Council, django_capture_on_commit_callbacks: Any
):
    officer = make_person("officer")
    enrol(officer)

    with django_capture_on_commit_callbacks(execute=True):
        reset_at_console(for_user=officer, at=timezone.now())

    (to_officer,) = [message for message in mail.outbox[-2:] if message.to == [officer.email]]
    assert {address for message in mail.outbox[-2:] for address in message.to} == {
        officer.email,
        council.owner.email,
    }
    assert officer.username not in to_officer.body


def test_recovery_code_makes_no_new_recovery_codes(council: Council):
    officer = make_reader(council)
    sheet = enrol(officer).codes
    client = through_the_door(officer)
    client.post(reverse("cautionary:second_factor_recovery"), {"code": sheet[0]})

    response = client.post(reverse("cautionary:renew_recovery_codes"))

    assert response.status_code == 403
    assert RecoverySheet.objects.get(user=officer).codes.filter(used_at=None).count() == 9


def test_renewal_ends_the_sessions_of_the_old_sheet(council: Council):
    officer = make_reader(council)
    sheet = enrol(officer).codes
    thief = through_the_door(officer)
    thief.post(reverse("cautionary:second_factor_recovery"), {"code": sheet[0]})
    assert thief.get(reverse("cautionary:check")).status_code == 200

    renew_recovery_codes(user=officer, at=timezone.now())

    assert thief.get(reverse("cautionary:check")).status_code == 302


def test_user_name_goes_before_an_address_that_somebody_has_claimed(db: None):
    trainer = make_person("trainer")
    type(trainer)._default_manager.filter(pk=trainer.pk).update(email="newcomer")
    newcomer = make_person("newcomer")

    assert find_colleague("newcomer") == newcomer


def test_name_on_the_screen_carries_the_user_name(db: None):
    twin = make_person("trainer")
    twin.first_name, twin.last_name = "Priya", "Lund"

    assert name_of(twin) == "Priya Lund (trainer)"


def test_proposal_of_somebody_who_may_no_longer_appoint_cannot_be_accepted(council: Council):
    deputy, member = make_person("deputy"), make_person("member")
    post = council.register.posts.get(kind=PostKind.OWNER)
    now, today = timezone.now(), timezone.localdate()
    proposed = propose_appointment(
        post=post, user=deputy, starts_on=today, as_deputy=True, by=council.owner, at=now
    )
    accept_appointment(appointment=proposed, by=deputy, at=now)
    pending = propose_appointment(
        post=post, user=member, starts_on=today, as_deputy=True, by=deputy, at=now
    )
    Appointment.objects.filter(user=deputy).update(ended_at=now)

    with pytest.raises(NotYourPost):
        accept_appointment(appointment=pending, by=member, at=now)


def test_proposals_stand_on_the_people_screen_where_they_can_be_ended(council: Council):
    post = council.register.posts.get(kind=PostKind.OWNER)
    propose_appointment(
        post=post,
        user=make_person("hopeful"),
        starts_on=timezone.localdate() + timedelta(days=5),
        by=council.owner,
        at=timezone.now(),
    )

    page = through_the_door(council.owner).get(reverse("cautionary:people")).content.decode()

    assert "hopeful" in page
    assert "waits for acceptance" in page


def test_console_names_an_owner_where_the_last_one_is_gone(council: Council):
    post = council.register.posts.get(kind=PostKind.OWNER)
    heir, now = make_person("heir"), timezone.now()
    with pytest.raises(AlreadyDone):
        name_first_owner(post=post, user=heir, at=now)

    council.owner.delete()

    assert name_first_owner(post=post, user=heir, at=now).user == heir
