"""How the panel decides: motions, named votes, decisions that never change (B15–B23, B41, B42)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.vocabulary import Adjustment, Choice, PanelOutcome, Risk, System
from cautionary_plugin.sealing.fields import SealedJSONField, SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .entries import Entry
from .panel import AgendaItem, PanelCase
from .posts import Post
from .registers import Register
from .subjects import CaseFile

NEVER_CHANGES = "A decision of the panel never changes. A correction is a new decision."


class Consultation(Record):
    """The Adult Social Care representative consulted Mosaic or another system (B22).

    No field takes free text, so that nothing clinical is copied.

    :ivar relevant: whether there is something that bears on the approach.
    :ivar adjustments: codes of :class:`Adjustment`.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="consultations")
    system = models.CharField(_("system"), max_length=8, choices=System.choices())
    relevant = models.BooleanField(_("it bears on the approach"))
    adjustments = models.JSONField(_("changes to the approach"), default=list, blank=True)
    consulted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    consulted_at = models.DateTimeField()

    impersonal = {
        "id",
        "item",
        "system",
        "relevant",
        "adjustments",
        "consulted_by",
        "consulted_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("consultation of a system")
        verbose_name_plural = _("consultations of systems")
        ordering = ["consulted_at"]

    def __str__(self) -> str:
        return f"Consultation {self.pk}"

    @property
    def adjustments_in_words(self) -> list[str]:
        """The changes to the approach, as people read them."""
        return [Adjustment(code).label for code in self.adjustments]


class Motion(SealedModel, Record):
    """What is put to the vote: an outcome, with the terms that it would have.

    :ivar risk: the level, and ``definition`` the words of the policy as the vote was taken (B18).
    :ivar terms: what the entry would say (``rules.panel_terms``); empty for most outcomes.
    :ivar carried: None while the vote is open; the counts are those of the closing.
    :ivar withdrawn: the item was adjourned during the vote; the votes stay on the record.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="motions")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="motions")
    number = models.PositiveSmallIntegerField(_("number"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=PanelOutcome.choices())
    risk = models.CharField(_("level"), max_length=8, choices=Risk.choices(), blank=True)
    definition = models.TextField(_("definition of the level"), blank=True)
    put_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    put_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    carried = models.BooleanField(_("carried"), null=True)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    present = models.PositiveSmallIntegerField(_("eligible and present"), null=True)
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True)
    abstentions = models.PositiveSmallIntegerField(_("abstained"), null=True)

    reasons = SealedTextField(_("reasons"), max_length=10000)
    terms = SealedJSONField(_("terms"), default=dict, blank=True)

    impersonal = {
        "id",
        "case_file",
        "item",
        "number",
        "outcome",
        "risk",
        "definition",
        "put_by",
        "put_at",
        "closed_by",
        "closed_at",
        "carried",
        "withdrawn",
        "present",
        "votes_for",
        "votes_against",
        "abstentions",
    }

    class Meta(Record.Meta):
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="cautionary_motion_number"),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(closed_at=None),
                name="cautionary_one_motion_at_a_time",
            ),
            models.CheckConstraint(
                name="cautionary_motion_counted",
                condition=Q(closed_at=None, carried=None)
                | Q(
                    closed_at__isnull=False,
                    carried__isnull=False,
                    present__isnull=False,
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    abstentions__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="cautionary_withdrawn_is_not_carried",
                condition=Q(withdrawn=False) | Q(carried=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Motion {self.number} of item {self.item_id}"


class VoteQuerySet(models.QuerySet["Vote"]):
    def counting(self) -> Self:
        """Not struck because the voter was excluded."""
        return self.filter(struck_at=None)


class Vote(Record):
    """One post's vote on a motion, by name; struck where its voter is excluded later (B11)."""

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="votes")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    as_deputy = models.BooleanField(_("as deputy"), default=False)
    choice = models.CharField(_("vote"), max_length=8, choices=Choice.choices())
    cast_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    objects = PrimaryManager.from_queryset(VoteQuerySet)()  # type: ignore[misc]

    impersonal = {"id", "motion", "post", "user", "as_deputy", "choice", "cast_at", "struck_at"}

    class Meta(Record.Meta):
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["cast_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["motion", "post"],
                condition=Q(struck_at=None),
                name="cautionary_one_vote_a_post",
            ),
            models.UniqueConstraint(
                fields=["motion", "user"],
                condition=Q(struck_at=None),
                name="cautionary_one_vote_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Vote {self.pk}"


class PanelDecisionQuerySet(models.QuerySet["PanelDecision"]):
    def update(self, **values: Any) -> int:
        """Nothing is changed; what points to a row that is erased may be emptied."""
        if any(value is not None for value in values.values()):
            raise IllegalMove(NEVER_CHANGES)
        return super().update(**values)

    def delete(self) -> Any:
        """A decision goes with the file, when that is erased, and not before."""
        raise IllegalMove(NEVER_CHANGES)


class PanelDecision(SealedModel, Record):
    """What the panel decided on a case; it never changes. A correction is a new decision.

    :ivar carried: whether the motion had its votes; without them nothing follows from it (B19).
    :ivar findings: the answers to the panel's questions, frozen with the decision.
    :ivar corrects: the decision that this one puts right.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.CASCADE, related_name="panel_decisions"
    )
    case = models.ForeignKey(PanelCase, on_delete=models.CASCADE, related_name="decisions")
    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="decision")
    motion = models.OneToOneField(Motion, on_delete=models.CASCADE, related_name="decision")
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, related_name="panel_decisions"
    )
    corrects = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="corrected_by"
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=PanelOutcome.choices())
    carried = models.BooleanField(_("carried"))
    risk = models.CharField(_("level"), max_length=8, choices=Risk.choices(), blank=True)
    definition = models.TextField(_("definition of the level"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    reasons = SealedTextField(_("reasons"), max_length=10000)
    findings = SealedJSONField(_("findings"), default=dict)
    terms = SealedJSONField(_("terms"), default=dict, blank=True)

    objects = PrimaryManager.from_queryset(PanelDecisionQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "case_file",
        "case",
        "item",
        "motion",
        "entry",
        "corrects",
        "outcome",
        "carried",
        "risk",
        "definition",
        "recorded_by",
        "recorded_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("decision of the panel")
        verbose_name_plural = _("decisions of the panel")
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return f"Decision on {self.case_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise IllegalMove(NEVER_CHANGES)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """A decision goes with the file, when that is erased, and not before."""
        raise IllegalMove(NEVER_CHANGES)


class UrgentAddition(SealedModel, Record):
    """A high-risk entry that was added ahead of the panel, and what became of it (B41, B42).

    :ivar for_chair: added by the Director for Legal and Democratic; ``absence`` says why the chair
        could not.
    :ivar ratified: None until the panel has met.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.CASCADE, related_name="urgent_additions"
    )
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="urgent_addition")
    case = models.OneToOneField(PanelCase, on_delete=models.CASCADE, related_name="urgent_addition")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()
    for_chair = models.BooleanField(_("in the absence of the chair"), default=False)
    ratified = models.BooleanField(_("ratified"), null=True)
    settled_at = models.DateTimeField(null=True)

    reasons = SealedTextField(_("why it could not wait"), max_length=4000)
    absence = SealedTextField(_("why the chair could not decide"), max_length=1000, blank=True)

    impersonal = {
        "id",
        "case_file",
        "entry",
        "case",
        "added_by",
        "added_at",
        "for_chair",
        "ratified",
        "settled_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("urgent addition")
        verbose_name_plural = _("urgent additions")

    def __str__(self) -> str:
        return f"Urgent addition {self.pk}"


class DirectorReferral(SealedModel, Record):
    """The panel found a high risk and refers the case to the director's register.

    Never an automatic marker: the director takes the report up by its own route, or says why not.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.CASCADE, related_name="director_referrals"
    )
    decision = models.OneToOneField(
        PanelDecision, on_delete=models.CASCADE, related_name="director_referral"
    )
    register = models.ForeignKey(
        Register, on_delete=models.PROTECT, related_name="director_referrals"
    )
    raised_at = models.DateTimeField()
    taken = models.BooleanField(_("taken up"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    reasons = SealedTextField(_("reasons"), max_length=4000, blank=True)

    impersonal = {
        "id",
        "case_file",
        "decision",
        "register",
        "raised_at",
        "taken",
        "answered_by",
        "answered_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("referral to a director")
        verbose_name_plural = _("referrals to directors")
        ordering = ["raised_at"]

    def __str__(self) -> str:
        return f"Referral {self.pk}"
