"""The console sets a site up, once, and may be run again (A5, B5)."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import Appointment, EnrolmentCode, Register, Service
from cautionary_plugin.rules.posts import PostKind, powers_of
from cautionary_plugin.rules.vocabulary import Route
from cautionary_plugin.sealing.keyrings import get_keyring
from tests.factors import enrol, make_person

pytestmark = pytest.mark.django_db


def set_up(**options: Any) -> str:
    said = StringIO()
    call_command("cautionary_setup", stdout=said, **({"owner": "director"} | options))
    return said.getvalue()


@pytest.fixture
def director() -> Any:
    return make_person("director")


@pytest.mark.clause("A5")
def test_owner_is_named_with_a_code_and_told_what_is_missing(director: Any) -> None:
    said = set_up()

    standing = standing_of(director, at=timezone.now())
    assert standing.powers(Register.objects.get()) == powers_of(PostKind.OWNER)
    assert not standing.may_read()
    assert "No briefing is recorded for them" in said
    assert "They sign in at /cautionary/" in said
    assert EnrolmentCode.objects.get().user == director


def test_owner_who_was_briefed_may_read_at_once(director: Any) -> None:
    set_up(owner_briefed_on=timezone.localdate())

    assert standing_of(director, at=timezone.now()).may_read()


@pytest.mark.clause("A5")
def test_second_run_changes_neither_the_owner_nor_the_register(director: Any) -> None:
    set_up()
    usurper = make_person("usurper")

    said = set_up(owner="usurper", name="Another name")

    assert "is there already" in said
    assert Appointment.objects.get().user == director
    assert standing_of(usurper, at=timezone.now()).powers() == frozenset()
    assert Register.objects.get().name == "Cautionary Persons Register"


def test_owner_with_a_second_factor_gets_no_new_code(director: Any) -> None:
    enrol(director)
    EnrolmentCode.objects.all().delete()

    assert "Enrolment code" not in set_up()
    assert not EnrolmentCode.objects.exists()


@pytest.mark.clause("B5")
def test_panel_needs_its_quorum_and_gets_it(director: Any) -> None:
    panel = {"register": "ub", "prefix": "UB", "route": "panel"}
    with pytest.raises(CommandError):
        set_up(**panel)

    set_up(**panel, quorum=4, votes_needed=4)

    register = Register.objects.get()
    assert (register.route, register.quorum, register.votes_needed) == (Route.PANEL, 4, 4)


def test_services_are_named(director: Any) -> None:
    set_up(service=["housing=Housing", " revenues = Revenues and Benefits "])

    assert dict(Service.objects.values_list("slug", "name")) == {
        "housing": "Housing",
        "revenues": "Revenues and Benefits",
    }


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"owner": "nobody"}, "No active account"),
        ({"service": ["housing"]}, "SLUG=NAME"),
        ({"service": ["not a slug=Housing"]}, "slug"),
        ({"owner_briefed_on": timezone.localdate() + timedelta(days=2)}, "future"),
        ({"prefix": "FAR-TOO-LONG"}, "prefix"),
        ({"term_months": 60}, "constraint"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_cannot_be_is_said_and_nothing_is_half_done(
    director: Any, options: dict[str, Any], says: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        set_up(**options)

    assert says.casefold() in str(refusal.value).casefold()
    assert not Register.objects.exists()
    assert not Appointment.objects.exists()


def test_keys_are_made_when_there_are_none_and_kept_when_there_are(
    director: Any, settings: Any, tmp_path: Any
) -> None:
    path = tmp_path / "keys" / "keyring.json"
    settings.CAUTIONARY_KEYRING = {
        "BACKEND": "cautionary_plugin.sealing.keyrings.FileKeyring",
        "OPTIONS": {"path": path},
    }

    first = set_up()
    kept = path.read_bytes()
    second = set_up()

    assert "back them up now" in first
    assert "Made the keys" not in second
    assert path.read_bytes() == kept
    assert get_keyring().file.path == path
