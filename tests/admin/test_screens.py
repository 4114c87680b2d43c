"""The case screens: who sees what, and what the query string cannot do (A39, L5)."""

from copy import copy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex, Revision

from cautionary_plugin.actions.emergency import break_glass
from cautionary_plugin.admin.urls import model_admins
from cautionary_plugin.models import AccessRecord, Briefing, Entry, LegacyImport
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.council import (
    PLANTED,
    Council,
    brief,
    found_council,
    hold_post,
    let_into_wagtail,
    list_entries,
    make_reader,
    row,
    through_the_door,
)
from tests.factors import make_person
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

ADA = {"name": "Ada Fenwick", "address": "1 Low Row, Weldham", "risk": "Low"}
REGISTER = "cautionary_register_modeladmin"
RECORD = "cautionary_access-record_modeladmin"
LEGACY = "cautionary_legacy_modeladmin"


@pytest.fixture
def entries(council: Council) -> list[Entry]:
    return list_entries(council, row(), row(**ADA))


@pytest.fixture
def owner(council: Council) -> Client:
    let_into_wagtail(council.owner)
    return through_the_door(council.owner)


def get(browser: Client, name: str, *args: Any, **query: str) -> Any:
    return browser.get(reverse(name, args=args), query)


def text(response: Any) -> str:
    return response.content.decode()


# The register


@pytest.mark.clause("A5")
def test_list_shows_live_and_held_entries_and_not_the_expired(
    council: Council, entries: list[Entry], owner: Client
) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Entry.objects.filter(pk=entries[1].pk).update(
        starts_at=past - timedelta(days=1), expires_at=past
    )
    child = row(name="Wilf Marsh", date_of_birth=f"05/01/{timezone.localdate().year - 15}")
    list_entries(council, child)

    shown = text(get(owner, f"{REGISTER}_index"))

    assert PLANTED in shown
    assert "Wilf Marsh" in shown
    assert "Held for senior sign-off" in shown
    assert "Ada Fenwick" not in shown


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"risk": "low"}, {"Ada Fenwick"}),
        ({"risk": "high", "state": "live"}, {PLANTED}),
        ({"state": "held"}, set()),
        ({"register__slug": "cpr"}, {PLANTED, "Ada Fenwick"}),
        ({"register__slug": "nowhere"}, set()),  # said at the field, and no list beside it
    ],
)
def test_filters_narrow_the_list(
    entries: list[Entry], owner: Client, query: dict[str, str], names: set[str]
) -> None:
    shown = text(get(owner, f"{REGISTER}_index", **query))

    assert {name for name in (PLANTED, "Ada Fenwick") if name in shown} == names


@pytest.mark.clause("A39")
@pytest.mark.parametrize(
    "query",
    [
        {"case_file__person__identity_sealed__startswith": "T"},
        {"case_file__reference__startswith": "X"},
        {"made_by__password__startswith": "x"},
        {"risk__startswith": "zzz"},
        {"reference": "CPR-0000-0000"},
        {"q": "nobody"},
        {"export": "csv"},
        {"export": "xlsx"},
        {"p": "zzz"},
        {"p": "-1"},
        {"p": "1e9"},
        {"o": "-case_file__person"},
        {"ot": "desc", "order": "x"},
        {"_facets": "True"},
        {"all": "1"},
        {"e": "1"},
    ],
    ids=lambda query: next(iter(query)),
)
@pytest.mark.parametrize("name", [REGISTER, RECORD, LEGACY])
def test_rest_of_the_query_string_does_nothing(
    entries: list[Entry], owner: Client, name: str, query: dict[str, str]
) -> None:
    if (name, *query) == (RECORD, "reference"):
        query = {"references": "a filter of that screen, misspelt"}

    plain, junk = get(owner, f"{name}_index"), get(owner, f"{name}_index", **query)

    assert junk.status_code == 200
    assert junk.headers["Content-Type"].startswith("text/html")
    rows = [line.url for line in junk.context["lines"]]
    assert len(rows) == len(plain.context["lines"]) + (name == RECORD)  # opening it is recorded


def test_links_to_other_pages_carry_the_filters_safely(owner: Client, council: Council) -> None:
    now = timezone.now()
    AccessRecord.objects.bulk_create(
        AccessRecord(at=now, act=Act.VIEWED, reference="A&B=<C>") for _n in range(60)
    )

    shown = text(get(owner, f"{RECORD}_index", reference="A&B=<C>"))

    assert 'href="?p=2&amp;reference=A%26B%3D%3CC%3E"' in shown


@pytest.mark.clause("L5")
def test_opening_list_row_and_history_is_recorded(
    council: Council, entries: list[Entry], owner: Client
) -> None:
    reference = entries[0].reference

    get(owner, f"{REGISTER}_index")
    page = text(get(owner, f"{REGISTER}_inspect", reference))
    history = text(get(owner, f"{REGISTER}_history", reference))

    assert "Raised a spade" in page
    assert "Viewed an entry" in history
    assert AccessRecord.objects.get(act=Act.LISTED).user == council.owner
    assert AccessRecord.objects.get(act=Act.VIEWED).reference == reference


@pytest.mark.clause("A49")
def test_lapsed_briefing_is_told_and_not_shown_as_an_empty_register(
    council: Council, entries: list[Entry], owner: Client
) -> None:
    Briefing.objects.update(briefed_on=timezone.localdate() - timedelta(days=1000))

    for name, args in (("index", []), ("inspect", [entries[0].reference])):
        response = get(owner, f"{REGISTER}_{name}", *args)
        assert response.status_code == 403
        assert "briefing has lapsed" in text(response)
        assert PLANTED not in text(response)


@pytest.mark.clause("A40")
def test_keeper_of_one_register_sees_nothing_of_another(
    council: Council, entries: list[Entry], owner: Client
) -> None:
    other = found_council(slug="ub", prefix="UB")
    (theirs,) = list_entries(other, row(name="Wilf Marsh"))

    assert "Wilf Marsh" not in text(get(owner, f"{REGISTER}_index"))
    for name in ("inspect", "history"):
        assert get(owner, f"{REGISTER}_{name}", theirs.reference).status_code == 404
    sign_off = reverse("cautionary_sign_off", args=[theirs.reference])
    assert owner.post(sign_off).status_code in (403, 409)
    lines = get(owner, f"{RECORD}_index").context["lines"]
    assert all("UB-" not in str(vars(line)) for line in lines)


@pytest.mark.clause("L2")
def test_held_entry_is_signed_off_with_the_button_and_only_once(council: Council) -> None:
    (held,) = list_entries(council, row(date_of_birth=f"05/01/{timezone.localdate().year - 15}"))
    safety = make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    brief(council, safety)
    let_into_wagtail(safety)
    browser = through_the_door(safety)
    url = reverse("cautionary_sign_off", args=[held.reference])

    offered = text(get(browser, f"{REGISTER}_inspect", held.reference))
    answers = [browser.post(url).status_code for _twice in range(2)]
    after = text(get(browser, f"{REGISTER}_inspect", held.reference))

    assert url in offered
    assert answers == [302, 409]
    assert url not in after


def test_button_is_not_offered_to_whoever_made_the_entry(council: Council, owner: Client) -> None:
    (held,) = list_entries(council, row(date_of_birth=f"05/01/{timezone.localdate().year - 15}"))

    page = text(get(owner, f"{REGISTER}_inspect", held.reference))

    assert "Held for senior sign-off" in page
    assert reverse("cautionary_sign_off", args=[held.reference]) not in page


# The access record


@pytest.mark.clause("L5")
def test_data_protection_officer_sees_who_did_what_and_no_name(
    council: Council, entries: list[Entry]
) -> None:
    dpo = make_person("dpo")
    hold_post(council, dpo, PostKind.DATA_PROTECTION)
    let_into_wagtail(dpo)
    browser = through_the_door(dpo)

    shown = text(get(browser, f"{RECORD}_index"))

    assert "Brought in a legacy list" in shown
    assert "owner-cpr" in shown
    assert PLANTED not in shown
    assert get(browser, f"{REGISTER}_index").status_code == 403


def test_reason_of_emergency_access_is_shown_to_those_who_answer_for_it(
    council: Council, owner: Client
) -> None:
    reason = "The duty officer cannot be reached."
    officer = make_person()
    break_glass(user=officer, register=council.register, reason=reason, at=timezone.now())
    line = AccessRecord.objects.get(act=Act.BROKE_GLASS)

    page = text(get(owner, f"{RECORD}_inspect", line.pk))
    listed = text(get(owner, f"{RECORD}_index"))

    assert reason in page
    assert reason not in listed


@pytest.mark.parametrize("name", [RECORD, LEGACY, REGISTER])
@pytest.mark.parametrize("action", ["inspect", "history"])
@pytest.mark.parametrize("key", ["abc", "0", "9" * 40, "-1", "CPR-1"])
def test_key_that_is_none_is_not_found(owner: Client, name: str, action: str, key: str) -> None:
    response = get(owner, f"{name}_{action}", key)

    assert response.status_code == 404
    assert "no-store" in response.headers["Cache-Control"]


# What is not there


@pytest.mark.clause("A39")
@pytest.mark.parametrize("name", [REGISTER, RECORD, LEGACY])
@pytest.mark.parametrize("action", ["create", "add", "edit", "delete", "export", "choose"])
def test_nothing_is_added_edited_deleted_or_exported(
    owner: Client, entries: list[Entry], name: str, action: str
) -> None:
    for args in ([], [entries[0].reference], [1]):
        with pytest.raises(NoReverseMatch):
            reverse(f"{name}_{action}", args=args)
    for base in (f"/admin/cautionary/{name.split('_')[1]}/",):
        response = owner.get(f"{base}{action}/{entries[0].reference}/")
        assert response.status_code == 404


@pytest.mark.clause("A39")
def test_record_screens_only_list_and_show() -> None:
    names = {
        name
        for name in get_resolver("wagtail.admin.urls").reverse_dict
        if isinstance(name, str) and "_modeladmin_" in name and name.startswith("cautionary")
    }

    assert {f"{REGISTER}_index", f"{RECORD}_inspect", f"{LEGACY}_history"} < names
    assert {name.rpartition("_")[2] for name in names} == {"index", "inspect", "history"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_screens_take_no_other_method(owner: Client, entries: list[Entry], method: str) -> None:
    url = reverse(f"{REGISTER}_inspect", args=[entries[0].reference])

    assert getattr(owner, method)(url).status_code == 405


CLERKS_DESK = {"appeals", "complaints"}
ERASURE_DESK = {"certificates", "holds"}


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        (
            PostKind.OWNER,
            {"register", "access-record", "legacy", "reviews", "contacts", "partners", "systems"}
            | CLERKS_DESK
            | ERASURE_DESK,
        ),
        (PostKind.HEALTH_AND_SAFETY, {"register", "reviews"}),
        (PostKind.DATA_PROTECTION, {"access-record", "partners"} | CLERKS_DESK | ERASURE_DESK),
        (PostKind.ADMINISTRATOR, {"legacy", "partners", "systems"} | CLERKS_DESK),
        (PostKind.CMT_MEMBER, {"hearings"}),
        (PostKind.LEGAL_SERVICES, {"holds"}),
        (PostKind.TRAINER, set()),
        (None, set()),
    ],
)
def test_menu_shows_items_to_those_who_may_open_them(
    council: Council, kind: PostKind | None, items: set[str]
) -> None:
    person = make_person("person")
    if kind:
        hold_post(council, person, kind, as_deputy=True)
    let_into_wagtail(person)
    person.is_superuser = True
    person.save()

    home = text(through_the_door(person).get(reverse("wagtailadmin_home")))

    known = {each.screen.path.removeprefix("cautionary/") for each in model_admins}
    assert {item for item in known if f"/admin/cautionary/{item}/" in home} == items


def test_menu_shows_nothing_before_the_second_factor(council: Council) -> None:
    let_into_wagtail(council.owner)
    browser = Client()
    browser.force_login(council.owner)

    assert "/admin/cautionary/" not in text(browser.get(reverse("wagtailadmin_home")))


@pytest.mark.clause("L7")
def test_tables_of_wagtail_hold_nothing_of_ours(
    council: Council, entries: list[Entry], owner: Client
) -> None:
    get(owner, f"{REGISTER}_inspect", entries[0].reference)
    make_reader(council)
    for model in (Entry, LegacyImport):
        for each in model.objects.all():
            each.save()

    assert not ModelLogEntry.objects.exists()
    assert not PageLogEntry.objects.exists()
    assert not Revision.objects.exists()
    ours = ReferenceIndex.objects.filter(content_type__app_label="cautionary_plugin")
    assert not ours.exists()
    history = text(owner.get(reverse("wagtailadmin_reports:site_history"), follow=True))
    assert PLANTED not in history
    assert entries[0].reference not in history


# Size

MANY = [1000, pytest.param(10_000, marks=pytest.mark.slow)]


@pytest.mark.parametrize("many", MANY)
def test_register_takes_the_same_queries_at_any_size(
    council: Council, owner: Client, many: int
) -> None:
    costs = []
    for count in (10, many):
        rows = (row(name=f"Ada Fenwick{n}", address=f"{count} Low Row") for n in range(count))
        list_entries(council, *rows)
        costs.append(fewest_queries(lambda: get(owner, f"{REGISTER}_index")))

    assert costs[0] == costs[1]
    assert len(get(owner, f"{REGISTER}_index").context["lines"]) == 50


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize("name", [RECORD, LEGACY])
def test_other_lists_take_the_same_queries_at_any_size(
    council: Council, owner: Client, name: str, many: int
) -> None:
    now, costs = timezone.now(), []
    line = AccessRecord(at=now, act=Act.VIEWED, user=council.owner, register=council.register)
    done = {
        "register": council.register,
        "imported_by": council.owner,
        "imported_at": now,
        "entered": 1,
        "held": 0,
        "refused": 0,
    }
    for count in (10, many):
        AccessRecord.objects.bulk_create([copy(line) for _n in range(count)])
        LegacyImport.objects.bulk_create(
            LegacyImport(digest=f"{count + n:064}", **done) for n in range(count)
        )
        costs.append(fewest_queries(lambda: get(owner, f"{name}_index")))

    assert costs[0] == costs[1]
