"""My access, people, posts and briefings, clicked through (A5, A40, A49)."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.grants import request_grant
from cautionary_plugin.models import Appointment, Briefing, EmergencyAccess, Post, ReadingGrant
from cautionary_plugin.rules.posts import PostKind
from tests.council import (
    PLANTED,
    Council,
    ask,
    found_council,
    hold_post,
    list_entries,
    make_reader,
    through_the_door,
)
from tests.factors import make_person
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

REASON = "The duty officer cannot be reached."


def typed(days: int) -> str:
    day = timezone.localdate() + timedelta(days=days)
    return f"{day.day} {day:%B %Y}"


def waiting(council: Council, user: Any, by: Any = None) -> ReadingGrant:
    return request_grant(
        user=user,
        register=council.register,
        service=council.housing,
        job_basis="Visits tenants at home.",
        ends_on=timezone.localdate() + timedelta(days=90),
        by=by or user,
        at=timezone.now(),
    )


def post(browser: Client, name: str, *args: Any, **data: Any) -> Any:
    return browser.post(reverse(f"cautionary:{name}", args=args), data or {"x": "1"})


@pytest.mark.clause("A40")
def test_officer_asks_the_owner_approves_and_the_register_opens(council: Council) -> None:
    officer = make_person()
    browser, owner = through_the_door(officer), through_the_door(council.owner)

    asked = post(
        browser,
        "ask_for_access",
        register=council.register.pk,
        service=council.housing.pk,
        job_basis="Visits tenants at home.",
        ends_on=typed(90),
    )
    grant = ReadingGrant.objects.get()
    post(owner, "approve_grant", grant.pk)
    post(owner, "brief", user="officer", briefed_on=typed(0), covered=["policy"])  # incomplete
    refused = browser.get(reverse("cautionary:check")).status_code
    everything = ["policy", "review_procedures", "data_security"]
    post(owner, "brief", user="officer", briefed_on=typed(0), covered=everything)

    assert asked.status_code == 302
    assert (refused, browser.get(reverse("cautionary:check")).status_code) == (403, 200)


@pytest.mark.clause("A5")
def test_owner_makes_a_post_proposes_and_the_colleague_accepts(council: Council) -> None:
    colleague = make_person("colleague")
    owner, browser = through_the_door(council.owner), through_the_door(colleague)

    post(owner, "make_post", kind="trainer", title="Learning lead", register=council.register.pk)
    made = Post.objects.get(title="Learning lead")
    post(owner, "appoint", post=made.pk, user="colleague@example.gov.uk", starts_on=typed(0))
    proposed = Appointment.objects.get(post=made)
    mine = browser.get(reverse("cautionary:my_access")).content.decode()
    post(browser, "accept_post", proposed.pk)

    assert "Accept: Learning lead" in mine
    assert browser.get(reverse("cautionary:brief")).status_code == 200


def test_nobody_accepts_the_post_of_another(council: Council) -> None:
    post_ = Post.objects.get()
    proposal = Appointment.objects.create(
        post=post_,
        user=make_person("chosen"),
        starts_on=timezone.localdate(),
        proposed_at=timezone.now(),
    )

    assert post(through_the_door(make_person()), "accept_post", proposal.pk).status_code == 404


@pytest.mark.parametrize("first", ["approve_grant", "end_grant"])
def test_second_press_is_told_that_it_is_done(council: Council, first: str) -> None:
    grant = waiting(council, make_person())
    owner = through_the_door(council.owner)

    assert post(owner, first, grant.pk).status_code == 302
    second = post(owner, first, grant.pk)

    assert second.status_code == 409
    assert "Nothing was changed" in second.content.decode()


def test_last_owner_is_told_to_appoint_another_first(council: Council) -> None:
    only = Appointment.objects.get()

    answer = post(through_the_door(council.owner), "end_appointment", only.pk)

    assert answer.status_code == 409
    assert "appoint the next one first" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("appoint", {"starts_on": "1 1 2030", "ends_on": "1 1 2029"}),
        ("ask_for_colleague", {"job_basis": "Visits tenants.", "ends_on": "1 1 2001"}),
        ("brief", {"briefed_on": "1 1 2999", "covered": ["policy"]}),
    ],
)
def test_fault_that_the_rules_find_stands_at_its_field(
    council: Council, name: str, data: dict[str, Any]
) -> None:
    make_person("colleague")
    known = {
        "post": Post.objects.get().pk,
        "user": "colleague",
        "register": council.register.pk,
        "service": council.housing.pk,
    }

    answer = post(through_the_door(council.owner), name, **(known | data))

    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert not ReadingGrant.objects.exists()
    assert not Briefing.objects.filter(user__username="colleague").exists()


@pytest.mark.parametrize("name", ["appoint", "ask_for_colleague", "brief"])
@pytest.mark.parametrize("who", ["nobody-here", "off*", "%", "officer,owner-cpr"])
def test_colleague_is_found_by_the_exact_name_only(council: Council, name: str, who: str) -> None:
    make_person()

    answer = post(through_the_door(council.owner), name, user=who)

    assert answer.status_code == 400
    assert "No active account has this user name or address." in answer.content.decode()
    assert "officer@example" not in answer.content.decode()


def test_buttons_are_shown_only_where_they_would_work(council: Council) -> None:
    other = found_council(slug="ub", prefix="UB")
    safety = make_person("safety")
    for each in (waiting(council, make_person()), waiting(other, make_person("another"))):
        assert each.approved_at is None
    own = waiting(council, council.owner)
    asked_for = waiting(council, safety, by=council.owner)

    page = through_the_door(council.owner).get(reverse("cautionary:people")).content.decode()

    def offers(name: str, grant: ReadingGrant) -> bool:
        return f'action="{reverse(f"cautionary:{name}", args=[grant.pk])}"' in page

    grants = ReadingGrant.objects.order_by("pk")
    assert [offers("approve_grant", each) for each in grants] == [True, False, False, False]
    assert [offers("end_grant", each) for each in grants] == [True, False, True, True]
    assert (own, asked_for) == (grants[2], grants[3])


@pytest.mark.clause("A40")
def test_head_of_service_sees_people_and_settles_nothing(council: Council) -> None:
    head = make_person("head")
    hold_post(council, head, PostKind.HEAD_OF_SERVICE)
    grant = waiting(council, make_person())
    browser = through_the_door(head)

    page = browser.get(reverse("cautionary:people")).content.decode()

    assert "Approve for" not in page
    assert post(browser, "approve_grant", grant.pk).status_code == 403
    assert post(browser, "end_grant", grant.pk).status_code == 403


@pytest.mark.clause("A40")
def test_emergency_access_opens_the_check_and_a_second_press_does_not_lengthen_it(
    council: Council,
) -> None:
    list_entries(council)
    browser = through_the_door(make_person())
    form = {"register": council.register.pk, "reason": REASON}

    too_short = post(browser, "emergency", **(form | {"reason": "now"}))
    taken = post(browser, "emergency", **form)
    again = post(browser, "emergency", **form)

    assert (too_short.status_code, taken.status_code, again.status_code) == (400, 302, 400)
    assert EmergencyAccess.objects.count() == 1
    assert PLANTED in ask(browser, PLANTED).content.decode()


def _many_grants(council: Council, count: int) -> None:
    users = get_user_model().objects.bulk_create(
        get_user_model()(username=f"reader{count}-{n}", email=f"r{count}-{n}@example.gov.uk")
        for n in range(count)
    )
    now, today = timezone.now(), timezone.localdate()
    half = count // 2
    ReadingGrant.objects.bulk_create(
        ReadingGrant(
            user=user,
            register=council.register,
            service=council.housing,
            job_basis="Visits tenants at home.",
            starts_on=today,
            ends_on=today + timedelta(days=9),
            requested_by=user,
            requested_at=now,
            approved_at=now if n < half else None,
            approved_by=council.owner if n < half else None,
        )
        for n, user in enumerate(users)
    )


@pytest.mark.parametrize("many", [1000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_people_screen_takes_the_same_queries_at_any_size(council: Council, many: int) -> None:
    browser, costs = through_the_door(council.owner), []
    for count in (10, many):
        _many_grants(council, count)
        costs.append(fewest_queries(lambda: browser.get(reverse("cautionary:people"))))
    answer = browser.get(reverse("cautionary:people"))

    assert costs[0] == costs[1]
    assert answer.content.count(b"End access of") == 100


@pytest.mark.parametrize("page", ["zzz", "-1", "99999999", "1'--"])
def test_page_that_is_none_shows_one_that_is(council: Council, page: str) -> None:
    make_reader(council)

    answer = through_the_door(council.owner).get(reverse("cautionary:people"), {"p": page})

    assert answer.status_code == 200
    assert "officer" in answer.content.decode()
