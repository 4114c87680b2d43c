"""The forms of reviews: each factor is a question of its own, and starts empty (A35)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.actions.reviews import last_answers, last_decided_at, new_reports
from cautionary_plugin.admin.words import day
from cautionary_plugin.forms.fields import ProseField, TypedDateField
from cautionary_plugin.models import IncidentReport, Review
from cautionary_plugin.rules.factors import Factor, TimeSince, factors_for
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import ReviewOutcome, Trigger

IN_WORDS = ""


@dataclass(frozen=True, repr=False)
class Section:
    """Some questions under one heading."""

    heading: Any
    lead: Any
    fields: list[Any]


class ProposalForm(forms.Form):
    """The factors afresh, the outcome, and what a renewal takes.

    What was answered at the last decision stands beside each question, to be read, never filled
    in. After a review was sent back, its own words are there to be mended.
    """

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=ReviewOutcome.choices(),
        widget=forms.RadioSelect,
    )
    reasons = ProseField(label=gettext_lazy("Reasons"), max_length=10000, rows=6)
    evidence = forms.ChoiceField(
        label=gettext_lazy("What is new since the last decision?"),
        widget=forms.RadioSelect,
        required=False,
    )
    new_evidence = ProseField(
        label=gettext_lazy("The new evidence, in words"), max_length=4000, required=False
    )
    new_evidence_on = TypedDateField(label=gettext_lazy("Date of the new evidence"), required=False)
    new_end_on = TypedDateField(
        label=gettext_lazy("Last day of the further period"), required=False
    )
    term_reasons = ProseField(
        label=gettext_lazy("Why longer than the standard term?"),
        help_text=gettext_lazy("Only for an entry at high risk."),
        max_length=4000,
        required=False,
    )

    def __init__(self, *args: Any, review: Review, at: datetime, **kwargs: Any) -> None:
        self.entry, today = review.entry, timezone.localdate(at)
        self.factors = factors_for(self.entry.case_file.kind)
        self.reports = {str(each.pk): each for each in new_reports(self.entry)}
        kwargs["initial"] = _own_words(review)
        super().__init__(*args, **kwargs)
        before = last_answers(self.entry, but=review)
        for factor in self.factors:
            self.fields[factor.value] = ProseField(
                label=factor.label, help_text=self._beside(factor, before, today)
            )
        self.order_fields([factor.value for factor in self.factors])
        evidence: Any = self.fields["evidence"]
        evidence.choices = self._evidence()
        self.fields["new_end_on"].help_text = self._longest(today)
        decided_on = timezone.localdate(last_decided_at(self.entry))
        self.fields["new_evidence_on"].help_text = _("After %(day)s. For example 27 3 2027") % {
            "day": day(decided_on)
        }

    @property
    def sections(self) -> list[Section]:
        """The factors first, then the outcome, then what a renewal takes."""
        asked = [factor.value for factor in self.factors]
        decided = ["outcome", "reasons"]
        renewal = ["evidence", "new_evidence", "new_evidence_on", "new_end_on", "term_reasons"]
        return [
            Section(
                _("The factors, as they are today"),
                _(
                    "Answer each in a sentence of your own. An answer of the last decision that is "
                    "copied does not count."
                ),
                [self[name] for name in asked],
            ),
            Section(_("The outcome"), "", [self[name] for name in decided]),
            Section(
                _("Only to keep the entry"),
                _("Unless something new shows that the risk remains, the entry must end."),
                [self[name] for name in renewal],
            ),
        ]

    def proposal(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        typed = dict(self.cleaned_data)
        answers = {factor.value: typed.pop(factor.value) for factor in self.factors}
        report: IncidentReport | None = self.reports.get(typed.pop("evidence"))
        return {
            **typed,
            "outcome": ReviewOutcome(typed["outcome"]),
            "factors": answers,
            "evidence": report,
        }

    def _beside(self, factor: Factor, before: dict[str, str], today: date) -> str:
        told = []
        if factor is Factor.TIME_SINCE:
            since = TimeSince((today - self.entry.fact_on).days).in_words
            told.append(
                _("%(since)s since %(day)s.") % {"since": since, "day": day(self.entry.fact_on)}
            )
        if answer := before.get(factor.value):
            told.append(_("At the last decision: “%(answer)s”") % {"answer": answer})
        return "\n".join(told)

    def _evidence(self) -> list[tuple[str, str]]:
        known = [
            (key, f"{each.reference}: {Trigger(each.trigger).label}, {day(each.occurred_on)}")
            for key, each in self.reports.items()
            if each.occurred_on
        ]
        return [*known, (IN_WORDS, _("Other evidence, in words"))]

    def _longest(self, today: date) -> str:
        register = self.entry.register
        return _(
            "After %(now)s. The standard term ends before %(standard)s, the longest before "
            "%(longest)s."
        ) % {
            "now": day(last_day(self.entry)),
            "standard": day(months_after(today, register.term_months)),
            "longest": day(months_after(today, register.longest_term_months)),
        }


class SafetyForm(forms.Form):
    """The signature for health and safety, under the proposal that was read."""

    comment = ProseField(label=gettext_lazy("Your comment"), max_length=4000, required=False)
    seen = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])

    @staticmethod
    def seen_at(at: datetime | None) -> str:
        """The instant of the proposal, as the form carries it."""
        return at.strftime("%Y-%m-%dT%H:%M:%S.%f%z") if at else ""


class SendBackForm(forms.Form):
    """Why the proposal is not signed."""

    comment = ProseField(label=gettext_lazy("Reasons"), max_length=4000, rows=6)


class NothingForm(forms.Form):
    """A button and nothing to fill in."""


class QuarterForm(forms.Form):
    """The list that was looked at, by its digest."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


def _own_words(review: Review) -> dict[str, Any]:
    """What this review proposed before it was sent back; nothing of any other."""
    return {
        **review.factors,
        "outcome": review.outcome,
        "reasons": review.reasons,
        "evidence": str(review.evidence_id or IN_WORDS),
        "new_evidence": review.new_evidence,
        "new_evidence_on": review.new_evidence_on,
        "new_end_on": review.new_end_on,
        "term_reasons": review.term_reasons,
    }
