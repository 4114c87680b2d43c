"""Keep on file which version of a page is published, and end it when the page goes."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from cautionary_plugin.actions.publishing import end_versions, note_version

from .versioned import VersionedPageMixin


@receiver(page_published, dispatch_uid="cautionary_plugin.note_version")
def note(*, instance: Any, **_signal: Any) -> None:
    """A page of ours was published."""
    if isinstance(instance, VersionedPageMixin):
        note_version(instance.published(), at=timezone.now())


@receiver(page_unpublished, dispatch_uid="cautionary_plugin.end_version")
def end(*, instance: Any, **_signal: Any) -> None:
    """A page of ours was taken down."""
    if isinstance(instance, VersionedPageMixin):
        end_versions(instance.published().page_key, at=timezone.now())


@receiver(post_delete, dispatch_uid="cautionary_plugin.end_deleted_version")
def end_deleted(*, sender: type, instance: Any, **_signal: Any) -> None:
    """A page of ours was deleted."""
    if issubclass(sender, VersionedPageMixin):
        end_versions(str(instance.pk), at=timezone.now())
