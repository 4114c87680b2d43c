"""A case in which a planted name, address and word stand in everything that it can hold."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

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
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.actions.posts import accept_appointment, propose_appointment
from cautionary_plugin.models import (
    EmailDivert,
    Entry,
    IncidentReport,
    Letter,
    Motion,
    PanelCase,
    Post,
    Questionnaire,
    SinglePointOfContact,
)
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.states import DivertState
from cautionary_plugin.rules.vocabulary import Choice, Risk
from tests.factors import make_person
from tests.panel import Panel, met
from tests.panel_items import entry_terms, findings_recorded, opened_item, voting
from tests.panel_letters import issued
from tests.referrals import panel_report, refer
from tests.schedule import CONTACT, spoc_terms
from tests.whole_files import evidence_on

NAME, STREET, WORD = "Quillfeatherstone", "Marmaladewick", "Gooseberrythatch"

PLANTED = (NAME, STREET, WORD)

DAY = timedelta(days=1)


@dataclass
class Scene:
    """A panel that has one case, and two people with the same posts."""

    panel: Panel
    shut_out: Any
    beside: Any
    case: PanelCase


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
