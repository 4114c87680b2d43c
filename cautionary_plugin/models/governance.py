"""What must be done before a register's first entry, and who has said that it is (L9)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.go_live import Step

from .base import Record
from .registers import Register


class GoLiveItem(Record):
    """Somebody confirms one step of the go-live checklist of a register.

    The two documents are no steps of this kind: they are pages, and looked at as they are.

    :ivar note: where it is kept, or when it was done; about no customer.
    """

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="go_live")
    step = models.CharField(_("step"), max_length=20, choices=Step.choices())
    note = models.CharField(_("note"), max_length=500)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField()

    impersonal = {"id", "register", "step", "note", "confirmed_by", "confirmed_at"}

    class Meta(Record.Meta):
        verbose_name = _("go-live step")
        verbose_name_plural = _("go-live steps")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["register", "step"], name="cautionary_go_live_once")
        ]

    def __str__(self) -> str:
        return f"{self.register}: {Step(self.step).label}"
