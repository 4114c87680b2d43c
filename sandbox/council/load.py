"""Load Weldham Council through the package's own actions, as its own people would."""

import time
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from cautionary_plugin.actions.briefings import record_briefing
from cautionary_plugin.actions.enrolment import issue_code_at_console
from cautionary_plugin.actions.grants import approve_grant, request_grant
from cautionary_plugin.actions.legacy import declare_destroyed, import_list, plan_list, read_list
from cautionary_plugin.actions.posts import accept_appointment, create_post, propose_appointment
from cautionary_plugin.actions.registers import name_service
from cautionary_plugin.actions.second_factor import begin_enrolment, confirm_enrolment
from cautionary_plugin.actions.setup import open_with_owner
from cautionary_plugin.models import Post, Register, Service
from cautionary_plugin.pages.models import RegisterPage
from cautionary_plugin.rules.vocabulary import Route
from cautionary_plugin.sealing.keyrings import get_keyring
from sandbox.home.models import HomePage

from .data_protection import load_data_protection
from .lives import load_lives
from .panel import load_panel
from .partners import load_partners
from .people import legacy_list
from .phone import digits
from .staff import OWNER, PASSWORD, SERVICES, STAFF, Colleague
from .training import load_training

HALF_A_MINUTE = 30
IN_OFFICE_FOR = timedelta(days=100)  # appointments, grants and briefings are as old


@transaction.atomic
def load(*, at: datetime) -> None:
    """The whole council or nothing; the second factors of most are set up already."""
    keyring = get_keyring()
    if not Path(keyring.file.path).exists():
        keyring.create()
    for slug, name in SERVICES.items():
        name_service(slug=slug, name=name)
    _front_page()
    owner, since = _account(OWNER, make_password(PASSWORD)), at - IN_OFFICE_FOR
    _open_registers(owner, since)
    accounts = {each.username: _account(each, owner.password) for each in STAFF}
    for colleague in STAFF:
        _give(colleague, accounts[colleague.username], owner=owner, at=since)
    for colleague in (OWNER, *STAFF):
        if colleague.enrolled:
            _enrol(get_user_model().objects.get(username=colleague.username), at)
    _bring_in(owner, accounts["registrar"], at)
    load_lives(at=at)
    load_panel(at=at)
    load_partners(at=at)
    load_data_protection(at=at)
    load_training(at=at)


def _front_page() -> None:
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=HomePage(
            title="Weldham Council intranet",
            slug="weldham",
            words="The sandbox of the cautionary persons register. Everybody here is invented.",
        )
    )
    home.add_child(
        instance=RegisterPage(
            title="Cautionary Persons Register",
            slug="register",
            introduction="<p>Check before you visit, ring or meet a customer.</p>",
        )
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


def _account(colleague: Colleague, password: str) -> Any:
    """The account of one of them; everybody's password is the same, and so is hashed once."""
    first, last = colleague.name.split(" ", 1)
    user = get_user_model().objects.create(
        username=colleague.username,
        email=f"{colleague.username}@weldham.example",
        password=password,
        first_name=first,
        last_name=last,
        is_superuser=colleague.superuser,
        is_staff=colleague.superuser,
    )
    if colleague.editor or colleague.post or colleague.seat:
        user.groups.add(Group.objects.get(name="Editors"))
    if colleague.editor:
        user.groups.add(Group.objects.get(name="Moderators"))  # who publishes
    return user


def _open_registers(owner: Any, at: datetime) -> None:
    today = timezone.localdate(at)
    facts = {"slug": "cpr", "name": "Cautionary Persons Register", "prefix": "CPR"}
    open_with_owner(
        facts=facts | {"route": Route.DIRECTOR.value},
        owner=owner,
        title=OWNER.title,
        briefed_on=today,
        at=at,
    )
    facts = {"slug": "ub", "name": "Unreasonable Behaviour Schedule", "prefix": "UBP"}
    open_with_owner(
        facts=facts
        | {"route": Route.PANEL.value, "quorum": 4, "votes_needed": 4, "longest_term_months": 12},
        owner=owner,
        title="Owner of the schedule",
        briefed_on=None,
        at=at,
    )


def _give(colleague: Colleague, account: Any, *, owner: Any, at: datetime) -> None:
    today = timezone.localdate(at)
    register = Register.objects.get(slug="cpr")
    schedule = Register.objects.get(slug="ub")
    for kind, title, of in (
        (colleague.post, colleague.title, None),
        (colleague.seat, colleague.seat_title, schedule),
    ):
        if kind is None:
            continue
        post = Post.objects.filter(title=title).first() or create_post(
            kind=kind, title=title, register=of, by=owner, at=at
        )
        proposed = propose_appointment(
            post=post, user=account, starts_on=today, as_deputy=colleague.deputy, by=owner, at=at
        )
        accept_appointment(appointment=proposed, by=account, at=at)
    if colleague.reads_for:
        grant = request_grant(
            user=account,
            register=register,
            service=Service.objects.get(slug=colleague.reads_for),
            job_basis="Visits tenants and residents at home.",
            ends_on=today + timedelta(days=365),
            by=account,
            at=at,
        )
        approve_grant(grant=grant, by=owner, at=at)
    if colleague.briefed and (colleague.post or colleague.seat or colleague.reads_for):
        record_briefing(
            user=account,
            briefed_on=today,
            covered={"policy", "review_procedures", "data_security"},
            by=owner,
            at=at,
        )


def _enrol(account: Any, at: datetime) -> None:
    code = issue_code_at_console(for_user=account, at=at)
    pending = begin_enrolment(user=account, code=code, at=at)
    while time.time() % HALF_A_MINUTE > HALF_A_MINUTE - 3:  # the code would turn too old
        time.sleep(0.5)
    confirm_enrolment(authenticator=pending, token=digits(pending, steps=-1), at=at)


def _bring_in(owner: Any, registrar: Any, at: datetime) -> None:
    content = legacy_list(today=timezone.localdate(at))
    plan = plan_list(read_list(content), register=Register.objects.get(slug="cpr"), at=at)
    done = import_list(plan=plan, digest=sha256(content).hexdigest(), by=registrar, at=at)
    declare_destroyed(legacy_import=done, by=owner, at=at)
