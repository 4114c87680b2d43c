"""A council for tests: made through the actions, valid by default, of invented people only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.briefings import record_briefing
from cautionary_plugin.actions.grants import approve_grant, request_grant
from cautionary_plugin.actions.legacy import import_list, plan_list
from cautionary_plugin.actions.legacy.files import Row
from cautionary_plugin.actions.posts import accept_appointment, create_post, propose_appointment
from cautionary_plugin.actions.registers import name_service
from cautionary_plugin.actions.setup import open_with_owner
from cautionary_plugin.models import Authenticator, Entry, Post, Register, Service
from cautionary_plugin.rules.briefings import SUBJECTS
from cautionary_plugin.rules.posts import PostKind
from tests.factors import enrol, make_person, shown_on_phone

PLANTED = "Thaddeus Quimberly"


@dataclass
class Council:
    """A register with its owner, and two services."""

    register: Register
    owner: Any
    housing: Service
    revenues: Service


def found_council(*, at: datetime | None = None, slug: str = "cpr", prefix: str = "CPR") -> Council:
    """Open a register as ``cautionary_setup`` does; its owner is briefed."""
    now = at or timezone.now()
    owner = make_person(f"owner-{slug}")
    name = "Cautionary Persons Register" if slug == "cpr" else f"Register {slug}"
    facts = {"slug": slug, "name": name, "prefix": prefix, "route": "director"}
    first = open_with_owner(
        facts=facts,
        owner=owner,
        title=f"Director ({slug})",
        briefed_on=timezone.localdate(now),
        at=now,
    )
    return Council(
        register=first.post.register,  # type: ignore[arg-type]
        owner=owner,
        housing=name_service(slug="housing", name="Housing"),
        revenues=name_service(slug="revenues", name="Revenues and Benefits"),
    )


def brief(council: Council, user: Any, *, at: datetime | None = None) -> None:
    """The owner records that somebody was briefed today."""
    now = at or timezone.now()
    record_briefing(
        user=user,
        briefed_on=timezone.localdate(now),
        covered=set(SUBJECTS),
        by=council.owner,
        at=now,
    )


def grant(
    council: Council, user: Any, *, service: Service | None = None, at: datetime | None = None
) -> Any:
    """Read access for a year, asked for by the reader and approved by the owner."""
    now = at or timezone.now()
    asked = request_grant(
        user=user,
        register=council.register,
        service=service or council.housing,
        job_basis="Visits tenants at home.",
        ends_on=timezone.localdate(now) + timedelta(days=365),
        by=user,
        at=now,
    )
    return approve_grant(grant=asked, by=council.owner, at=now)


def make_reader(council: Council, name: str = "officer", **options: Any) -> Any:
    """Somebody briefed, with a grant."""
    user = make_person(name)
    grant(council, user, **options)
    brief(council, user)
    return user


def hold_post(council: Council, user: Any, kind: PostKind, *, as_deputy: bool = False) -> Any:
    """Somebody proposed by the owner, who has accepted, from today."""
    now = timezone.now()
    own = Post.objects.filter(kind=kind, register=council.register)
    common = Post.objects.filter(kind=kind, register=None)
    alone = Register.objects.count() == 1  # who holds one of several fills no post of them all
    register = None if alone else council.register
    post = (
        own.first()
        or common.first()
        or create_post(kind=kind, title=kind.label, register=register, by=council.owner, at=now)
    )
    proposed = propose_appointment(
        post=post,
        user=user,
        starts_on=timezone.localdate(now),
        as_deputy=as_deputy,
        by=council.owner,
        at=now,
    )
    return accept_appointment(appointment=proposed, by=user, at=now)


def row(**cells: str) -> dict[str, str]:
    """A row of a legacy list about an invented person, fit to be entered."""
    today = timezone.localdate()
    return {
        "name": PLANTED,
        "date_of_birth": "05/11/1961",
        "address": "7 Gantry Mews, Weldham",
        "postcode": "WX1 9ZZ",
        "markers": "Threats of violence",
        "risk": "High",
        "handling": "Do not visit alone.",
        "control_measures": "Phone first",
        "incident_date": f"{today - timedelta(days=40):%d/%m/%Y}",
        "basis": "Raised a spade against two surveyors, who both saw it.",
        "services": "housing",
        "end_date": f"{today + timedelta(days=200):%d/%m/%Y}",
    } | cells


def list_entries(
    council: Council, *rows: dict[str, str], at: datetime | None = None
) -> list[Entry]:
    """Bring rows in as a legacy list; the entries, in their order."""
    now = at or timezone.now()
    numbered = [Row(number, values) for number, values in enumerate(rows or (row(),), start=2)]
    plan = plan_list(numbered, register=council.register, at=now)
    assert not plan.refused, [fate.reasons for fate in plan.refused]
    digest = sha256(repr(rows).encode() + repr(now).encode()).hexdigest()
    done = import_list(plan=plan, digest=digest, by=council.owner, at=now)
    return list(done.entries.order_by("reference"))


def let_into_wagtail(user: Any) -> None:
    """Give somebody the host's right to open the Wagtail admin, and nothing of ours."""
    kind, _made = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    access, _made = Permission.objects.get_or_create(content_type=kind, codename="access_admin")
    user.user_permissions.add(access)


def through_the_door(user: Any) -> Client:
    """A browser signed in and verified with a second factor, now."""
    if not Authenticator.objects.filter(user=user, confirmed=True).exists():
        enrol(user)
    client = Client()
    client.force_login(user)
    device = Authenticator.objects.get(user=user, confirmed=True)
    door = reverse("cautionary:second_factor")
    response = client.post(door, {"code": shown_on_phone(device)})
    assert response.status_code == 302, response.content
    return client


def browser_of(user: Any) -> Client:
    """The same, of somebody who may open the case screens too."""
    let_into_wagtail(user)
    return through_the_door(user)


def ask(browser: Client, anything: str = "", **boxes: str) -> Any:
    """The answer to a check, as the browser got it."""
    asked = {"purpose": "home_visit", "anything": anything, **boxes}
    return browser.post(reverse("cautionary:check"), asked)
