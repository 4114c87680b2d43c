"""What is due to lapse, and the quarter's check that is signed over it (A30, A31)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.entry_facts import over_after
from cautionary_plugin.models import Entry, QuarterlyCheck, Review
from tests.actions.reviews.course.steps import signed
from tests.admin.pages import source, url
from tests.admin.reviews.typed import LAPSE, REVIEWS
from tests.council import PLANTED, list_entries, row
from tests.entry_with_past import Scene
from tests.hostile import NUL
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db


@pytest.mark.clause("A31")
def test_lapsing_entries_are_listed_with_the_way_to_their_review(
    scene: Scene, owner: Client
) -> None:
    reference = scene.entry.reference

    def shown() -> str:
        return source(owner.get(url("lapsing")))

    Entry.objects.update(expires_at=over_after(scene.today + timedelta(days=3)))
    assert url("review_open", reference) in shown()
    assert "Nobody reviews it yet" in shown()
    done = owner.post(url("review_open", reference))
    assert "Under review" in shown()
    assert done.headers["Location"] in shown()
    review = Review.objects.get()
    signed(scene, review, LAPSE)
    assert "Reviewed: ends on its day" in shown()
    Entry.objects.update(expires_at=over_after(scene.today + timedelta(days=400)))
    assert reference not in shown()


@pytest.mark.clause("A31")
def test_safety_sees_the_list_and_no_buttons_of_the_owner(scene: Scene, safety: Client) -> None:
    Entry.objects.update(expires_at=over_after(scene.today + timedelta(days=3)))

    page = source(safety.get(url("lapsing")))

    assert scene.entry.reference in page
    assert url("review_open", scene.entry.reference) not in page
    assert url("quarter", "cpr") not in page
    assert safety.get(url("review_open", scene.entry.reference)).status_code == 403


@pytest.mark.clause("A31")
def test_list_of_the_lapsing_holds_no_name(scene: Scene, owner: Client) -> None:
    Entry.objects.update(expires_at=over_after(scene.today + timedelta(days=3)))

    for page in (url("lapsing"), url("quarter", "cpr")):
        shown = source(owner.get(page))
        assert scene.entry.reference in shown
        assert PLANTED not in shown


@pytest.mark.clause("A30")
def test_quarter_is_signed_over_the_list_that_was_looked_at(scene: Scene, owner: Client) -> None:
    page = url("quarter", "cpr")
    digest = owner.get(page).context["digest"]
    list_entries(scene.council, row(name="Wilfred Plume", address="9 Low Row"))

    stale = owner.post(page, {"digest": digest})
    fresh = stale.context["digest"]
    done = owner.post(page, {"digest": fresh})
    again = owner.post(page, {"digest": fresh})

    assert (stale.status_code, done.status_code, again.status_code) == (400, 200, 400)
    assert "has changed since you opened the list" in source(stale)
    assert "signed already" in source(again)
    assert ": signed" in source(done)
    assert "Sign the quarterly check" not in source(done)
    assert QuarterlyCheck.objects.get().entries == 2


@pytest.mark.clause("A30")
def test_missed_quarters_show(scene: Scene, owner: Client) -> None:
    Entry.objects.update(made_at=timezone.now() - timedelta(days=200))

    for page in (url("lapsing"), url("quarter", "cpr")):
        assert "Missed: " in source(owner.get(page))


@pytest.mark.parametrize("digest", ["", "x" * 65, "0" * 64, NUL])
def test_quarter_signed_blindly_counts_for_nothing(
    scene: Scene, owner: Client, digest: str
) -> None:
    assert owner.post(url("quarter", "cpr"), {"digest": digest}).status_code == 400

    assert not QuarterlyCheck.objects.exists()


def test_lists_take_the_same_queries_at_any_size(scene: Scene, owner: Client) -> None:
    pages = (f"{REVIEWS}_index", "cautionary_lapsing", "cautionary_quarter")
    costs: dict[str, list[int]] = {page: [] for page in pages}
    for start, stop in ((0, 4), (4, 40)):
        made = list_entries(
            scene.council,
            *(
                row(
                    name=f"Ada Fenwick{n}",
                    address=f"{n} Low Row",
                    end_date=f"{scene.today + timedelta(days=20):%d/%m/%Y}",
                )
                for n in range(start, stop)
            ),
        )
        for entry in made:
            Review.objects.create(case_file=entry.case_file, entry=entry, opened_at=scene.at)
        for page in pages:
            address = reverse(page, args=["cpr"] if page.endswith("quarter") else [])
            costs[page].append(fewest_queries(lambda address=address: owner.get(address)))

    assert all(few == many for few, many in costs.values()), costs
