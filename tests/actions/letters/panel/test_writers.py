"""The level decides who writes a letter, and nobody else reads or writes it (B11, B31, B43)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.letters import open_letter, write_letter
from cautionary_plugin.models import OutboxMessage
from cautionary_plugin.rules.errors import Excluded, NotYourPost, NotYours
from cautionary_plugin.rules.letters import LetterBody
from cautionary_plugin.rules.vocabulary import LetterKind, Risk
from cautionary_plugin.rules.writers import WRITER
from tests.actions.letters.panel.steps import LEVELS, excluded
from tests.factors import make_person
from tests.panel import Panel, seat
from tests.panel_letters import WHY, issued, schedule_letter, writer_of

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B31", "B43")
@pytest.mark.parametrize("risk", [Risk.LOW, Risk.MEDIUM, Risk.HIGH])
def test_level_decides_who_writes_and_they_are_told(panel: Panel, risk: Risk) -> None:
    letter = schedule_letter(panel, risk)

    high = risk is Risk.HIGH
    assert letter.kind == (LetterKind.SCHEDULE_HIGH if high else LetterKind.SCHEDULE)
    assert letter.writer == (None if high else panel.operations)
    told = OutboxMessage.objects.filter(kind="letter_due").select_related("to")
    assert [each.to for each in told] == [panel.legal if high else panel.operations]


@pytest.mark.clause("B31", "B43")
@pytest.mark.parametrize("risk", LEVELS)
@pytest.mark.parametrize(
    "who", ["operations", "legal", "clerk", "chair", "complaints", "owner", "another manager"]
)
def test_nobody_else_reads_writes_or_issues_it(panel: Panel, risk: Risk, who: str) -> None:
    letter, now = schedule_letter(panel, risk), timezone.now()
    if who == "another manager":
        person = seat(panel, make_person("manager"), "operations", as_deputy=True)
    else:
        person = panel.owner if who == "owner" else panel.people[who]
    acts = (
        lambda: open_letter(letter=letter, by=person, at=now),
        lambda: write_letter(letter=letter, own_words={"why": WHY}, by=person, at=now),
    )

    for act in acts:
        if person == writer_of(panel, letter):
            act()
        else:
            with pytest.raises((NotYourPost, NotYours)):
                act()


@pytest.mark.clause("B31", "B43")
@pytest.mark.parametrize(
    ("risk", "post"),
    [(Risk.MEDIUM, "Operations Manager, Repairs"), (Risk.HIGH, "Principal Solicitor")],
)
def test_letter_is_signed_under_the_writers_own_post(panel: Panel, risk: Risk, post: str) -> None:
    assert LetterBody.from_json(issued(panel, schedule_letter(panel, risk)).body).post == post


@pytest.mark.clause("B11")
def test_writer_who_is_shut_out_of_the_case_does_not_write(panel: Panel) -> None:
    letter, now = schedule_letter(panel), timezone.now()
    excluded(letter, panel.operations)

    with pytest.raises(Excluded):
        open_letter(letter=letter, by=panel.operations, at=now)
    with pytest.raises(Excluded):
        write_letter(letter=letter, own_words={"why": WHY}, by=panel.operations, at=now)


def test_every_writer_is_asked_for_by_a_power_of_its_own() -> None:
    assert set(WRITER) == set(LetterKind)
