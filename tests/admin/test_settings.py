"""The settings of a register, for its owner: what is blank is a visible warning (A4)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cautionary_plugin.actions.registers import blanks
from cautionary_plugin.models import ClosureDay, PolicyLink, Register
from cautionary_plugin.rules.vocabulary import PolicyText
from tests.council import Council, found_council, let_into_wagtail, through_the_door
from tests.hostile import LONG, NUL, ODD
from tests.letters import COUNCIL

pytestmark = pytest.mark.django_db

TYPED: dict[str, Any] = {
    **COUNCIL,
    "nation": "WLS",
    "closure_days": "29 December 2026\n\n30/12/2026",
    "notice_days": "2",
    "countersign_days": "3",
    "statement_days": "5",
    "appeal_days": "15",
    "hearing_days": "20",
    "link_lone_working": "https://intranet.weldham.example/lone-working",
    "link_risk_assessment": "",
    "link_health_and_safety": "intranet.weldham.example/health",
}
DOOR = "cautionary_register_settings"


@pytest.fixture
def owner(council: Council) -> Client:
    let_into_wagtail(council.owner)
    return through_the_door(council.owner)


def keep(owner: Client, **typed: str) -> Any:
    return owner.post(reverse(DOOR, args=["cpr"]), TYPED | typed)


@pytest.mark.clause("A4")
def test_what_is_blank_is_shown_until_it_is_filled(council: Council, owner: Client) -> None:
    shown = owner.get(reverse("cautionary_settings")).content.decode()
    for text in PolicyText.for_route("director"):
        assert text.label in shown
    assert "The name of the council" in shown

    assert keep(owner).status_code == 302

    council.register.refresh_from_db()
    left = [blank.what for blank in blanks(council.register)]
    assert left == ["The link to: Team risk assessments"]


@pytest.mark.clause("A4")
def test_link_is_kept_changed_and_taken_away(council: Council, owner: Client) -> None:
    keep(owner)
    keep(owner, link_lone_working="https://elsewhere.example/", link_health_and_safety="")

    assert list(PolicyLink.objects.values_list("text", "url")) == [
        ("lone_working", "https://elsewhere.example/")
    ]


@pytest.mark.clause("A20")
def test_closure_days_and_clocks_are_kept(council: Council, owner: Client) -> None:
    ClosureDay.objects.create(register=council.register, day=date(2026, 1, 2))

    keep(owner)

    days = list(ClosureDay.objects.values_list("day", flat=True))
    assert days == [date(2026, 12, 29), date(2026, 12, 30)]
    register = Register.objects.get()
    assert (register.nation, register.appeal_days) == ("WLS", 15)
    assert not register.calendar.is_working(date(2026, 12, 29))
    again = owner.get(reverse(DOOR, args=["cpr"])).content.decode()
    assert "29 December 2026" in again


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("closure_days", "Christmas Eve"),
        ("closure_days", "31/12/2026\n32/12/2026"),
        ("closure_days", "1 1 2027\n" * 401),
        ("notice_days", "0"),
        ("notice_days", "two"),
        ("appeal_days", "100000"),
        ("nation", "FRA"),
        ("link_lone_working", "javascript:alert(1)"),
        ("link_lone_working", "#"),
        ("letter_address", "line\n" * 7),
        *[(field, LONG) for field in TYPED],
        ("council_name", NUL),
        ("appeal_contact", NUL),
    ],
)
def test_what_cannot_be_comes_back_with_a_plain_error(
    council: Council, owner: Client, field: str, typed: str
) -> None:
    before = Register.objects.values().get()

    answer = keep(owner, **{field: typed})

    assert answer.status_code == 400
    assert f'href="#id_{field}"' in answer.content.decode()
    assert Register.objects.values().get() == before
    assert not ClosureDay.objects.exists()


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD.keys())
def test_odd_text_is_shown_as_text(owner: Client, typed: str) -> None:
    assert keep(owner, council_name=typed).status_code == 302

    shown = owner.get(reverse(DOOR, args=["cpr"])).content.decode()

    assert "<script>alert" not in shown
    assert "\n" not in Register.objects.get().council_name


def test_hidden_fields_posted_by_hand_change_nothing(council: Council, owner: Client) -> None:
    keep(owner, route="panel", prefix="XXX", term_months="99", slug="mine")

    register = Register.objects.get()
    assert (register.route, register.prefix, register.term_months) == ("director", "CPR", 12)
    assert register.slug == "cpr"


def test_settings_of_another_register_are_not_there(council: Council, owner: Client) -> None:
    found_council(slug="other", prefix="OTH")

    assert owner.get(reverse(DOOR, args=["other"])).status_code == 404
    assert "Register other" not in owner.get(reverse("cautionary_settings")).content.decode()
