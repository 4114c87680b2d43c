"""What comes into the steps of an item: hostile, late, or from a page left open."""

import pytest
from django.test import Client

from cautionary_plugin.models import AgendaItem, Motion
from cautionary_plugin.rules.states import ItemState
from tests.admin.item.pages import ENTRY, PLAIN_HEALTH, TYPED_FINDINGS, spoc, url
from tests.admin.pages import text
from tests.hostile import LONG, NUL, ODD
from tests.panel import Panel, met, waiting_case
from tests.panel_items import findings_recorded, opened_item, voting

pytestmark = pytest.mark.django_db


# What comes in


TEXTS = {
    "health": ("words", "adjustments"),
    "findings": ("criteria", "exceptional", "letter_reasons", "spoc_reasons", "legal_advice"),
    "adjourn": ("reasons",),
}
ENTRY_TEXTS = (
    "handling",
    "no_restrictions",
    "permitted_contact",
    "no_contact_limits",
    "audience_reasons",
    "basis",
    "second_identifier",
    "another_person",
    "officer",
    "contact",
    "email",
    "override",
    "spoc_reasons",
    "reasons",
)


@pytest.mark.parametrize(
    ("step", "field"), [(step, field) for step in TEXTS for field in TEXTS[step]]
)
@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
def test_steps_take_whatever_is_typed(
    panel: Panel, clerk: Client, step: str, field: str, typed: str
) -> None:
    item = opened_item(panel)
    known = {"health": PLAIN_HEALTH, "findings": TYPED_FINDINGS, "adjourn": {}}[step]

    response = clerk.post(url(item, step), known | {field: typed})

    assert response.status_code in (302, 400)
    assert "<script>alert(1)" not in response.content.decode()
    assert clerk.get(url(item)).status_code == 200


@pytest.mark.parametrize("field", ENTRY_TEXTS)
def test_motion_takes_whatever_is_typed(panel: Panel, clerk: Client, field: str) -> None:
    item = findings_recorded(panel, spoc_needed=True)

    for typed in (LONG, NUL, *ODD.values()):
        known = {**ENTRY, **spoc(panel.operations)}
        response = clerk.post(url(item, "motion", "entry"), known | {field: typed})
        assert response.status_code in (302, 400)
        assert "<script>alert(1)" not in clerk.get(url(item)).content.decode()
        Motion.objects.all().delete()
        AgendaItem.objects.filter(pk=item.pk).update(state=ItemState.OPEN)


@pytest.mark.parametrize("step", ["open", "close", "record"])
@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999999999", NUL])
def test_button_that_says_nonsense_does_nothing(
    panel: Panel, clerk: Client, step: str, seen: str
) -> None:
    motion = voting(panel)

    assert clerk.post(url(motion.item, step), {"seen": seen}).status_code == 400


def test_late_step_goes_through_the_door_with_what_was_typed(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)
    session = clerk.session
    for name in list(session.keys()):
        if "verified" in name or "cautionary" in name:
            del session[name]
    session.save()

    response = clerk.post(url(item, "health"), PLAIN_HEALTH)

    assert response.status_code == 403
    assert "kept-words" in text(response)
    assert PLAIN_HEALTH["words"] in text(response)


def test_item_that_was_left_is_offered_after_the_last(panel: Panel, clerk: Client) -> None:
    waiting_case(panel)
    case = waiting_case(panel)
    meeting = met(panel)
    left, last = meeting.items.order_by("position")
    assert last.case == case

    shown = text(clerk.get(url(last)))

    assert f'href="{url(left)}#now"' in shown
    assert f"Next: item {left.position}, {left.case.reference}" in shown
