"""A member of the panel who is shut out of a case finds nothing of it, anywhere (B11).

A customer's name, address and a word of this test alone stand in everything that a case can hold.
The member asks for every URL of the package, with every reference and key that there is. Somebody
with the same posts who is not shut out does see it. What stays open is the check, which keeps
everybody safe: docs/decisions/0016.
"""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.papers import open_papers
from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.models import Entry, MailKind, OutboxMessage, Vote
from cautionary_plugin.rules.vocabulary import Choice, Risk
from tests.council import ask, browser_of, through_the_door
from tests.panel import Panel, met
from tests.panel_items import entry_terms, opened_item, urgent
from tests.security.exclusion.crawling import check_finds_nothing, crawl, names_with
from tests.security.exclusion.scenes import (
    NAME,
    PLANTED,
    WORD,
    Scene,
    all_that_follows,
    decide,
    declare,
    people,
    planted_report,
    put,
    scene_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.clause("B11")]


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
