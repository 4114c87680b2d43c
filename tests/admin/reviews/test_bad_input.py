"""Whatever is typed or posted into a review is kept as text, or refused in words."""

import pytest
from django.test import Client

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.models import Entry, Review
from cautionary_plugin.rules.factors import factors_for
from tests.admin.pages import source, url
from tests.admin.reviews.typed import RECORD, typed
from tests.entry_with_past import REASONS, Scene
from tests.hostile import LONG, NUL, ODD

pytestmark = pytest.mark.django_db

TEXTS = [
    *(factor.value for factor in factors_for("person")),
    "outcome",
    "reasons",
    "evidence",
    "new_evidence",
    "new_evidence_on",
    "new_end_on",
    "term_reasons",
]


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_odd_text_is_kept_as_text(scene: Scene, review: Review, owner: Client, odd: str) -> None:
    told = typed(scene, reasons=f"{REASONS} {odd}", severity=f"{REASONS} {odd}") | RECORD

    done = owner.post(url("review_propose", review.pk), told)
    page = source(owner.get(done.headers["Location"]))

    assert done.status_code == 302
    assert page.count(REASONS) == 2
    assert "<script>alert" not in page


@pytest.mark.parametrize("bad", [LONG, NUL], ids=["long", "nul"])
def test_what_cannot_be_stored_is_refused_in_words(
    scene: Scene, review: Review, owner: Client, bad: str
) -> None:
    for field in TEXTS:
        answer = owner.post(url("review_propose", review.pk), typed(scene, **{field: bad}) | RECORD)
        assert answer.status_code == 400, field
        assert "There is a problem" in source(answer), field

    assert Review.objects.get().state == "open"


def test_hidden_fields_posted_by_hand_do_nothing(
    scene: Scene, review: Review, owner: Client
) -> None:
    forged = {"state": "closed", "signed_by": str(scene.safety.pk), "expires_at": "2099-01-01"}

    owner.post(url("review_propose", review.pk), typed(scene, **forged) | RECORD)

    found = Review.objects.get()
    assert (found.state, found.signed_by) == ("proposed", None)
    assert last_day(Entry.objects.get()) == last_day(scene.entry)
