"""Where a customer's single point of contact would be based (B25), from what is on file."""

from django.db.models import Q

from cautionary_plugin.models import AgendaItem, IncidentReport, PanelCase, Questionnaire
from cautionary_plugin.rules.spoc import suggest
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Allocation, Health


def suggested_for(case: PanelCase) -> Allocation:
    """What the rules suggest for the customer of a case."""
    return suggest(
        health_known=_health_known(case), services_concerned=len(_services_concerned(case))
    )


def _health_known(case: PanelCase) -> bool:
    """The panel's last answer on this file, unless a questionnaire told of more (B20, B39)."""
    about = _about(case)
    answers = AgendaItem.objects.filter(about).exclude(health="").order_by("-listed_at")
    if answers.values_list("health", flat=True).first() == Health.KNOWN:
        return True
    return Questionnaire.objects.filter(about, new_issues=True).exists()


def _services_concerned(case: PanelCase) -> set[int]:
    """The services whose employees have reported something about this customer."""
    reports = IncidentReport.objects.filter(_about(case)).exclude(state=ReportState.DRAFT)
    return set(reports.exclude(service=None).values_list("service", flat=True))


def _about(case: PanelCase) -> Q:
    """What is on the customer's file, and on those that were joined to it."""
    file = case.case_file.joined_to_id or case.case_file_id
    return Q(case_file=file) | Q(case_file__joined_to=file)
