"""Briefing sessions, pages to read, starters, a reminder, and half a go-live checklist."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from cautionary_plugin.actions.go_live import confirm_step
from cautionary_plugin.actions.publishing import confirm_reading
from cautionary_plugin.actions.starters import confirm_starter
from cautionary_plugin.actions.training import close_session, expect, plan_session
from cautionary_plugin.actions.training.staff import remind_all_staff
from cautionary_plugin.models import Briefing, PageVersion, Register
from cautionary_plugin.pages.models import GovernancePage, PolicyPage, TrainingPage
from cautionary_plugin.rules.briefings import SUBJECTS
from cautionary_plugin.rules.go_live import Step
from cautionary_plugin.rules.vocabulary import PageKind, Relevance
from sandbox.home.models import HomePage

POLICY = (
    "<p>Anybody who has been violent or threatening, or may be, can be on the register. So can "
    "premises with a dangerous animal.</p><h2>What you must do</h2><ul><li>Report each incident, "
    "threat or concern.</li><li>Check before you visit, ring or meet a customer.</li><li>Never keep "
    "a list or a marker of your own.</li></ul>"
)
BRIEFING = (
    "<p>Three subjects, every two years.</p><h2>The policy</h2><p>Fact, not hearsay; a credible "
    "risk; a named decision.</p><h2>Review procedures</h2><p>Each entry ends on a day. It is "
    "reviewed before, and two people sign.</p><h2>Data security</h2><p>Check for your job alone. "
    "Every look is recorded. Lock the screen; never forward a name.</p>"
)
NOT_GIVEN = "<p>The sandbox has no document here. A council publishes its own.</p>"


def load_training(*, at: datetime) -> None:
    """What the trainer, the owner and the data protection officer find on their desks."""
    owner, trainer = _person("director"), _person("trainer")
    _pages(at)
    _due_soon("inspector", at)
    _sessions(trainer, at)
    confirm_starter(
        starter=_person("nogrant"),
        told_on=timezone.localdate(at) - timedelta(days=6),
        told={"purpose", "reporting"},
        relevance=Relevance.NONE,
        about_job="Works in payroll and meets no customers; knows how to report.",
        by=_person("head2"),
        at=at,
    )
    remind_all_staff(by=trainer, at=at - timedelta(days=80))
    for step, note in (
        (Step.ESCROW, "In the safe of the Civic Centre; two envelopes, two signatures."),
        (Step.DAILY, "Every five minutes from cron; the service desk hears of a failure."),
    ):
        for register in Register.objects.all():
            confirm_step(register=register, step=step, note=note, by=owner, at=at)


def _pages(at: datetime) -> None:
    """Published as an editor would; the visiting officer has read one of them."""
    home = HomePage.objects.get()
    review = timezone.localdate(at) + timedelta(days=300)
    facts = {"owner_post": "Data Protection Officer", "review_on": review}
    for page in (
        PolicyPage(title="Cautionary persons policy in short", slug="policy", body=POLICY),
        TrainingPage(title="The briefing, to read again", slug="briefing", body=BRIEFING),
        GovernancePage(
            title="Appropriate policy document",
            slug="appropriate-policy-document",
            page_kind=PageKind.POLICY_DOCUMENT,
            body=NOT_GIVEN,
            **facts,
        ),
    ):
        home.add_child(instance=page).save_revision().publish()
    policy = PageVersion.objects.current().get(kind=PageKind.POLICY)
    confirm_reading(version=policy, by=_person("visiting"), at=at)


def _due_soon(username: str, at: datetime) -> None:
    """Their briefing runs out in a month."""
    nearly_two_years = timezone.localdate(at) - timedelta(days=700)
    Briefing.objects.filter(user=_person(username)).update(briefed_on=nearly_two_years)


def _sessions(trainer: Any, at: datetime) -> None:
    """One that was held, one of yesterday that is to be closed, one to come."""
    today = timezone.localdate(at)
    facts: dict[str, Any] = {"by": trainer, "at": at}
    held = plan_session(held_on=today - timedelta(days=40), place="Room 4", **facts)
    expect(session=held, people=[_person("deputy")], **facts)
    came = {each.pk for each in held.attendances.all()}
    close_session(session=held, came=came, covered=set(SUBJECTS), **facts)
    yesterday = plan_session(
        held_on=today - timedelta(days=1), at_time=time(10), place="Online", **facts
    )
    expect(session=yesterday, people=[_person("head")], **facts)
    to_come = plan_session(
        held_on=today + timedelta(days=9), at_time=time(14), place="Committee Room 2", **facts
    )
    expect(session=to_come, people=[_person("lapsed"), _person("inspector")], **facts)


def _person(username: str) -> Any:
    return get_user_model().objects.get(username=username)
