"""Somebody asks what is held about them, and what they are told (L8, UK GDPR article 15)."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.access_requests import Choice, Ground
from cautionary_plugin.rules.states import RequestState
from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .subjects import CaseFile

PENDING = (RequestState.OPEN, RequestState.REVIEWING)


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    def pending(self) -> Self:
        """Neither answered nor withdrawn."""
        return self.filter(state__in=PENDING)

    def holding_on(self, day: date) -> Self:
        """Pending, so that the file is not erased yet; not for ever."""
        return self.pending().filter(holds_until__gt=day)


class AccessRequest(SealedModel, Record):
    """One request of the person that a file is about.

    :ivar holds_until: the day from which the file may be erased, answered or not.
    :ivar settled_at: when it was released or withdrawn; its own term runs from there.
    """

    sealed_under = "case_file"

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.CASCADE, related_name="access_requests"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices(), default=RequestState.OPEN
    )
    received_on = models.DateField(_("received"))
    due_on = models.DateField(_("due"))
    holds_until = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    identity_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    identity_checked_at = models.DateTimeField(null=True)
    prepared_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    asked = SealedTextField(_("what was asked"), max_length=4000, blank=True)
    identity_check = SealedTextField(_("how the identity was checked"), max_length=2000, blank=True)
    withdrawn_because = SealedTextField(_("why it was withdrawn"), max_length=2000, blank=True)

    objects = PrimaryManager.from_queryset(AccessRequestQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "reference",
        "case_file",
        "state",
        "received_on",
        "due_on",
        "holds_until",
        "recorded_by",
        "recorded_at",
        "identity_checked_by",
        "identity_checked_at",
        "prepared_at",
        "settled_by",
        "settled_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("subject access request")
        verbose_name_plural = _("subject access requests")
        ordering = ["due_on", "reference"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_request_settled",
                condition=Q(
                    state__in=[RequestState.RELEASED.value, RequestState.WITHDRAWN.value],
                    settled_at__isnull=False,
                )
                | Q(state__in=[each.value for each in PENDING], settled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="cautionary_request_due_after_receipt",
                condition=Q(due_on__gt=F("received_on")),
            ),
            models.UniqueConstraint(
                fields=["case_file"],
                condition=Q(state__in=[each.value for each in PENDING]),
                name="cautionary_one_request_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class PackLine(SealedModel, Record):
    """One thing that is held about the person, and what they are told of it.

    Nothing is told of a line that nobody has looked at.

    :ivar source: model and field that it comes from; ``row`` is the key of the row.
    :ivar names_others: whether it may be about somebody else too.
    """

    sealed_under = "request.case_file"

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    source = models.CharField(max_length=80)
    row = models.CharField(max_length=40)
    section = models.CharField(_("section"), max_length=120)
    label = models.CharField(_("what it is"), max_length=120)
    names_others = models.BooleanField(default=True)
    choice = models.CharField(_("choice"), max_length=8, choices=Choice.choices(), blank=True)
    ground = models.CharField(_("ground"), max_length=16, choices=Ground.choices(), blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True)

    text = SealedTextField(_("text"))
    replacement = SealedTextField(_("what is told instead"), blank=True)
    reason = SealedTextField(_("reason"), max_length=2000, blank=True)

    impersonal = {
        "id",
        "request",
        "position",
        "source",
        "row",
        "section",
        "label",
        "names_others",
        "choice",
        "ground",
        "looked_by",
        "looked_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("line of an access pack")
        verbose_name_plural = _("lines of access packs")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "source", "row"], name="cautionary_line_once"
            ),
            models.CheckConstraint(
                name="cautionary_line_looked_at",
                condition=Q(choice="", looked_at__isnull=True)
                | (~Q(choice="") & Q(looked_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Line {self.position} of {self.request_id}"
