"""The pack is complete: whatever is sealed on a file is a line of it, or says why not (L8)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.utils.text import slugify

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.access_requests.assembling import LEFT_OUT, Found, assemble
from cautionary_plugin.actions.erasure.rows import _parents_first
from cautionary_plugin.actions.registers import name_service
from cautionary_plugin.models import CaseFile, Entry, LegalHold, Person, Premises
from cautionary_plugin.rules.identity import PostalAddress, PremisesIdentity
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.sealing.sealed_field import SealedField
from tests.access_requests import Desk, prepared
from tests.council import make_reader
from tests.whole_files import WORD, open_file, report_on, secrets

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L8")]

# Filled in tests.whole_files otherwise than with the planted word and the field's name.
OTHERWISE = {
    "Person.identity_sealed": f"{WORD} of Person",
    "Person.born_on": "14 March 1979",
    "Premises.identity_sealed": f"{WORD} of Premises",
    "Entry.markers": "Threats of violence",
    "Entry.control_measures": "Phone first",
    "Entry.restrictions": "Libraries",
}


def _sealed() -> list[tuple[type[Model], str]]:
    """Model and name of every sealed field that can hang on a case file."""
    return [
        (model, field.name)
        for model in _parents_first()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    ]


def _of(lines: list[Found], source: str) -> list[str]:
    return [line.text for line in lines if line.source == source]


@pytest.fixture
def whole(file: CaseFile, now: datetime) -> CaseFile:
    """With the few things that a file about a person with a whole life has not."""
    person = Person.objects.get(case_file=file)
    person.born_on = date(1979, 3, 14)
    person.save()
    hazard = PremisesIdentity(PostalAddress(("1 Mews",)), hazard=f"{WORD} of Premises")
    Premises.objects.create(case_file=file, identity_sealed=hazard.to_json())
    LegalHold.objects.create(
        case_file=file, placed_at=now, ends_on=now.date(), **secrets(LegalHold)
    )
    return file


def test_each_sealed_field_of_each_model_is_a_line_or_a_named_exception(whole: CaseFile) -> None:
    lines = assemble(whole)

    for model, field in _sealed():
        source = f"{model.__name__}.{field}"
        planted = OTHERWISE.get(source, f"{WORD} of {model.__name__} {field}")
        told = [text for text in _of(lines, source) if planted in text]
        assert bool(told) != (model.__name__ in LEFT_OUT), source


def test_each_model_that_hangs_on_a_file_has_lines_or_is_a_named_exception(
    whole: CaseFile,
) -> None:
    told = {line.source.partition(".")[0] for line in assemble(whole)} - {"AccessRecord"}

    models = {model.__name__ for model in _parents_first()}
    assert told == models - set(LEFT_OUT)
    assert set(LEFT_OUT) <= models
    assert all(LEFT_OUT.values())


def test_nothing_sealed_is_left_out_but_what_answers_the_request() -> None:
    sealed = {model.__name__ for model, _field in _sealed()}

    assert sealed & set(LEFT_OUT) == {"AccessRequest", "PackLine"}


def test_what_was_joined_to_the_file_is_in_it(desk: Desk, file: CaseFile, now: datetime) -> None:
    joined = open_file(now)
    report = report_on(desk.council, joined, at=now)
    CaseFile.objects.filter(pk=joined.pk).update(joined_to=file)

    assert any(line.row == str(report.pk) for line in assemble(file))


def test_another_file_is_not_in_it(desk: Desk, file: CaseFile, now: datetime) -> None:
    report = report_on(desk.council, open_file(now), at=now)

    assert all(line.row != str(report.pk) for line in assemble(file))


def _looks(file: CaseFile) -> dict[str, Found]:
    return {line.label: line for line in assemble(file) if line.source == "AccessRecord.looks"}


def _view(entry: Entry, people: Iterable[Any], *, at: datetime, act: Act = Act.VIEWED) -> None:
    for person in people:
        record(act=act, by=person, at=at, register=entry.register, reference=entry.reference)


def test_whoever_looked_is_counted_by_service_and_named_on_a_line_apart(
    desk: Desk, file: CaseFile, now: datetime
) -> None:
    five = [make_reader(desk.council, f"marjorie{number}") for number in range(5)]
    _view(file.entries.get(), five * 2, at=now)

    looks = _looks(file)

    assert looks["All together"].text == "Viewed an entry: 10 times"
    assert looks["Housing"].text == "10 times"
    assert "marjorie4: 2 times" in looks["By name"].text
    assert [label for label, line in looks.items() if line.names_others] == ["By name"]


def test_service_of_which_few_looked_is_not_told_nor_who_reported(
    desk: Desk, file: CaseFile, now: datetime
) -> None:
    reporter = make_reader(desk.council, "reporter", service=desk.council.revenues)
    four = [make_reader(desk.council, f"reader{number}") for number in range(4)]
    entry = file.entries.get()
    _view(entry, [reporter] * 9, at=now, act=Act.REPORTED)
    _view(entry, [reporter, *four], at=now)

    looks = _looks(file)

    assert set(looks) == {"All together", "Other services", "By name"}
    assert looks["All together"].text == "Viewed an entry: 5 times"
    assert looks["Other services"].text == "5 times"
    assert "reporter: once" in looks["By name"].text


def test_two_services_of_nearly_the_same_name_are_two_lines(
    desk: Desk, file: CaseFile, now: datetime
) -> None:
    names = [f"Adult Social Care and Safeguarding Locality Team {each}" for each in ("N", "S")]
    for name in (*names, "By name"):
        service = name_service(slug=slugify(name), name=name)
        some = [make_reader(desk.council, f"{service.slug}{n}", service=service) for n in range(5)]
        _view(file.entries.get(), some, at=now)

    request = prepared(desk, file, at=now)

    told = request.lines.filter(source="AccessRecord.looks").values_list("label", flat=True)
    assert sorted(told) == [*names, "All together", "By name", "By name"]


def test_facts_of_a_vote_name_a_post_and_so_somebody(file: CaseFile) -> None:
    votes = [line for line in assemble(file) if line.source == "Vote.facts"]

    assert votes
    assert all("Post: " in vote.text and vote.names_others for vote in votes)


def test_colleagues_and_free_text_may_be_about_others_and_codes_are_not(file: CaseFile) -> None:
    others = {line.source: line.names_others for line in assemble(file)}

    assert others["IncidentReport.seen"]
    assert others["Decision.reasons"]
    assert others["IncidentReport.colleagues"]
    assert not others["Entry.markers"]
    assert not others["Entry.facts"]


def test_facts_say_with_whom_it_was_shared_and_name_no_colleague(
    desk: Desk, file: CaseFile
) -> None:
    facts = {line.source: line.text for line in assemble(file) if line.label == "Facts"}

    assert "Linden Homes" in facts["Disclosure.facts"]
    assert "Housing" in facts["AudienceMember.facts"]
    assert desk.owner.get_username() not in " ".join(facts.values())


def test_days_are_as_people_write_them(file: CaseFile, now: datetime) -> None:
    facts = next(line.text for line in assemble(file) if line.source == "Entry.facts")

    over = (now + timedelta(days=365)).date()
    assert f"Expires: {over.day} {over:%B %Y}" in facts
    assert "Risk: High" in facts
