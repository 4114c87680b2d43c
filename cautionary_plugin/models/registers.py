"""Registers, the services of the council, and the numbers that references are made of."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.vocabulary import Nation, PolicyText, Route
from cautionary_plugin.rules.working_days import WorkingCalendar

from .base import Record


class Service(Record):
    """A service of the council, as grants and audiences name it (L1, A40)."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=120)

    impersonal = {"id", "slug", "name"}

    class Meta(Record.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Register(Record):
    """One register of the site: who decides, for how long, and by which calendar."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    prefix = models.CharField(
        _("prefix of references"), max_length=8, unique=True, help_text=_("For example CPR")
    )
    route = models.CharField(_("who decides"), max_length=10, choices=Route.choices())
    term_months = models.PositiveSmallIntegerField(
        _("standard term in months"), default=12, validators=[MinValueValidator(1)]
    )
    longest_term_months = models.PositiveSmallIntegerField(
        _("longest term in months"), default=36, validators=[MinValueValidator(1)]
    )
    notice_days = models.PositiveSmallIntegerField(_("working days to give notice"), default=2)
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    votes_needed = models.PositiveSmallIntegerField(_("votes needed"), null=True, blank=True)
    nation = models.CharField(
        _("bank holidays of"), max_length=3, choices=Nation.choices(), default=Nation.ENGLAND
    )
    countersign_days = models.PositiveSmallIntegerField(_("working days to countersign"), default=2)
    statement_days = models.PositiveSmallIntegerField(
        _("working days for an employee's account"), default=5
    )
    appeal_days = models.PositiveSmallIntegerField(_("working days to lodge an appeal"), default=20)
    hearing_days = models.PositiveSmallIntegerField(
        _("working days to decide an appeal"), default=20
    )
    hearers_needed = models.PositiveSmallIntegerField(_("hearers of an appeal"), default=2)
    meeting_days = models.PositiveSmallIntegerField(
        _("days between meetings of the panel, at most"), default=35
    )
    renewal_days = models.PositiveSmallIntegerField(
        _("days before its end that a renewal comes before the panel"), default=60
    )
    council_name = models.CharField(_("name of the council"), max_length=120, blank=True)
    letter_address = models.TextField(_("address for letters"), max_length=500, blank=True)
    appeal_contact = models.TextField(_("where to appeal and complain"), max_length=500, blank=True)

    impersonal = {
        "id",
        "slug",
        "name",
        "prefix",
        "route",
        "term_months",
        "longest_term_months",
        "notice_days",
        "quorum",
        "votes_needed",
        "nation",
        "countersign_days",
        "statement_days",
        "appeal_days",
        "hearing_days",
        "hearers_needed",
        "meeting_days",
        "renewal_days",
        "council_name",
        "letter_address",
        "appeal_contact",
    }

    class Meta(Record.Meta):
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_register_term",
                condition=Q(term_months__gte=1, longest_term_months__gte=F("term_months")),
            ),
            models.CheckConstraint(
                name="cautionary_register_panel_counts",
                # A comparison with NULL is no fault to a database, hence "is not null".
                condition=~Q(route=Route.PANEL.value)
                | Q(
                    quorum__isnull=False,
                    quorum__gte=1,
                    votes_needed__isnull=False,
                    votes_needed__gte=1,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def calendar(self) -> WorkingCalendar:
        """The council's working days, by which the register's clocks run (A20, A22)."""
        closed = frozenset(self.closure_days.values_list("day", flat=True))
        return WorkingCalendar(Nation(self.nation), closed)


class ClosureDay(Record):
    """A day on which the council is closed, besides weekends and bank holidays (A20)."""

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="closure_days")
    day = models.DateField(_("day"))

    impersonal = {"id", "register", "day"}

    class Meta(Record.Meta):
        verbose_name = _("closure day")
        verbose_name_plural = _("closure days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["register", "day"], name="cautionary_closed_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class PolicyLink(Record):
    """Where the council keeps a text that the policy is read with (A4)."""

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="policy_links")
    text = models.CharField(_("text"), max_length=20, choices=PolicyText.choices())
    url = models.URLField(_("address"), max_length=500)

    impersonal = {"id", "register", "text", "url"}

    class Meta(Record.Meta):
        verbose_name = _("policy link")
        verbose_name_plural = _("policy links")
        constraints = [
            models.UniqueConstraint(fields=["register", "text"], name="cautionary_link_once")
        ]

    def __str__(self) -> str:
        return PolicyText(self.text).label


class ReferenceSequence(Record):
    """The last number given out for a prefix in a year; taken under a lock."""

    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    impersonal = {"id", "prefix", "year", "last"}

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="cautionary_sequence_once")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"
