"""An e-mail divert: answers first, then the letter, then whoever runs mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.contact.arranging import (
    delegate,
    end_arrangement,
    replace_arrangement,
)
from cautionary_plugin.actions.contact.diverts import (
    ask_councillor,
    ask_no_councillor,
    end_divert,
    missing_of,
    prepare_divert,
    record_answer,
    request_divert,
)
from cautionary_plugin.actions.contact.mail_rules import open_mail_rule, switch_off, switch_on
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.models import (
    AccessRecord,
    CouncillorAnswer,
    EmailDivert,
    Letter,
    MailKind,
    OutboxMessage,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    CautionaryError,
    IllegalMove,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.states import DivertState
from cautionary_plugin.rules.vocabulary import Act, LetterKind
from tests.factors import make_person
from tests.panel import Panel
from tests.schedule import (
    CUSTOMER,
    EMAIL,
    active_divert,
    arranged,
    councillor_asked,
    customer_told,
    prepared_divert,
    referred_case,
    requested_divert,
    scheduled,
    spoc_terms,
)

pytestmark = pytest.mark.django_db

NEW_EMAIL = "peregrine.dunnock@example.gov.uk"
NEW = {"contact": "Peregrine Dunnock, Locality Lead: 01632 960 902", "email": NEW_EMAIL}


def _state(divert: EmailDivert) -> str:
    divert.refresh_from_db()
    return divert.state


def _answered(panel: Panel, answer: CouncillorAnswer, *, wants: bool) -> None:
    record_answer(
        answer=answer,
        wants=wants,
        answered_on=timezone.localdate(),
        by=panel.clerk,
        at=timezone.now(),
    )


def _request(panel: Panel, divert: EmailDivert) -> list[str]:
    """What is missing, where it is refused; nothing where it goes through."""
    try:
        request_divert(divert=divert, by=panel.clerk, at=timezone.now())
    except NotReady as refusal:
        return refusal.missing
    return []


def _tasks(panel: Panel) -> int:
    return OutboxMessage.objects.filter(kind=MailKind.DIVERT, to=panel.mail).count()


@pytest.mark.clause("B28")
def test_divert_goes_to_the_single_point_of_contact_and_to_no_other_address(panel: Panel) -> None:
    divert = requested_divert(panel)
    rule = open_mail_rule(divert=divert, by=panel.mail, at=timezone.now())
    assert (rule.senders, rule.target) == ([CUSTOMER], EMAIL)
    assert [field.name for field in EmailDivert._meta.get_fields() if "target" in field.name] == []


@pytest.mark.clause("B29")
def test_divert_waits_until_councillors_were_asked_and_each_has_answered(panel: Panel) -> None:
    divert = prepared_divert(panel)
    customer_told(divert)
    assert _request(panel, divert) == [
        "Record which ward councillors were asked, or why no councillor is concerned."
    ]
    quince = councillor_asked(panel, divert)
    medlar = councillor_asked(panel, divert, "Ignatius Medlar")
    assert _request(panel, divert) == ["2 answers are still to come."]
    _answered(panel, quince, wants=True)
    assert _request(panel, divert) == ["The answer of one councillor is still to come."]
    _answered(panel, medlar, wants=False)
    assert _request(panel, divert) == []
    rule = open_mail_rule(divert=EmailDivert.objects.get(), by=panel.mail, at=timezone.now())
    assert rule.councillors == [quince.email]


@pytest.mark.clause("B29")
def test_where_no_councillor_is_concerned_the_reason_is_recorded(panel: Panel) -> None:
    divert = prepared_divert(panel)
    customer_told(divert)
    with pytest.raises(BadInput):
        ask_no_councillor(divert=divert, reasons="", by=panel.clerk, at=timezone.now())
    told = "He lives outside the borough, so that no ward is concerned."
    ask_no_councillor(divert=divert, reasons=told, by=panel.clerk, at=timezone.now())
    assert _request(panel, divert) == []
    assert EmailDivert.objects.get().no_councillors == told


@pytest.mark.clause("B30")
def test_letter_to_the_customer_goes_out_before_anything_is_switched(panel: Panel) -> None:
    divert = prepared_divert(panel)
    letter = Letter.objects.get(kind=LetterKind.DIVERT)
    assert (letter.divert, letter.writer) == (divert, panel.operations)
    ask_no_councillor(
        divert=divert, reasons="He lives outside the borough.", by=panel.clerk, at=timezone.now()
    )
    missing = ["The letter that tells the customer of the divert was not sent yet."]
    assert _request(panel, divert) == missing
    with pytest.raises(IllegalMove):
        switch_on(divert=divert, seen=timezone.now(), by=panel.mail, at=timezone.now())
    customer_told(divert)
    assert _request(panel, divert) == []
    assert _state(divert) == DivertState.REQUESTED
    assert _tasks(panel) == 1


def test_mail_administrator_says_when_it_is_on(panel: Panel) -> None:
    divert = active_divert(panel)
    assert (_state(divert), divert.switched_on_by) == (DivertState.ACTIVE, panel.mail)
    acts = AccessRecord.objects.filter(act=Act.DIVERT, user=panel.mail)
    assert [line.reference for line in acts] == [divert.reference]


@pytest.mark.parametrize("who", ["clerk", "chair", "operations", "legal"])
def test_only_the_mail_administrator_switches(panel: Panel, who: str) -> None:
    divert = requested_divert(panel)
    assert divert.requested_at
    by, at = getattr(panel, who), timezone.now()
    with pytest.raises(NotYourPost):
        switch_on(divert=divert, seen=divert.requested_at, by=by, at=at)
    with pytest.raises(NotYourPost):
        open_mail_rule(divert=divert, by=by, at=at)


def test_mail_administrator_neither_prepares_nor_asks_nor_ends(panel: Panel) -> None:
    divert = prepared_divert(panel)
    with pytest.raises(NotYourPost):
        request_divert(divert=divert, by=panel.mail, at=timezone.now())
    with pytest.raises(NotYourPost):
        end_divert(divert=divert, by=panel.mail, at=timezone.now())
    with pytest.raises(IllegalMove):  # there is nothing to switch yet
        open_mail_rule(divert=divert, by=panel.mail, at=timezone.now())


@pytest.mark.clause("B24")
@pytest.mark.clause("B28")
def test_delegation_has_an_active_divert_switched_to_the_new_address(panel: Panel) -> None:
    divert = active_divert(panel)
    arrangement = divert.arrangement
    delegate(
        arrangement=arrangement,
        to=make_person("dunnock"),
        by=arrangement.officer,
        at=timezone.now(),
        **NEW,
    )
    assert _state(divert) == DivertState.REQUESTED
    fresh = EmailDivert.objects.get()
    assert open_mail_rule(divert=fresh, by=panel.mail, at=timezone.now()).target == NEW_EMAIL
    assert _tasks(panel) == 2


def test_rule_that_changed_since_it_was_read_is_not_taken_for_switched(panel: Panel) -> None:
    divert = requested_divert(panel)
    seen, arrangement = divert.requested_at, divert.arrangement
    assert seen
    delegate(
        arrangement=arrangement,
        to=make_person("dunnock"),
        by=arrangement.officer,
        at=timezone.now(),
        **NEW,
    )
    with pytest.raises(AlreadyDone):
        switch_on(divert=divert, seen=seen, by=panel.mail, at=timezone.now())
    assert _state(divert) == DivertState.REQUESTED


@pytest.mark.clause("B29")
def test_councillor_who_answers_otherwise_later_is_followed(panel: Panel) -> None:
    divert = active_divert(panel)
    answer = divert.councillors.get()
    with pytest.raises(AlreadyDone):
        _answered(panel, answer, wants=True)
    assert _state(divert) == DivertState.ACTIVE  # as before
    _answered(panel, answer, wants=False)
    assert _state(divert) == DivertState.REQUESTED
    rule = open_mail_rule(divert=divert, by=panel.mail, at=timezone.now())
    assert rule.councillors == []


def _ended_by_clerk(panel: Panel, divert: EmailDivert) -> None:
    end_divert(divert=divert, by=panel.clerk, at=timezone.now())


def _arrangement_ended(panel: Panel, divert: EmailDivert) -> None:
    end_arrangement(
        arrangement=divert.arrangement,
        reasons="It is quiet again.",
        by=panel.clerk,
        at=timezone.now(),
    )


def _replaced(panel: Panel, divert: EmailDivert) -> None:
    replace_arrangement(
        arrangement=divert.arrangement,
        terms=spoc_terms(panel.operations),
        by=panel.clerk,
        at=timezone.now(),
    )


@pytest.mark.clause("B28")
@pytest.mark.parametrize("end", [_ended_by_clerk, _arrangement_ended, _replaced])
def test_divert_that_is_on_is_to_be_switched_off(panel: Panel, end: Any) -> None:
    divert = active_divert(panel)
    end(panel, divert)
    assert (_state(divert), _tasks(panel)) == (DivertState.ENDING, 2)
    switch_off(divert=divert, by=panel.mail, at=timezone.now())
    assert _state(divert) == DivertState.ENDED


@pytest.mark.parametrize("end", [_ended_by_clerk, _arrangement_ended, _replaced])
def test_divert_that_was_never_on_simply_ends(panel: Panel, end: Any) -> None:
    divert = prepared_divert(panel)
    end(panel, divert)
    assert (_state(divert), _tasks(panel)) == (DivertState.ENDED, 0)
    assert not divert.letters.exists()  # nobody is told of what will not be


def test_divert_that_is_to_be_switched_anew_is_still_on_when_it_ends(panel: Panel) -> None:
    divert = active_divert(panel)
    _answered(panel, divert.councillors.get(), wants=False)
    assert _state(divert) == DivertState.REQUESTED
    _ended_by_clerk(panel, divert)
    assert _state(divert) == DivertState.ENDING


def test_divert_ends_with_the_term_of_the_entry(panel: Panel) -> None:
    case = referred_case(panel)
    arrangement = arranged(panel, case=case, entry=scheduled(panel, case))
    divert = active_divert(panel, arrangement=arrangement)
    lapse_entries(at=timezone.now() + timedelta(days=400))
    assert _state(divert) == DivertState.ENDING
    assert _tasks(panel) == 2


def test_second_divert_waits_until_the_first_is_off(panel: Panel) -> None:
    divert = active_divert(panel)
    _ended_by_clerk(panel, divert)
    with pytest.raises(AlreadyDone):
        prepared_divert(panel, arrangement=divert.arrangement)
    switch_off(divert=EmailDivert.objects.get(), by=panel.mail, at=timezone.now())
    assert prepared_divert(panel, arrangement=divert.arrangement).state == DivertState.PREPARED


@pytest.mark.parametrize(
    "addresses",
    [
        [],
        ["no address"],
        [CUSTOMER, "x\r\nBcc: other@example.org"],
        [EMAIL.upper()],
        [f"pettibone{number}@example.org" for number in range(11)],
    ],
)
def test_addresses_that_cannot_be_diverted_are_refused(panel: Panel, addresses: list[str]) -> None:
    with pytest.raises(BadInput) as refusal:
        prepared_divert(panel, addresses=addresses)
    assert list(refusal.value.problems) == ["addresses"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"councillor": "  "}, "councillor"),
        ({"email": "nobody"}, "email"),
        ({"asked_on": timezone.localdate() + timedelta(days=1)}, "asked_on"),
        ({"email": "Honoria.Quince@council.example.org"}, "email"),
    ],
)
def test_question_that_cannot_have_been_asked_is_refused(
    panel: Panel, told: Any, field: str
) -> None:
    divert = prepared_divert(panel)
    councillor_asked(panel, divert)
    facts = {
        "councillor": "Ignatius Medlar",
        "email": "medlar@council.example.org",
        "asked_on": timezone.localdate(),
    }
    with pytest.raises(BadInput) as refusal:
        ask_councillor(divert=divert, by=panel.clerk, at=timezone.now(), **(facts | told))
    assert list(refusal.value.problems) == [field]


@pytest.mark.parametrize("days", [-1, 1])
def test_answer_comes_after_the_question_and_not_tomorrow(panel: Panel, days: int) -> None:
    answer = councillor_asked(panel, prepared_divert(panel))
    with pytest.raises(BadInput):
        record_answer(
            answer=answer,
            wants=True,
            answered_on=timezone.localdate() + timedelta(days=days),
            by=panel.clerk,
            at=timezone.now(),
        )


def test_nothing_is_recorded_once_the_divert_is_over(panel: Panel) -> None:
    divert = prepared_divert(panel)
    answer = councillor_asked(panel, divert)
    _ended_by_clerk(panel, divert)
    attempts = [
        lambda: _answered(panel, answer, wants=True),
        lambda: councillor_asked(panel, divert, "Ignatius Medlar"),
        lambda: request_divert(divert=divert, by=panel.clerk, at=timezone.now()),
        lambda: _ended_by_clerk(panel, divert),
        lambda: switch_off(divert=divert, by=panel.mail, at=timezone.now()),
    ]
    for attempt in attempts:
        with pytest.raises(CautionaryError):
            attempt()


def test_divert_of_an_arrangement_that_has_ended_is_refused(panel: Panel) -> None:
    arrangement = arranged(panel)
    end_arrangement(
        arrangement=arrangement, reasons="It is quiet again.", by=panel.clerk, at=timezone.now()
    )
    with pytest.raises(AlreadyDone):
        prepare_divert(
            arrangement=arrangement,
            addresses=[CUSTOMER],
            reasons="He writes to forty members of staff.",
            by=panel.clerk,
            at=timezone.now(),
        )


def test_what_is_missing_is_told_before_it_is_asked_for(panel: Panel) -> None:
    divert = prepared_divert(panel)
    assert len(missing_of(divert)) == 2


def test_mail_tells_no_address(panel: Panel) -> None:
    active_divert(panel)
    for message in OutboxMessage.objects.all():
        assert CUSTOMER not in f"{message.__dict__}"
