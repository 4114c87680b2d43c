"""The way to each state of a case, travelled through the actions; of invented people only."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from cautionary_plugin.actions.reports import pages_now, save_page, start_report, submit_report
from cautionary_plugin.models import IncidentReport
from tests.council import Council
from tests.factors import make_person

REPORTED = "Barnabus Thistlewick"


def typed(kind: str = "person", *, at: datetime | None = None) -> dict[str, dict[str, Any]]:
    """Answers for each page of a report, fit to be sent."""
    day = (timezone.localdate(at) - timedelta(days=3)).isoformat()
    common = {
        "whose": {"whose": "mine"},
        "service": {"service": ""},
        "seen": {"seen": "He lifted a spade over his head and walked at me."},
        "told": {"told": "", "told_by": ""},
        "harm": {"injuries": ""},
        "others": {"colleagues": [], "witnesses": ""},
        "crime": {"crime": "no"},
        "police": {"informed": "no"},
        "evidence": {},
    }
    if kind == "premises":
        return common | {
            "address": {"address": "212 Quarry Hill, Weldham", "postcode": "WX2 1AA", "uprn": ""},
            "animal": {
                "animal": "Two large dogs",
                "whereabouts": "In the front yard",
                "loose": "yes",
            },
            "sighted": {"occurred_on": day, "occurred_at": "About 10 in the morning"},
        }
    return common | {
        "trigger": {"trigger": "threat"},
        "when": {
            "occurred_on": day,
            "occurred_at": "About 10 in the morning",
            "place": "At the door of 7 Gantry Mews, Weldham",
        },
        "person": {"name": REPORTED, "aliases": ""},
        "identify": {
            "born_on": "1961-11-05",
            "birth_year": "",
            "address": "7 Gantry Mews, Weldham",
            "postcode": "WX1 9ZZ",
            "phone": "",
            "email": "",
            "identifier": "",
        },
        "behaviour": {"markers": ["threats"]},
    }


def drafted(
    council: Council,
    reporter: Any = None,
    kind: str = "person",
    *,
    at: datetime | None = None,
    **answers: dict[str, Any],
) -> IncidentReport:
    """A report with every page filled in, not sent.

    :param reporter: who types it; "reporter" by name, where none is given.
    :param answers: page → fields that are typed instead.
    """
    now, by = at or timezone.now(), reporter or _reporter()
    about = "public" if kind == "person" else "animal"
    report = start_report(register=council.register, about=about, by=by, at=now)
    told = {page: fields | answers.get(page, {}) for page, fields in typed(kind, at=now).items()}
    for page in ("crime", *told):  # the page on the Police is there once there was a crime
        if page in pages_now(report):
            report = save_page(report=report, page=page, answers=told[page], by=by, at=now)
    return report


def submitted(
    council: Council,
    reporter: Any = None,
    kind: str = "person",
    *,
    at: datetime | None = None,
    **answers: dict[str, Any],
) -> IncidentReport:
    """A report that waits for its countersignature."""
    now = at or timezone.now()
    report = drafted(council, reporter, kind, at=now, **answers)
    return submit_report(report=report, by=report.typed_by, at=now)


def _reporter() -> Any:
    model = get_user_model()
    known = model._default_manager.filter(**{model.USERNAME_FIELD: "reporter"}).first()
    return known or make_person("reporter")
