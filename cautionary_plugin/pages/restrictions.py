"""Keep Wagtail's own view restriction on every page of the register (A38).

The API, sitemaps and whatever else lists public pages know that restriction and not our hook.
"""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction

from .mixins import RegisterPageMixin


@receiver(post_save, dispatch_uid="cautionary_plugin.restrict_register_page")
def restrict(*, sender: type, instance: Any, raw: bool = False, **_signal: Any) -> None:
    """Put the restriction on when a page is saved without one."""
    if issubclass(sender, RegisterPageMixin) and not raw:
        PageViewRestriction.objects.get_or_create(
            page_id=instance.pk, defaults={"restriction_type": PageViewRestriction.LOGIN}
        )
