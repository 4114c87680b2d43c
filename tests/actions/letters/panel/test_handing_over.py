"""A letter is handed over to another manager by who keeps the schedule (B31)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.letters import hand_over_letter, open_letter, reissue_letter
from cautionary_plugin.rules.errors import BadInput, Excluded, IllegalMove, NotYourPost, NotYours
from cautionary_plugin.rules.letters import LetterBody
from cautionary_plugin.rules.vocabulary import Risk
from tests.actions.letters.panel.steps import excluded
from tests.factors import make_person
from tests.panel import Panel, seat
from tests.panel_letters import issued, schedule_letter

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B31")
def test_keeper_of_the_schedule_hands_a_letter_over(panel: Panel) -> None:
    letter, now = issued(panel), timezone.now()
    other = seat(panel, make_person("manager"), "operations", as_deputy=True)

    hand_over_letter(letter=letter, to=other, by=panel.clerk, at=now)

    letter.refresh_from_db()
    with pytest.raises(NotYours):
        open_letter(letter=letter, by=panel.operations, at=now)
    again = reissue_letter(letter=letter, by=other, at=now)
    assert LetterBody.from_json(again.body).post.startswith("for the ")


@pytest.mark.parametrize("to", ["legal", "clerk"])
def test_letter_is_handed_to_nobody_who_writes_none(panel: Panel, to: str) -> None:
    with pytest.raises(BadInput, match="to"):
        hand_over_letter(
            letter=schedule_letter(panel), to=panel.people[to], by=panel.clerk, at=timezone.now()
        )


@pytest.mark.parametrize("by", ["operations", "legal", "complaints"])
def test_letter_is_handed_over_by_nobody_else(panel: Panel, by: str) -> None:
    with pytest.raises(NotYourPost):
        hand_over_letter(
            letter=schedule_letter(panel),
            to=panel.operations,
            by=panel.people[by],
            at=timezone.now(),
        )


def test_legals_letter_is_nobodys_by_name(panel: Panel) -> None:
    with pytest.raises(IllegalMove):
        hand_over_letter(
            letter=schedule_letter(panel, Risk.HIGH),
            to=panel.operations,
            by=panel.clerk,
            at=timezone.now(),
        )


def test_chair_who_is_shut_out_hands_nothing_over(panel: Panel) -> None:
    letter = schedule_letter(panel)
    excluded(letter, panel.chair)

    with pytest.raises(Excluded):
        hand_over_letter(letter=letter, to=panel.operations, by=panel.chair, at=timezone.now())
