"""The register's page: disputes, corrections, withdrawal, and the way to each desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cautionary_plugin.models import Entry
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Risk
from tests.admin.deciding.typed import countersign_url, decide_url
from tests.admin.pages import text
from tests.council import Council, brief, hold_post, let_into_wagtail, make_reader, through_the_door
from tests.factors import make_person
from tests.hostile import LONG, NUL
from tests.life import REPORTED, countersigned, entered, submitted

pytestmark = pytest.mark.django_db


# The register's page


def inspect_url(entry: Entry) -> str:
    return reverse("cautionary_register_modeladmin_inspect", args=[entry.reference])


@pytest.mark.clause("L3")
def test_dispute_shows_to_owner_and_officers_until_it_is_settled(
    council: Council, owner: Client
) -> None:
    entry = entered(council)
    officer = through_the_door(make_reader(council))
    officer_page = reverse("cautionary:entry", args=[entry.reference])
    purpose = {"purpose": "home_visit"}
    url = reverse("cautionary_settle", args=[entry.reference])

    owner.post(reverse("cautionary_dispute", args=[entry.reference]))
    assert "The accuracy of this entry is disputed." in text(owner.get(inspect_url(entry)))
    assert "accuracy disputed" in text(owner.get(reverse("cautionary_register_modeladmin_index")))
    assert "Accuracy disputed." in text(officer.post(officer_page, purpose, follow=True))
    assert owner.post(url, {"reasons": ""}).status_code == 400
    owner.post(url, {"reasons": "The tenancy file bears it out."})

    assert "disputed." not in text(owner.get(inspect_url(entry)))
    assert "Accuracy disputed." not in text(officer.post(officer_page, purpose, follow=True))


@pytest.mark.clause("L3")
@pytest.mark.parametrize(
    ("fact", "typed", "stored"),
    [
        ("names", "Leopold Wainscott\r\n\r\nLeo\r\n", ("Leopold Wainscott", "Leo")),
        ("phones", "01632 960001", ("01632 960001",)),
    ],
)
def test_fact_is_put_right_and_the_trail_shown(
    council: Council, owner: Client, fact: str, typed: str, stored: Any
) -> None:
    entry = entered(council)
    url = reverse("cautionary_correct", args=[entry.reference, fact])

    done = owner.post(url, {"value": typed, "reasons": "The tenancy file."}, follow=True)

    entry = Entry.objects.get()
    assert getattr(entry.case_file.person.identity, fact) == stored
    assert "The tenancy file." in text(done)


@pytest.mark.clause("L3")
def test_every_form_of_correction_shows_what_stands_there(council: Council, owner: Client) -> None:
    entry = entered(council)

    shown = text(owner.get(reverse("cautionary_corrections", args=[entry.reference])))
    for fact, there in [
        ("names", REPORTED),
        ("born_on", "5 November 1961"),
        ("addresses", "7 Gantry Mews, Weldham, WX1 9ZZ"),
        ("handling", "Do not visit alone."),
        ("markers", 'value="threats" id="id_value_1" aria-describedby'),
        ("legal_condition", "checked"),
        ("restrictions", "Libraries"),
        ("spoc", ""),
    ]:
        url = reverse("cautionary_correct", args=[entry.reference, fact])
        assert url in shown
        form = owner.get(url)
        assert form.status_code == 200
        assert there.split(" aria")[0] in text(form)
        assert owner.post(url, {"value": "", "reasons": ""}).status_code == 400
        for value in (LONG, NUL):
            assert owner.post(url, {"value": value, "reasons": value}).status_code == 400
    for unknown in ("hazard", "expires_at", "state"):
        url = reverse("cautionary_correct", args=[entry.reference, unknown])
        assert owner.get(url).status_code == 404


@pytest.mark.clause("L3")
def test_withdrawal_is_read_back_and_ends_the_entry(council: Council, owner: Client) -> None:
    entry = entered(council)
    url = reverse("cautionary_withdraw", args=[entry.reference])
    typed = {"reasons": "It was his brother."}

    read = owner.post(url, typed)
    entry.refresh_from_db()
    assert entry.state == EntryState.LIVE
    assert "You are about to withdraw this entry" in text(read)
    done = owner.post(url, typed | {"step": "record"}, follow=True)

    entry.refresh_from_db()
    assert entry.state == EntryState.ENDED
    assert f"{entry.reference} is withdrawn." in text(done)
    assert owner.post(url, typed | {"step": "record"}).status_code == 404


def test_reviewers_see_no_button_of_the_keeper(council: Council) -> None:
    entry, safety = entered(council), make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    brief(council, safety)
    let_into_wagtail(safety)

    shown = text(through_the_door(safety).get(inspect_url(entry)))

    assert entry.reference in shown
    assert "Correct a fact" not in shown
    assert Risk.HIGH.label in shown


@pytest.mark.parametrize(
    ("kind", "desks"),
    [
        (PostKind.OWNER, {"countersign", "decide"}),
        (PostKind.DIRECTOR, {"countersign"}),
        (PostKind.DATA_PROTECTION, set()),
    ],
)
def test_menu_offers_the_desks_to_those_who_may_sit_there(
    council: Council, kind: PostKind, desks: set[str]
) -> None:
    person = make_person("person")
    hold_post(council, person, kind, as_deputy=True)
    let_into_wagtail(person)

    home = text(through_the_door(person).get(reverse("wagtailadmin_home")))

    offered = {desk for desk in ("countersign", "decide") if f"/cautionary/{desk}/" in home}
    assert offered == desks


@pytest.mark.clause("A8")
@pytest.mark.clause("A10")
def test_worklist_leads_to_the_report(council: Council, owner: Client, head: Client) -> None:
    mine, theirs = submitted(council), countersigned(council, make_person("another"))

    assert countersign_url(mine) in text(head.get(reverse("cautionary_worklist")))
    assert decide_url(theirs) in text(owner.get(reverse("cautionary_worklist")))
