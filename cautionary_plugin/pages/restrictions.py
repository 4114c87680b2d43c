"""Keep Wagtail's own view restriction on every page of the register (A38).

The API, sitemaps and whatever else lists public pages know that restriction and not our hook.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction

from .mixins import RegisterPageMixin


@receiver(post_save, dispatch_uid="cautionary_plugin.restrict_register_page")
def restrict(*, sender: type, instance: Any, raw: bool = False, **_signal: Any) -> None:
    """Put the restriction on when a page is saved without one."""
    if issubclass(sender, RegisterPageMixin) and not raw:
        _restrict(instance.pk)


@receiver(
    post_delete, sender=PageViewRestriction, dispatch_uid="cautionary_plugin.keep_restriction"
)
def keep(*, instance: PageViewRestriction, origin: Any, **_signal: Any) -> None:
    """Put the restriction back when an editor lifts it; not when the page itself goes."""
    page_goes = not isinstance(origin, PageViewRestriction)
    if not page_goes and isinstance(instance.page.specific, RegisterPageMixin):
        _restrict(instance.page_id)


def _restrict(page_id: Any) -> None:
    if not PageViewRestriction.objects.filter(page_id=page_id).exists():
        PageViewRestriction.objects.create(
            page_id=page_id, restriction_type=PageViewRestriction.LOGIN
        )
