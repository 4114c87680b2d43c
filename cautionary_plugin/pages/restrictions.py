"""Keep a view restriction of Wagtail's own on every page of the register, and of its policies.

The API, sitemaps and whatever else lists pages know that restriction and not our hook. Ours is for
the members of no group at all (A38): a page that any colleague may list once they have signed in
would still be listed. The gate lifts it for the one request that has passed it. Policy, training
and governance pages are for every colleague who has signed in.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction

from .mixins import RegisterPageMixin, shut
from .versioned import VersionedPageMixin


@receiver(post_save, dispatch_uid="cautionary_plugin.restrict_register_page")
def restrict(*, sender: type, instance: Any, raw: bool = False, **_signal: Any) -> None:
    """Put the restriction on when a page is saved without it."""
    if issubclass(sender, RegisterPageMixin) and not raw:
        _restrict(instance.pk)
    if issubclass(sender, VersionedPageMixin) and not raw:
        _keep_for_staff(instance.pk)


@receiver(
    post_save, sender=PageViewRestriction, dispatch_uid="cautionary_plugin.keep_changed_restriction"
)
def keep_when_changed(*, instance: Any, raw: bool = False, **_signal: Any) -> None:
    """Put it back when an editor chooses another kind; theirs counts as well."""
    if not raw and not shut(PageViewRestriction.objects.filter(pk=instance.pk)).exists():
        _keep(instance)


@receiver(
    post_delete, sender=PageViewRestriction, dispatch_uid="cautionary_plugin.keep_restriction"
)
def keep_when_lifted(*, instance: Any, origin: Any, **_signal: Any) -> None:
    """Put it back when an editor lifts it; not when the page itself goes."""
    if isinstance(origin, PageViewRestriction):
        _keep(instance)


def _keep(restriction: Any) -> None:
    page = restriction.page.specific
    if isinstance(page, RegisterPageMixin):
        _restrict(restriction.page_id)
    if isinstance(page, VersionedPageMixin):
        _keep_for_staff(restriction.page_id)


def _keep_for_staff(page_id: Any) -> None:
    """For people who have signed in, or for fewer; a password alone is not enough."""
    kinds = [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS]
    kept = PageViewRestriction.objects.filter(page_id=page_id, restriction_type__in=kinds)
    if not kept.exists():
        PageViewRestriction.objects.create(
            page_id=page_id, restriction_type=PageViewRestriction.LOGIN
        )


def _restrict(page_id: Any) -> None:
    if not shut(PageViewRestriction.objects.filter(page_id=page_id)).exists():
        PageViewRestriction.objects.create(
            page_id=page_id, restriction_type=PageViewRestriction.GROUPS
        )
