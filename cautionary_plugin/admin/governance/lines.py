"""Documents and steps as the governance screen tells them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.access.people import name_of
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import GoLiveItem, PageVersion, Register
from cautionary_plugin.rules.go_live import DOCUMENTS, Step
from cautionary_plugin.rules.vocabulary import PageKind


@dataclass(frozen=True)
class DocumentLine:
    """One document, or the place of one that is lacking."""

    kind: str
    title: str
    words: str
    is_late: bool
    url: str


@dataclass(frozen=True, repr=False)
class StepLine:
    """One step, and who has confirmed it."""

    label: str
    words: str
    note: str
    is_done: bool
    url: str
    back_url: str


def document_lines(
    documents: list[PageVersion], addresses: dict[str, str], *, at: datetime
) -> list[DocumentLine]:
    """The documents that are needed, whether or not they are there; then all others."""
    today = timezone.localdate(at)
    found = [_document(each, addresses, today) for each in documents]
    kinds = {each.kind for each in documents}
    absent = [
        DocumentLine(kind.label, "", _("Not published yet"), True, "")
        for kind in DOCUMENTS
        if kind not in kinds
    ]
    return [*absent, *found]


def _document(version: PageVersion, addresses: dict[str, str], today: Any) -> DocumentLine:
    review = version.review_on
    late = review is not None and review <= today
    told = {"owner": version.owner, "day": day(review) if review else "", "number": version.number}
    words = _("%(owner)s; version %(number)s; its review was due on %(day)s") if late else ""
    words = words or _("%(owner)s; version %(number)s; to be reviewed on %(day)s")
    return DocumentLine(
        kind=PageKind(version.kind).label,
        title=version.title,
        words=words % told,
        is_late=late,
        url=addresses.get(version.page_key, ""),
    )


def step_lines(register: Register, items: dict[str, GoLiveItem]) -> list[StepLine]:
    """Every step, with who has confirmed it and when."""
    return [_step(register, step, items.get(step)) for step in Step]


def _step(register: Register, step: Step, item: GoLiveItem | None) -> StepLine:
    keys = [register.slug, step.value]
    words = _("Nobody has confirmed it yet")
    if item is not None:
        confirmed = timezone.localdate(item.confirmed_at)
        words = _("Confirmed on %(day)s by %(who)s") % {
            "day": day(confirmed),
            "who": name_of(item.confirmed_by),
        }
    return StepLine(
        label=step.label,
        words=words,
        note=item.note if item else "",
        is_done=item is not None,
        url=reverse("cautionary_go_live_step", args=keys),
        back_url=reverse("cautionary_go_live_take_back", args=keys) if item else "",
    )
