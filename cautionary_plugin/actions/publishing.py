"""The versions of the council's pages about the register, and who has read them (A48, L9)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cautionary_plugin.models import ConfirmedReading, PageVersion, Register
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.vocabulary import Act, PageKind

from .access import record
from .base import action, lock


@dataclass(frozen=True)
class Published:
    """A page as it was published.

    :ivar digest: over all that readers read.
    :ivar owner, review_on, register: of a governance page.
    """

    page_key: str
    kind: PageKind
    title: str
    digest: str
    owner: str = ""
    review_on: date | None = None
    register: Register | None = None


@action
def note_version(page: Published, *, at: datetime) -> PageVersion:
    """A page was published: a new version, or the one that it was before, if nothing has changed.

    A new version asks its readers to confirm again; what they confirmed before stays on file.
    """
    versions = PageVersion.objects.select_for_update().filter(page_key=page.page_key)
    last = versions.order_by("-number").first()
    facts = {
        "kind": page.kind,
        "title": page.title,
        "owner": page.owner,
        "review_on": page.review_on,
        "register": page.register,
    }
    if last is not None and last.digest == page.digest:
        for name, value in (facts | {"ended_at": None}).items():
            setattr(last, name, value)
        last.save()
        return last
    versions.filter(ended_at=None).update(ended_at=at)
    return PageVersion.objects.create(
        page_key=page.page_key,
        number=last.number + 1 if last else 1,
        digest=page.digest,
        published_at=at,
        **facts,
    )


@action
def end_versions(page_key: str, *, at: datetime) -> None:
    """The page was taken down, or deleted: nobody is asked to read it any more."""
    PageVersion.objects.filter(page_key=page_key, ended_at=None).update(ended_at=at)


@action
def confirm_reading(*, version: PageVersion, by: Any, at: datetime) -> ConfirmedReading:
    """Say that one has read a version; said twice, it counts once.

    :raises AlreadyDone: it is not what is published now.
    """
    version = lock(version)
    if version.ended_at is not None:
        raise AlreadyDone("The page has changed since you opened it. Please read it again.")
    known = ConfirmedReading.objects.filter(version=version, user=by).first()
    if known is not None:
        return known
    reading = ConfirmedReading.objects.create(version=version, user=by, confirmed_at=at)
    record(act=Act.READ_PAGE, by=by, at=at, reference=f"page {version.page_key}"[:48])
    return reading
