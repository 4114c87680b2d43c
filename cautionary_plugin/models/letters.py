"""What the individual is told in writing, and when they are not (A22, A23, A27, A37)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.letters import INFORMING
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import LetterKind, SentBy
from cautionary_plugin.sealing.fields import SealedJSONField, SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .entries import Entry
from .registers import Register
from .subjects import CaseFile


class LetterWording(Record):
    """One version of the words of a kind of letter, kept by the owner.

    :ivar paragraphs: item of the letter (``rules.letters``) → its words, with placeholders. Words
        of the council; nothing about any individual.
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="wordings")
    kind = models.CharField(_("letter"), max_length=12, choices=LetterKind.choices())
    version = models.PositiveIntegerField(_("version"))
    paragraphs = models.JSONField(_("paragraphs"), default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    impersonal = {"id", "register", "kind", "version", "paragraphs", "made_by", "made_at"}

    class Meta(Record.Meta):
        verbose_name = _("wording of a letter")
        verbose_name_plural = _("wordings of letters")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "kind", "version"], name="cautionary_wording_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{LetterKind(self.kind).label}, version {self.version}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def owed(self) -> Self:
        """Not sent, and not out of date: nobody is told of an entry that has ended, nor of one
        whose individual is not informed while an exemption stands (A27)."""
        exempt = NotificationExemption.objects.filter(entry=OuterRef("entry"), ended_at=None)
        falls_away = Q(entry__state=EntryState.ENDED) | Q(Exists(exempt))
        return self.filter(sent_on=None).exclude(Q(kind__in=INFORMING) & falls_away)


class Letter(SealedModel, Record):
    """A letter to the individual: due, issued, sent. Each of them is a fact with its date.

    :ivar case: the case before the panel that it follows from; ``arrangement`` and ``divert``
        what it tells of, where there is one.
    :ivar writer: the Operations Manager who is to write it (B31); None where the post decides.
    :ivar own_words: what the writer wrote for this individual: ``why``, and ``addressee`` where
        the letter goes elsewhere than to the address on file.
    :ivar wording: the version of the council's words that it was issued in; None for the
        package's own.
    :ivar body: the whole letter as issued, frozen (``rules.letters.LetterBody``); empty before.
    :ivar sent_to: the postal or e-mail address that it went to, or is to go to.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="letters")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="letters")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, related_name="letters")
    appeal = models.ForeignKey(
        "cautionary_plugin.Appeal", on_delete=models.CASCADE, null=True, related_name="letters"
    )
    review = models.ForeignKey(
        "cautionary_plugin.Review", on_delete=models.CASCADE, null=True, related_name="letters"
    )
    case = models.ForeignKey(
        "cautionary_plugin.PanelCase", on_delete=models.CASCADE, null=True, related_name="letters"
    )
    arrangement = models.ForeignKey(
        "cautionary_plugin.SinglePointOfContact",
        on_delete=models.CASCADE,
        null=True,
        related_name="letters",
    )
    divert = models.ForeignKey(
        "cautionary_plugin.EmailDivert", on_delete=models.CASCADE, null=True, related_name="letters"
    )
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(_("letter"), max_length=12, choices=LetterKind.choices())
    wording = models.ForeignKey(LetterWording, on_delete=models.PROTECT, null=True)
    queued_at = models.DateTimeField()
    due_on = models.DateField(_("due"))
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sent_on = models.DateField(_("sent"), null=True)
    sent_by_method = models.CharField(
        _("sent by"), max_length=8, choices=SentBy.choices(), blank=True
    )
    sent_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sent_recorded_at = models.DateTimeField(null=True)

    own_words = SealedJSONField(default=dict, blank=True)
    body = SealedJSONField(default=dict, blank=True)
    sent_to = SealedTextField(_("address"), max_length=1000, blank=True)

    objects = PrimaryManager.from_queryset(LetterQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "case_file",
        "register",
        "entry",
        "appeal",
        "review",
        "case",
        "arrangement",
        "divert",
        "writer",
        "kind",
        "wording",
        "queued_at",
        "due_on",
        "issued_at",
        "issued_by",
        "sent_on",
        "sent_by_method",
        "sent_recorded_by",
        "sent_recorded_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["due_on", "queued_at"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_letter_sent_after_issue",
                condition=Q(sent_on__isnull=True)
                | (Q(issued_at__isnull=False) & ~Q(sent_by_method="")),
            )
        ]

    def __str__(self) -> str:
        return f"{LetterKind(self.kind).label} {self.pk}"


class NotificationExemption(SealedModel, Record):
    """The decision not to inform an individual, in an extreme case (A27).

    It stands until the review of the entry tests it again.
    """

    sealed_under = "entry.case_file"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="exemptions")
    belief = SealedTextField(_("what it is believed would happen"), max_length=4000)
    reasons = SealedTextField(_("reasons for the belief"), max_length=4000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()
    retest_on = models.DateField(_("to be tested again"))
    ended_at = models.DateTimeField(null=True)

    impersonal = {"id", "entry", "decided_by", "decided_at", "retest_on", "ended_at"}

    class Meta(Record.Meta):
        verbose_name = _("exemption from informing")
        verbose_name_plural = _("exemptions from informing")
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(ended_at=None),
                name="cautionary_one_exemption_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Exemption of {self.entry_id}"
