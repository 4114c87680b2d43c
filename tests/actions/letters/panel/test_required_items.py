"""A letter in which anything is missing is not issued (B32–B37, B44–B50)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.letters import issue_letter, preview, write_letter
from cautionary_plugin.models import IncidentReport, Letter
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.letter_wording import DEFAULT_WORDING
from cautionary_plugin.rules.letters import ITEMS
from cautionary_plugin.rules.vocabulary import Risk
from tests.actions.letters.panel.steps import LEVELS, text_of
from tests.panel import Panel
from tests.panel_letters import WHY, schedule_letter, writer_of

pytestmark = pytest.mark.django_db


REQUIRED = [
    (risk, item.code) for risk, kind in LEVELS.items() for item in ITEMS[kind] if item.required
]


@pytest.mark.clause("B32", "B33", "B34", "B35", "B36", "B37")
@pytest.mark.clause("B44", "B45", "B46", "B47", "B48", "B49", "B50")
@pytest.mark.parametrize(("risk", "code"), REQUIRED)
def test_letter_with_any_item_missing_is_not_issued(panel: Panel, risk: Risk, code: str) -> None:
    letter, now = schedule_letter(panel, risk), timezone.now()
    by, kind = writer_of(panel, letter), LEVELS[risk]
    write_letter(letter=letter, own_words={"why": WHY}, by=by, at=now)
    words = DEFAULT_WORDING[kind] | {code: ""}
    panel.register.wordings.create(
        kind=kind, version=1, paragraphs=words, made_by=panel.owner, made_at=now
    )

    with pytest.raises(NotReady) as refusal:
        issue_letter(letter=letter, by=by, at=now)

    assert refusal.value.missing == ["The wording of this item is empty."]
    letter.refresh_from_db()
    assert letter.issued_at is None


@pytest.mark.clause("B32")
@pytest.mark.parametrize(
    ("typed", "told"),
    [("About 11", "(about 11)"), ("Monday, about 11", "(Monday, about 11)"), ("10:30", "(10:30)")],
)
def test_time_stands_in_a_sentence_of_the_letter(panel: Panel, typed: str, told: str) -> None:
    letter = schedule_letter(panel)
    report = IncidentReport.objects.get(pk=letter.case.report_id)
    report.occurred_at = typed
    report.save()

    made = preview(Letter.objects.get(), by=panel.operations, at=timezone.now())

    [happened] = [item.text for item in made.items if item.code == "incident"]
    assert happened.startswith("This happened on ")
    assert f"{told}, at this place: " in happened


@pytest.mark.clause("B32")
def test_time_that_the_report_lacks_is_said_by_the_writer(panel: Panel) -> None:
    letter, now = schedule_letter(panel), timezone.now()
    report = IncidentReport.objects.get(pk=letter.case.report_id)
    report.occurred_at = ""
    report.save()
    letter = Letter.objects.get()
    own = {"why": WHY}
    write_letter(letter=letter, own_words=own, by=panel.operations, at=now)
    with pytest.raises(NotReady, match="issued"):
        issue_letter(letter=letter, by=panel.operations, at=now)

    own |= {"incident_at": "in the early afternoon"}
    write_letter(letter=letter, own_words=own, by=panel.operations, at=now)
    made = issue_letter(letter=Letter.objects.get(), by=panel.operations, at=now)

    assert "in the early afternoon" in text_of(made)
