"""Send a report: what was typed becomes facts, and others are asked for their part."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.people import active_people
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.concerned import concerned
from cautionary_plugin.actions.figures import count
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.actions.referrers import referrers_of
from cautionary_plugin.actions.statements import invite
from cautionary_plugin.models import IncidentReport, MailKind, Person, Premises, Service
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.figures import Measure
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.report_pages import check_report
from cautionary_plugin.rules.reporting import Page, Whose
from cautionary_plugin.rules.states import ANYBODY, ReportState, check_move
from cautionary_plugin.rules.vocabulary import Act, Route, SubjectKind

from . import facts
from .drafts import lock_own_open, pages_now


@action
def submit_report(*, report: IncidentReport, by: Any, at: datetime) -> IncidentReport:
    """Send a report to be countersigned, or to be put before the panel; again, once sent back.

    The employees concerned are invited to give their accounts (A11); the reporter is not, whose
    account the report is. The working days to countersign begin (A8); as many are the aim for an
    Operations Manager who is to put it before the panel (B12).

    :raises NotYours: ``by`` neither types the report nor is its reporter.
    :raises AlreadyDone: it was sent before.
    :raises BadInput: under the pages that lack something.
    """
    report = lock_own_open(report, by=by)
    check_move(ReportState, report.state, ReportState.SUBMITTED, by=ANYBODY)
    today = timezone.localdate(at)
    settled = set(Page) - set(pages_now(report))
    check_report(
        report.case_file.kind,
        report.answers,
        on=today,
        without=settled,
        route=report.register.route,
    )
    _name_reporter(report)
    _write_facts(report)
    if report.submitted_at is None:
        count(register=report.register, measure=Measure.REPORTED, part=report.trigger, at=at)
    report.state, report.submitted_at, report.changed_at = ReportState.SUBMITTED, at, at
    report.countersign_by = report.register.calendar.after(today, report.register.countersign_days)
    report.chased_at = None
    report.save()
    _identify_subject(report)
    _invite_concerned(report, today=today, at=at)
    _tell_whose_turn_it_is(report, at=at)
    record(act=Act.REPORTED, by=by, at=at, register=report.register, reference=report.reference)
    return report


def _tell_whose_turn_it_is(report: IncidentReport, *, at: datetime) -> None:
    if report.register.route == Route.PANEL:
        kind, people = MailKind.REFER, referrers_of(report, at=at)
    else:
        kind, people = MailKind.COUNTERSIGN, countersigners_of(report, at=at)
    queue_mail(kind=kind, to=people, at=at, reference=report.reference)


def countersigners_of(report: IncidentReport, *, at: datetime) -> list[Any]:
    """Who is asked to countersign: the heads of the report's own service, or else all.

    Never whoever reported or typed it, or was there (A8).
    """
    apart = concerned(report)
    for service in [report.service, None] if report.service else [None]:
        people = holders_of(Power.COUNTERSIGN, at=at, register=report.register, service=service)
        if others := [each for each in people if each.pk not in apart]:
            return others
    return []


def _name_reporter(report: IncidentReport) -> None:
    """Whose report it is; settled when it is first sent (A7).

    :raises BadInput: the colleague's account is gone or out of use.
    """
    if report.state != ReportState.DRAFT:
        return
    answers = report.answers.get(Page.WHOSE, {})
    if answers.get("whose") != Whose.COLLEAGUES:
        _check_is_of_a_person(report)
        return
    colleagues = active_people([answers.get("colleague", "")])
    if not colleagues:
        raise BadInput({Page.WHOSE: ["This colleague has no active account any more."]})
    [report.reporter] = colleagues


def _check_is_of_a_person(report: IncidentReport) -> None:
    if report.system_id is not None:
        said = "Say which colleague’s report it is: a system has seen nothing itself."
        raise BadInput({Page.WHOSE: [said]})


def _write_facts(report: IncidentReport) -> None:
    answers = report.answers
    for name, value in facts.facts_of(report.case_file.kind, answers).items():
        setattr(report, name, value)
    slug = answers.get(Page.SERVICE, {}).get("service") or ""
    report.service = Service.objects.filter(slug=slug).first()
    report.police = facts.police(answers).to_json()


def _identify_subject(report: IncidentReport) -> None:
    """The person or the premises of the case file, as the report has them now."""
    case_file, answers = report.case_file, report.answers
    if case_file.kind == SubjectKind.PERSON:
        person = Person.objects.filter(case_file=case_file).first() or Person(case_file=case_file)
        person.case_file = case_file
        person.identity_sealed = facts.person(answers).to_json()
        person.born_on = facts.born_on(answers)
        person.save()
    else:
        place = Premises.objects.filter(case_file=case_file).first() or Premises(
            case_file=case_file
        )
        place.case_file = case_file
        place.identity_sealed = facts.premises(answers).to_json()
        place.save()


def _invite_concerned(report: IncidentReport, *, today: date, at: datetime) -> None:
    named = active_people(report.answers.get(Page.OTHERS, {}).get("colleagues") or [])
    invite(
        employees=[each for each in named if each.pk != report.reporter_id],
        case_file=report.case_file,
        report=report,
        due_on=report.register.calendar.after(today, report.register.statement_days),
        at=at,
    )
