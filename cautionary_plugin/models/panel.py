"""What comes before the panel, and where: cases, meetings, who attends, the agenda (B6, B8–B14)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.states import CaseState, ItemState, MeetingState
from cautionary_plugin.rules.vocabulary import (
    Capacity,
    CaseKind,
    Health,
    LetterFirst,
    MeetingMode,
    Risk,
)
from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .entries import Entry
from .incidents import IncidentReport
from .posts import Post
from .registers import Register
from .subjects import CaseFile


class PanelCase(SealedModel, Record):
    """Something that the panel is to decide: a referral, a renewal, a ratification …

    :ivar report: what happened, where the case stands on a report.
    :ivar entry: the entry that is to be renewed, ratified or reconsidered.
    :ivar presenter: the Operations Manager who puts the case (B12).
    :ivar statement: the Operations Manager's statement, which does where papers are missing (B14).
    :ivar risk: the level as it is presented; the panel decides on its own.
    :ivar proceedings: legal proceedings were intimated, so that Legal is invited (B13).
    :ivar letter_tried: what is known of a letter of expected behaviour before (B17).
    :ivar withdrawn_because: why it was taken back before the panel decided.
    :ivar decide_by: the last day on which a decision is of use; the end of the entry, for one.
    """

    sealed_under = "case_file"

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="panel_cases")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="panel_cases")
    kind = models.CharField(_("kind"), max_length=12, choices=CaseKind.choices())
    state = models.CharField(
        _("state"), max_length=12, choices=CaseState.choices(), default=CaseState.WAITING
    )
    report = models.ForeignKey(
        IncidentReport, on_delete=models.CASCADE, null=True, related_name="panel_cases"
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, related_name="panel_cases"
    )
    corrects = models.ForeignKey(
        "cautionary_plugin.PanelDecision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="corrections",
    )
    risk = models.CharField(_("level as presented"), max_length=8, choices=Risk.choices())
    proceedings = models.BooleanField(_("legal proceedings were intimated"), default=False)
    presenter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    referred_at = models.DateTimeField()
    decide_by = models.DateField(_("to be decided by"), null=True)
    settled_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    withdrawn_because = SealedTextField(_("why it was withdrawn"), max_length=2000, blank=True)
    statement = SealedTextField(_("statement"), max_length=20000, blank=True)
    letter_tried = SealedTextField(_("letters before"), max_length=4000, blank=True)

    impersonal = {
        "id",
        "reference",
        "case_file",
        "register",
        "kind",
        "state",
        "report",
        "entry",
        "corrects",
        "risk",
        "proceedings",
        "presenter",
        "referred_by",
        "referred_at",
        "decide_by",
        "settled_at",
        "withdrawn_by",
    }

    class Meta(Record.Meta):
        verbose_name = _("case before the panel")
        verbose_name_plural = _("cases before the panel")
        ordering = ["referred_at", "reference"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_case_is_about_something",
                condition=Q(report__isnull=False) | Q(entry__isnull=False),
            ),
            models.CheckConstraint(
                name="cautionary_case_settled",
                condition=Q(state=CaseState.WAITING.value, settled_at__isnull=True)
                | (~Q(state=CaseState.WAITING.value) & Q(settled_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["entry", "kind"],
                condition=Q(state=CaseState.WAITING.value),
                name="cautionary_one_case_of_a_kind_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["report", "register"],
                condition=Q(state=CaseState.WAITING.value, kind=CaseKind.REFERRAL.value),
                name="cautionary_referred_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Meeting(Record):
    """A meeting of the panel. Nothing here is about anybody but colleagues.

    :ivar sequence: counts the changes, as calendars do (RFC 5545).
    """

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="meetings")
    state = models.CharField(
        _("state"), max_length=12, choices=MeetingState.choices(), default=MeetingState.PLANNED
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    mode = models.CharField(_("how"), max_length=12, choices=MeetingMode.choices())
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    called_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    impersonal = {
        "id",
        "reference",
        "register",
        "state",
        "starts_at",
        "ends_at",
        "mode",
        "place",
        "link",
        "sequence",
        "called_by",
        "called_at",
        "opened_by",
        "opened_at",
        "closed_by",
        "closed_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("meeting of the panel")
        verbose_name_plural = _("meetings of the panel")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_meeting_period", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.UniqueConstraint(
                fields=["register"],
                condition=Q(state=MeetingState.OPEN.value),
                name="cautionary_one_meeting_in_session",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class AttendeeQuerySet(models.QuerySet["Attendee"]):
    def present(self) -> Self:
        """In the room, or on the line, now."""
        return self.filter(came_at__isnull=False, left_at=None)


class Attendee(Record):
    """Somebody who is invited to a meeting, as what, and whether they are there.

    :ivar post: the post that a member holds, or that a deputy stands in for.
    :ivar briefed_by: who confirmed that the deputy was briefed for this meeting (B8).
    :ivar case: the case that a presenter puts, or that Legal advises on.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendees")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    capacity = models.CharField(_("as"), max_length=12, choices=Capacity.choices())
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(
        PanelCase, on_delete=models.CASCADE, null=True, related_name="attendees"
    )
    briefed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    briefed_at = models.DateTimeField(null=True)
    invited_at = models.DateTimeField(null=True)
    apologies_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    objects = PrimaryManager.from_queryset(AttendeeQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "meeting",
        "user",
        "capacity",
        "post",
        "case",
        "briefed_by",
        "briefed_at",
        "invited_at",
        "apologies_at",
        "came_at",
        "left_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(case=None),
                name="cautionary_attends_in_one_capacity",
            ),
            models.UniqueConstraint(
                fields=["meeting", "user", "case"], name="cautionary_presents_a_case_once"
            ),
            models.CheckConstraint(
                name="cautionary_seat_has_a_post",
                condition=Q(
                    capacity__in=[Capacity.MEMBER.value, Capacity.DEPUTY.value],
                    post__isnull=False,
                    case=None,
                )
                | Q(capacity__in=[Capacity.PRESENTER.value, Capacity.LEGAL.value], post=None)
                | Q(capacity=Capacity.CLERK.value, post=None, case=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Attendee {self.pk}"


class ConflictDeclaration(SealedModel, Record):
    """A member is implicated in a case, or related to the customer, and says so (B9–B11).

    From the declaration on the member is shut out of the case, until it is decided that they may
    take part. Each declaration is decided once; after it was decided that somebody may take part,
    what comes up later is a new declaration, and the old one stays as it was.

    :ivar declared_by: the member themselves, whoever told of it, or None where the report itself
        names them.
    :ivar passed_on_at: when the chair, being absent, left the decision to the Monitoring Officer.
    :ivar excluded: None until it is decided.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="conflicts")
    case = models.ForeignKey(PanelCase, on_delete=models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    declared_at = models.DateTimeField()
    passed_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    passed_on_at = models.DateTimeField(null=True)
    excluded = models.BooleanField(_("excluded"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    reasons = SealedTextField(_("what the conflict is"), max_length=4000, blank=True)
    decision = SealedTextField(_("reasons of the decision"), max_length=4000, blank=True)

    impersonal = {
        "id",
        "case_file",
        "case",
        "user",
        "declared_by",
        "declared_at",
        "passed_on_by",
        "passed_on_at",
        "excluded",
        "decided_by",
        "decided_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=Q(excluded=None) | Q(excluded=True),
                name="cautionary_conflict_once",
            ),
            models.CheckConstraint(
                name="cautionary_conflict_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("user")),
            ),
            models.CheckConstraint(
                name="cautionary_conflict_decided_when",
                condition=Q(excluded=None, decided_at=None)
                | Q(excluded__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Conflict {self.pk}"


class AgendaItem(SealedModel, Record):
    """A case on the agenda of a meeting, and what the panel found, question by question.

    :ivar papers_at: when its papers were released to those who may read them (B14).
    :ivar health: the first question; nothing is put to the vote before its answer (B20).
    :ivar adjustments: codes of changes to the approach are on the consultation; here are the
        panel's words, agreed with specialist colleagues (B21).
    :ivar criteria: why the behaviour is, or is not, unreasonable (B15); ``exceptional`` why the
        circumstances are (B16); ``letter_reasons`` on the letter before (B17).
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="agenda_items")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(PanelCase, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=12, choices=ItemState.choices(), default=ItemState.LISTED
    )
    listed_at = models.DateTimeField()
    papers_at = models.DateTimeField(null=True)
    papers_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    health = models.CharField(_("health"), max_length=12, choices=Health.choices(), blank=True)
    criteria_met = models.BooleanField(_("the criteria are met"), null=True)
    letter_first = models.CharField(
        _("letter first"), max_length=12, choices=LetterFirst.choices(), blank=True
    )
    spoc_needed = models.BooleanField(_("a single point of contact is needed"), null=True)

    health_words = SealedTextField(_("what was considered"), max_length=4000, blank=True)
    adjustments = SealedTextField(_("changes to the approach"), max_length=4000, blank=True)
    criteria = SealedTextField(_("criteria"), max_length=4000, blank=True)
    exceptional = SealedTextField(_("exceptional circumstances"), max_length=4000, blank=True)
    letter_reasons = SealedTextField(_("on a letter first"), max_length=4000, blank=True)
    spoc_reasons = SealedTextField(_("on a single point of contact"), max_length=4000, blank=True)
    legal_advice = SealedTextField(_("legal advice"), max_length=4000, blank=True)
    adjourned_because = SealedTextField(_("why it was adjourned"), max_length=2000, blank=True)

    impersonal = {
        "id",
        "case_file",
        "meeting",
        "case",
        "position",
        "state",
        "listed_at",
        "papers_at",
        "papers_by",
        "opened_at",
        "closed_at",
        "health",
        "criteria_met",
        "letter_first",
        "spoc_needed",
    }

    class Meta(Record.Meta):
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case"],
                condition=~Q(state__in=[ItemState.ADJOURNED.value, ItemState.REMOVED.value]),
                name="cautionary_on_agenda_once",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(state__in=[ItemState.OPEN.value, ItemState.VOTING.value]),
                name="cautionary_one_item_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(
                    state__in=[ItemState.LISTED.value, ItemState.OPEN.value, ItemState.VOTING.value]
                ),
                name="cautionary_on_one_agenda_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Item {self.position} of {self.meeting_id}"
