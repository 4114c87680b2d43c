"""A member of the panel who is shut out of a case finds nothing of it, anywhere (B11).

A customer's name, address and a word of this test alone stand in everything that a case can hold.
The member asks for every URL of the package, with every reference and key that there is. Somebody
with the same posts who is not shut out does see it. What stays open is the check, which keeps
everybody safe: docs/decisions/0016.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from cautionary_plugin.actions.appeals import lodge_appeal
from cautionary_plugin.actions.complaints import record_complaint
from cautionary_plugin.actions.contact.diverts import ask_councillor, prepare_divert
from cautionary_plugin.actions.following import (
    answer_specialist,
    note_follow_up,
    record_summons,
    refer_to_specialist,
)
from cautionary_plugin.actions.holds import place_hold
from cautionary_plugin.actions.panel.conflicts import declare_conflict
from cautionary_plugin.actions.panel.corrections import ask_for_correction
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.papers import open_papers
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.actions.posts import accept_appointment, propose_appointment
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
    MailKind,
    Meeting,
    Motion,
    OutboxMessage,
    PanelCase,
    Post,
    Questionnaire,
    Review,
    SinglePointOfContact,
    Vote,
)
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.states import DivertState
from cautionary_plugin.rules.vocabulary import Choice, Risk
from tests.council import ask, let_into_wagtail, through_the_door
from tests.factors import make_person
from tests.panel import Panel, found_panel, met
from tests.panel_items import entry_terms, findings_recorded, opened_item, urgent, voting
from tests.panel_letters import issued, ready_to_write
from tests.referrals import panel_report, refer
from tests.schedule import CONTACT, spoc_terms
from tests.security.test_every_url import urls_of_the_package
from tests.storages import FOLDER, keep_evidence_in
from tests.whole_files import evidence_on

pytestmark = [pytest.mark.django_db, pytest.mark.clause("B11")]

NAME, STREET, WORD = "Quillfeatherstone", "Marmaladewick", "Gooseberrythatch"
PLANTED = (NAME, STREET, WORD)
DAY = timedelta(days=1)

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
# Invitations and changes of meetings, the member's own declaration: no case is named in them.
OF_MEETINGS = [MailKind.MEETING, MailKind.PAPERS, MailKind.CONFLICT_DECIDED]
SEEN_BESIDE = {
    "cautionary_item",
    "cautionary_letter",
    "cautionary_questionnaire",
    "cautionary_divert",
    "cautionary_contacts_modeladmin_inspect",
    "cautionary_register_modeladmin_inspect",
    "cautionary_evidence",
    "cautionary_referral",
    "my_follow_up",
    "advice_asked",
    "cautionary_mail_rule",
    "cautionary_appeals_modeladmin_inspect",
    "cautionary_complaints_modeladmin_inspect",
}


@dataclass
class Scene:
    """A panel that has one case, and two people with the same posts."""

    panel: Panel
    shut_out: Any
    beside: Any
    case: PanelCase


@pytest.fixture
def panel(settings: Any, tmp_path: Path) -> Panel:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    panel = found_panel()
    ready_to_write(panel)
    return panel


# --- Who, and what there is to find


def people(panel: Panel, who: str) -> tuple[Any, Any]:
    """Somebody who is shut out, and somebody with the same posts who is not."""
    if who == "chair":
        return panel.chair, deputises(panel, panel.complaints, panel.posts["chair"])
    pair = panel.safety, panel.complaints
    if who == "every post":
        for person in pair:
            for post in Post.objects.exclude(appointments__user=person):
                deputises(panel, person, post)
    return pair


def deputises(panel: Panel, person: Any, post: Post) -> Any:
    """Somebody stands in for the holder of another post, long term."""
    now = timezone.now()
    owner = panel.council.owner if post.register == panel.council.register else panel.owner
    proposed = propose_appointment(
        post=post,
        user=person,
        starts_on=timezone.localdate(now),
        as_deputy=True,
        by=owner,
        at=now,
    )
    accept_appointment(appointment=proposed, by=person, at=now)
    return person


def planted_case(panel: Panel) -> PanelCase:
    """The report before the panel, as the Operations Manager refers it."""
    words = f"It was about the {WORD}, and he shouted."
    report = planted_report(panel)
    return refer(panel, report, statement=words, letter_tried=words, risk="high")


def planted_report(panel: Panel) -> IncidentReport:
    """A report to the schedule with a word in each place, and with evidence."""
    words = f"It was about the {WORD}, and he shouted."
    report = panel_report(
        panel,
        person={"name": f"Bartholomea {NAME}", "aliases": WORD},
        identify={"address": f"3 {STREET} Terrace, Weldham"},
        seen={"seen": words},
        when={"place": f"At 3 {STREET} Terrace"},
    )
    evidence_on(report.case_file, f"{WORD} on a photograph".encode(), at=timezone.now())
    return report


def scene_of(panel: Panel, who: str) -> Scene:
    shut_out, beside = people(panel, who)
    return Scene(panel, shut_out, beside, planted_case(panel))


def declare(scene: Scene) -> None:
    declare_conflict(
        case=scene.case,
        member=scene.shut_out,
        reasons="I live two doors away.",
        by=scene.shut_out,
        at=timezone.now(),
    )


def put(scene: Scene) -> Motion:
    """The panel votes on an entry with a point of contact; each text has the word."""
    item = opened_item(scene.panel, scene.case, meeting=met(scene.panel))
    findings_recorded(
        scene.panel, item, criteria=f"It is the {WORD}.", exceptional=WORD * 2, spoc_needed=True
    )
    entry = entry_terms(Risk.HIGH, basis=f"Threatened over the {WORD}.", handling=f"No {WORD}.")
    spoc = spoc_terms(scene.panel.operations, contact=f"{CONTACT} {WORD}", reasons=WORD * 2)
    return voting(scene.panel, risk=Risk.HIGH, item=item, terms=MotionTerms(entry=entry, spoc=spoc))


def decide(scene: Scene, motion: Motion) -> None:
    """Carried without the one who is shut out, and recorded."""
    now, panel = timezone.now(), scene.panel
    voters = [each for each in panel.members if each != scene.shut_out]
    for member in voters:
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=now)
    close_vote(motion=motion, by=panel.clerk, at=now)
    record_decision(motion=motion, by=panel.clerk, at=now)


def all_that_follows(scene: Scene) -> None:
    """A letter, a questionnaire, advice, an action, a summons, a divert, a correction."""
    now, today, panel, case = timezone.now(), timezone.localdate(), scene.panel, scene.case
    by = {"by": panel.clerk, "at": now}
    letter = issued(panel, Letter.objects.get(case=case))
    questionnaire = Questionnaire.objects.create(
        case_file=case.case_file,
        letter=letter,
        returned_on=today,
        new_issues=True,
        words=WORD,
        recorded_by=panel.clerk,
        recorded_at=now,
    )
    Letter.objects.filter(pk=letter.pk).update(sent_on=today, sent_by_method="post")
    asked = [
        refer_to_specialist(
            specialist=person, asked=f"What of the {WORD}?", questionnaire=questionnaire, **by
        )
        for person in (make_person("audiologist"), scene.beside)
    ]
    note_follow_up(
        case=case, what=f"Move the {WORD}.", colleague=scene.beside, due_on=today + DAY, **by
    )
    record_summons(
        case=case,
        employee=make_person("witness"),
        line_manager=make_person("line-manager"),
        hearing_on=today + 9 * DAY,
        **by,
    )
    divert = prepare_divert(
        arrangement=SinglePointOfContact.objects.get(),
        addresses=[f"{NAME.lower()}@example.org"],
        reasons=f"He writes about the {WORD}.",
        **by,
    )
    ask_councillor(
        divert=divert,
        councillor=f"Honoria {WORD}",
        email="quince@council.example.org",
        asked_on=today,
        **by,
    )
    EmailDivert.objects.update(state=DivertState.REQUESTED, requested_at=now)
    answer_specialist(referral=asked[0], advice=f"Hide the {WORD}.", by=asked[0].specialist, at=now)
    entry = Entry.objects.get()
    lodge_appeal(entry=entry, lodged_on=today, grounds=f"It was no {WORD}.", **by)
    record_complaint(about=entry.reference, received_on=today, text=f"My {WORD}.", **by)
    ends_on = today + 90 * DAY
    legal = {"by": panel.legal, "at": now}
    place_hold(case_file=entry.case_file, reason=f"Court: {WORD}", ends_on=ends_on, **legal)
    ask_for_correction(decision=case.decisions.get(), reasons=f"No {WORD} there.", **by)


# --- Every URL, with every key


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


def browser_of(person: Any) -> Client:
    let_into_wagtail(person)
    return through_the_door(person)


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


@pytest.mark.parametrize(
    ("who", "when"), [("every post", "before"), ("every post", "late"), ("chair", "late")]
)
def test_whoever_is_shut_out_finds_nothing_while_the_panel_decides(
    panel: Panel, who: str, when: str
) -> None:
    """Declared at once; or late, when the papers were read and the vote was cast."""
    scene, now = scene_of(panel, who), timezone.now()
    if when == "before":
        declare(scene)
    motion = put(scene)
    if when == "late":
        open_papers(case=scene.case, by=scene.shut_out, at=now)
        cast_vote(motion=motion, choice=Choice.FOR, by=scene.shut_out, at=now)
        declare(scene)

    check_finds_nothing(scene)
    assert not Vote.objects.counting().exists()


@pytest.mark.parametrize("who", ["chair", "every post"])
def test_whoever_is_shut_out_finds_nothing_of_what_follows(panel: Panel, who: str) -> None:
    scene = scene_of(panel, who)
    declare(scene)
    OutboxMessage.objects.all().delete()
    decide(scene, put(scene))
    all_that_follows(scene)

    check_finds_nothing(scene)
    told = OutboxMessage.objects.filter(to=scene.shut_out).exclude(kind__in=OF_MEETINGS)
    entry = Entry.objects.get().reference  # as in the bulletin: the check shows it
    references = set(told.values_list("reference", flat=True))
    assert {each for each in references if not each.startswith("user ")} <= {entry}


def test_whoever_is_shut_out_finds_nothing_of_an_urgent_addition(panel: Panel) -> None:
    people(panel, "every post")
    report = planted_report(panel)
    terms = entry_terms(Risk.HIGH, markers=["violence"], handling=WORD * 2, basis=WORD * 2)
    addition = urgent(panel, report=report, terms=terms, reasons=f"He holds the {WORD}.")
    scene = Scene(panel, panel.safety, panel.complaints, addition.case)
    declare(scene)
    opened_item(panel, addition.case, meeting=met(panel))

    check_finds_nothing(scene)


def test_somebody_with_the_same_posts_finds_it_all(panel: Panel) -> None:
    scene = scene_of(panel, "every post")
    declare(scene)
    decide(scene, put(scene))
    all_that_follows(scene)

    found = names_with(PLANTED, crawl(browser_of(scene.beside)))

    assert set(found) >= SEEN_BESIDE
    assert set().union(*found.values()) == set(PLANTED)


def test_check_warns_a_member_who_is_shut_out(panel: Panel) -> None:
    scene = scene_of(panel, "member")
    declare(scene)
    decide(scene, put(scene))

    assert NAME in ask(through_the_door(scene.shut_out), NAME).content.decode()
