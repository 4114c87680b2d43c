"""A register that has done all that its first entry waits for."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.go_live import confirm_step
from cautionary_plugin.actions.publishing import Published, note_version
from cautionary_plugin.models import PageVersion, Register
from cautionary_plugin.rules.go_live import DOCUMENTS, Step
from cautionary_plugin.rules.vocabulary import PageKind, PolicyText
from tests.council import Council
from tests.letters import ready_to_write

NOTE = "In the safe of the Civic Centre, since November."


def document(
    kind: PageKind, *, review_on: date | None = None, register: Register | None = None
) -> PageVersion:
    """A governance page as it is on file once it was published."""
    now = timezone.now()
    page = Published(
        page_key=str(10**9 + 1000 * list(PageKind).index(kind) + (register.pk if register else 0)),
        kind=kind,
        title=kind.label,
        digest=sha256(f"{kind} {review_on}".encode()).hexdigest(),
        owner="Data Protection Officer",
        review_on=review_on or timezone.localdate(now) + timedelta(days=365),
        register=register,
    )
    return note_version(page, at=now)


def fill_in(council: Council, *, but: tuple[PolicyText, ...] = ()) -> None:
    """Nothing is blank in the settings, except for the links that are left out."""
    ready_to_write(council)
    for text in PolicyText.for_route(council.register.route):
        if text not in but:
            council.register.policy_links.create(text=text, url="https://weldham.example/policy")


def ready_to_go_live(
    council: Council,
    *,
    but_documents: tuple[PageKind, ...] = (),
    but_steps: tuple[Step, ...] = (),
    at: datetime | None = None,
    by: Any = None,
) -> None:
    """Everything is done, except for what is left out."""
    fill_in(council)
    for kind in DOCUMENTS:
        if kind not in but_documents:
            document(kind)
    for step in Step:
        if step not in but_steps:
            confirm_step(
                register=council.register,
                step=step,
                note=NOTE,
                by=by or council.owner,
                at=at or timezone.now(),
            )
