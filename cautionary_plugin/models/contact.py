"""Single points of contact, e-mail diverts, and what each councillor said (B24–B30)."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.states import DivertState
from cautionary_plugin.rules.vocabulary import Allocation
from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .entries import Entry
from .registers import Register
from .subjects import CaseFile


class SinglePointOfContactQuerySet(models.QuerySet["SinglePointOfContact"]):
    def in_force_on(self, day: date) -> Self:
        """Begun and not ended."""
        return self.filter(starts_on__lte=day, ended_at=None)


class SinglePointOfContact(SealedModel, Record):
    """One officer through whom somebody deals with the council (B23–B27).

    It may stand without an entry and without any level of risk, where that serves the customer.

    :ivar suggested: what the rules suggest (B25); where ``allocation`` differs, ``override`` says
        why.
    :ivar officer: the Service Manager; ``delegate`` another officer, at their discretion (B24).
    :ivar contact: name, post, telephone and e-mail, as the individual is told them (B26).
    :ivar email: the address to which a divert goes, and no other (B28).
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.CASCADE, related_name="points_of_contact"
    )
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, related_name="points_of_contact"
    )
    case = models.ForeignKey(
        "cautionary_plugin.PanelCase",
        on_delete=models.CASCADE,
        related_name="points_of_contact",
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    delegated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    delegated_at = models.DateTimeField(null=True)
    allocation = models.CharField(_("based in"), max_length=12, choices=Allocation.choices())
    suggested = models.CharField(_("suggested"), max_length=12, choices=Allocation.choices())
    starts_on = models.DateField(_("from"))
    arranged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    arranged_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    contact = SealedTextField(_("contact details"), max_length=1000)
    email = SealedTextField(_("e-mail address"), max_length=254)
    reasons = SealedTextField(_("reasons"), max_length=4000)
    override = SealedTextField(_("why elsewhere than suggested"), max_length=2000, blank=True)
    ended_because = SealedTextField(_("why it ended"), max_length=4000, blank=True)

    objects = PrimaryManager.from_queryset(SinglePointOfContactQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "case_file",
        "register",
        "entry",
        "case",
        "officer",
        "delegate",
        "delegated_by",
        "delegated_at",
        "allocation",
        "suggested",
        "starts_on",
        "arranged_by",
        "arranged_at",
        "ended_by",
        "ended_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("single point of contact")
        verbose_name_plural = _("single points of contact")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["case_file", "register"],
                condition=Q(ended_at=None),
                name="cautionary_one_point_of_contact",
            )
        ]

    def __str__(self) -> str:
        return f"Point of contact, case {self.case.reference}"


class EmailDivert(SealedModel, Record):
    """E-mail of one customer goes to the single point of contact (B28–B30).

    There is no address to divert to but that of the arrangement. The package does not change mail
    servers: whoever runs them is given a task, and says when it is done.

    :ivar addresses: the customer's e-mail addresses, one a line.
    :ivar no_councillors: why no ward councillor is to be asked, where that is so (B29).
    :ivar requested_at: when the mail administrator was last asked to switch it on.
    :ivar switched_on_at: when they last did; from the first time it is on, in whatever state the
        divert stands, until they say that it is off.
    :ivar ended_at: when its end was decided on; it may still be on.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="diverts")
    reference = models.CharField(_("reference"), max_length=24, unique=True)
    arrangement = models.ForeignKey(
        SinglePointOfContact, on_delete=models.CASCADE, related_name="diverts"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=DivertState.choices(), default=DivertState.PREPARED
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    prepared_at = models.DateTimeField()
    requested_at = models.DateTimeField(null=True)
    switched_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    switched_on_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    addresses = SealedTextField(_("the customer’s e-mail addresses"), max_length=2000)
    reasons = SealedTextField(_("reasons"), max_length=4000)
    no_councillors = SealedTextField(_("why no councillor is asked"), max_length=2000, blank=True)

    impersonal = {
        "id",
        "case_file",
        "reference",
        "arrangement",
        "state",
        "prepared_by",
        "prepared_at",
        "requested_at",
        "switched_on_by",
        "switched_on_at",
        "ended_by",
        "ended_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("e-mail divert")
        verbose_name_plural = _("e-mail diverts")
        ordering = ["-prepared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["arrangement"],
                condition=~Q(state=DivertState.ENDED.value),
                name="cautionary_one_divert_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class CouncillorAnswer(SealedModel, Record):
    """Whether a ward councillor wants the divert for their own e-mail too (B29).

    :ivar wants: None until they have answered.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.CASCADE, related_name="councillor_answers"
    )
    divert = models.ForeignKey(EmailDivert, on_delete=models.CASCADE, related_name="councillors")
    asked_on = models.DateField(_("asked"))
    wants = models.BooleanField(_("wants the divert"), null=True)
    answered_on = models.DateField(_("answered"), null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    councillor = SealedTextField(_("councillor"), max_length=200)
    email = SealedTextField(_("e-mail address"), max_length=254)

    impersonal = {
        "id",
        "case_file",
        "divert",
        "asked_on",
        "wants",
        "answered_on",
        "recorded_by",
    }

    class Meta(Record.Meta):
        verbose_name = _("answer of a councillor")
        verbose_name_plural = _("answers of councillors")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_councillor_answered",
                condition=Q(wants=None, answered_on=None)
                | Q(wants__isnull=False, answered_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
