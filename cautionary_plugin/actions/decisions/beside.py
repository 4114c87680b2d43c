"""What can be computed beside a factor, so that the answer starts from facts (A14–A19)."""

from collections.abc import Sequence
from datetime import date

from cautionary_plugin.access.entry_facts import words
from cautionary_plugin.models import CaseFile, IncidentReport, Person
from cautionary_plugin.rules.due import day_in_words
from cautionary_plugin.rules.factors import Factor, TimeSince
from cautionary_plugin.rules.vocabulary import Marker

from .same_subject import Lookalike


def facts_beside(
    report: IncidentReport, lookalikes: Sequence[Lookalike], *, on: date
) -> dict[Factor, list[str]]:
    """Sentences for each factor about which something is known.

    Earlier conduct counts only as far as it is on the register: what was declined leaves no
    marker, and so is not held against anybody (A34).
    """
    earlier = _earlier(lookalikes)
    subject = report.case_file.subject
    hazard = [] if isinstance(subject, Person) else [f"Reported: {subject.identity.hazard}."]
    return {
        Factor.SEVERITY: [f"Reported: {', '.join(words(Marker, report.markers))}."]
        if report.markers
        else [],
        Factor.DANGER: hazard,
        Factor.ANIMAL_PRESENT: hazard,
        Factor.TIME_SINCE: _time_since(report.occurred_on, on),
        Factor.PREVIOUS_CONDUCT: earlier,
        Factor.ONE_OFF: earlier,
    }


def _time_since(occurred_on: date | None, on: date) -> list[str]:
    if occurred_on is None:
        return []
    since = TimeSince((on - occurred_on).days)
    ago = since.in_words if since.days == 0 else f"{since.in_words} ago"
    return [f"The incident was {ago}, on {day_in_words(occurred_on)}."]


def _earlier(lookalikes: Sequence[Lookalike]) -> list[str]:
    if not lookalikes:
        return ["No entry of the register looks like the same."]
    joined = CaseFile.objects.filter(joined_to__in=[each.entry.case_file_id for each in lookalikes])
    counts: dict[object, int] = {}
    for file in joined.values_list("joined_to", flat=True):
        counts[file] = counts.get(file, 0) + 1
    return [_in_words(each, counts.get(each.entry.case_file_id, 0)) for each in lookalikes]


def _in_words(lookalike: Lookalike, joined: int) -> str:
    entry = lookalike.entry
    likely = "looks like the same" if lookalike.strong else "may be the same"
    more = f", with {joined} further report{'s' if joined > 1 else ''}" if joined else ""
    return f"{entry.reference} {likely}: incident on {day_in_words(entry.fact_on)}{more}."
