"""Posts, and who holds them between which days, as holder or as deputy (A5, B5, B8)."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.posts import PostKind

from .base import PrimaryManager, Record
from .registers import Register, Service


class Post(Record):
    """A post of the council that has powers here; people hold it between dates."""

    kind = models.CharField(_("kind"), max_length=20, choices=PostKind.choices())
    title = models.CharField(_("title"), max_length=120, help_text=_("The council's own title"))
    register = models.ForeignKey(
        Register,
        verbose_name=_("register"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        help_text=_("Empty: the post counts for every register"),
    )
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
    )

    impersonal = {"id", "kind", "title", "register", "service"}

    class Meta(Record.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "register"], name="cautionary_post_title_once"
            ),
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(register=None),
                name="cautionary_common_post_title_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def not_over_on(self, day: date) -> Self:
        """In force, still to begin, or still to be accepted."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), ended_at=None)

    def in_force_on(self, day: date) -> Self:
        """Accepted, begun, and not ended."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gt=day),
            accepted_at__isnull=False,
            ended_at=None,
            starts_on__lte=day,
        )


class Appointment(Record):
    """Somebody holds a post, or deputises for its holder, between two days.

    It takes two people: one proposes, the appointee accepts. The first owner is named at the
    console, and then ``proposed_by`` is empty.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    as_deputy = models.BooleanField(_("as deputy"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = PrimaryManager.from_queryset(AppointmentQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "post",
        "user",
        "as_deputy",
        "starts_on",
        "ends_on",
        "proposed_by",
        "proposed_at",
        "accepted_at",
        "ended_by",
        "ended_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_appointment_period",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} from {self.starts_on}"
