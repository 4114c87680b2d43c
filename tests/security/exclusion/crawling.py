"""Every URL of the package, asked with every key there is, and what the pages say."""

import re
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse

from cautionary_plugin.models import (
    AgendaItem,
    Appeal,
    Attendee,
    CaseFile,
    Complaint,
    ConflictDeclaration,
    CouncillorAnswer,
    DirectorReferral,
    EmailDivert,
    Entry,
    Evidence,
    FollowUpAction,
    IncidentReport,
    LegalHold,
    Letter,
    Meeting,
    PanelCase,
    Questionnaire,
    Review,
    SinglePointOfContact,
)
from tests.council import browser_of
from tests.security.exclusion.scenes import PLANTED, Scene
from tests.security.test_every_url import urls_of_the_package

# The check warns everybody who may read it (docs/decisions/0016).
THE_CHECK = {"check", "entry", "acknowledge"}

# What somebody who is shut out may know: that there is a case of this reference, on this agenda.
REFERENCE_ONLY = (
    "cautionary_panel",
    "cautionary_meeting",
    "cautionary_minutes",
    "cautionary_item",
    "cautionary_conflict_declare",
)

ACCESS_RECORD = "cautionary_access-record"  # who opened what: acts and references, no names

# How the name of a URL begins → what it is about; whatever is not here is tried with everything.
ABOUT: dict[str, Any] = {
    "cautionary_meeting": Meeting,
    "cautionary_minutes": Meeting,
    "cautionary_agenda": AgendaItem,
    "cautionary_attendance": Attendee,
    "cautionary_conflict_declare": PanelCase,
    "cautionary_conflict": ConflictDeclaration,
    "cautionary_item": AgendaItem,
    "cautionary_urgent": (IncidentReport, Entry),
    "cautionary_referral": DirectorReferral,
    "cautionary_refer_case": PanelCase,
    "cautionary_refer": IncidentReport,
    "cautionary_countersign": IncidentReport,
    "cautionary_decide": IncidentReport,
    "cautionary_letter": Letter,
    "cautionary_questionnaire": Questionnaire,
    "cautionary_follow_up": FollowUpAction,
    "cautionary_spoc": SinglePointOfContact,
    "cautionary_divert_answer": CouncillorAnswer,
    "cautionary_divert_prepare": SinglePointOfContact,
    "cautionary_divert": EmailDivert,
    "cautionary_register": Entry,
    "cautionary_contacts": SinglePointOfContact,
    "cautionary_appeal": Appeal,
    "cautionary_hearings": Appeal,
    "cautionary_complaint": Complaint,
    "cautionary_review": (Review, Entry),
    "cautionary_correct": Entry,
    "cautionary_exemption": Entry,
    "cautionary_evidence": Evidence,
    "cautionary_legacy": (),
    "cautionary_certificates": (),
    "cautionary_access-record": (),
    "cautionary_holds": LegalHold,
    "cautionary_lift_hold": LegalHold,
    "cautionary_wording": (),
}

OTHERS = {"slug": "ub", "register": "ub", "page": "seen", "kind": "addition", "step": "up"}
OTHERS |= {"outcome": "entry", "post": "1"}


def crawl(browser: Client) -> dict[tuple[str, str], str]:
    """Name and URL → what each page says, for every URL and everything that it can be about."""
    told: dict[tuple[str, str], str] = {}
    keys = _keys()
    for name, full_name, pattern in urls_of_the_package():
        if name == "sign_out":
            continue
        for arguments in _arguments(name, pattern, keys):
            url = reverse(full_name, kwargs=arguments)
            response = browser.get(url)
            assert response.status_code < 500, url
            body = b"".join(response) if response.streaming else response.content
            told[name, url] = body.decode(errors="replace")
    return told


def _keys() -> list[Any]:
    """Everything of the case that a URL can be about."""
    return [
        each
        for model in apps.get_app_config("cautionary_plugin").get_models()
        if model in (CaseFile, Meeting, Attendee) or _hangs_on_a_file(model)
        for each in model._base_manager.all()
    ]


def _hangs_on_a_file(model: Any) -> bool:
    return any(field.name == "case_file" for field in model._meta.fields)


def _arguments(name: str, pattern: URLPattern, keys: list[Any]) -> list[dict[str, Any]]:
    """For a URL without arguments, one call; else one for each key of the right kind."""
    converters = pattern.pattern.converters
    if not converters:
        return [{}]
    kinds = [kind for start, kind in ABOUT.items() if name.startswith(start)]
    found: dict[str, dict[str, Any]] = {}
    for each in keys:
        if kinds and not isinstance(each, kinds[0]):
            continue
        reference = getattr(each, "reference", None)
        if isinstance(each, CouncillorAnswer):
            reference = each.divert.reference
        known = {"pk": each.pk, "key": each.pk, "reference": reference}
        if reference and "modeladmin" in name:
            known["key"] = reference
        arguments = {each: known.get(each, OTHERS.get(each)) for each in converters}
        if all(_fits(converters[part], value) for part, value in arguments.items()):
            found[str(arguments)] = arguments
    return list(found.values())


def _fits(converter: Any, value: Any) -> bool:
    if value is None:
        return False
    return re.fullmatch(converter.regex, str(value)) is not None


def names_with(words: tuple[str, ...], pages: dict[tuple[str, str], str]) -> dict[str, set[str]]:
    """Page → which of the words it says, without the check."""
    found: dict[str, set[str]] = {}
    for (name, _url), text in pages.items():
        said = {word for word in words if word.lower() in text.lower()}
        if said and name not in THE_CHECK:
            found.setdefault(name, set()).update(said)
    return found


def check_finds_nothing(scene: Scene) -> None:
    """No word of the case; its reference where it is on an agenda, and nowhere else."""
    pages = crawl(browser_of(scene.shut_out))
    assert sorted(names_with(PLANTED, pages)) == []
    named = names_with((scene.case.reference,), pages)
    assert [name for name in named if not name.startswith(REFERENCE_ONLY)] == []
    counted = names_with(tuple(_references_beside_the_case()), pages)
    assert [name for name in counted if not name.startswith(ACCESS_RECORD)] == []


def _references_beside_the_case() -> list[str]:
    """By which a list would tell of the case, if only by one line more."""
    kinds = (Appeal, Complaint, EmailDivert, IncidentReport)
    return [each.reference for kind in kinds for each in kind._base_manager.all()]
