"""Who opens a review is recorded; who may not, or may no longer, is told (A32, A49, L5)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.models import AccessRecord, Briefing, Entry, Review
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.actions.reviews.course.steps import propose
from tests.admin.pages import source, url
from tests.council import browser_of
from tests.entry_with_past import Scene, with_post

pytestmark = pytest.mark.django_db


@pytest.mark.clause("L5")
def test_opening_a_review_is_recorded(scene: Scene, review: Review, owner: Client) -> None:
    owner.get(url("reviews_modeladmin_inspect", review.pk))
    owner.get(url("review_propose", review.pk))

    viewed = AccessRecord.objects.filter(act=Act.VIEWED, reference=scene.entry.reference)
    assert viewed.count() == 2


@pytest.mark.clause("A32")
def test_review_of_what_has_expired_is_not_found(
    scene: Scene, review: Review, owner: Client
) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Entry.objects.update(expires_at=past)

    assert owner.get(url("reviews_modeladmin_inspect", review.pk)).status_code == 404
    assert owner.get(url("review_propose", review.pk)).status_code == 404
    assert scene.entry.reference not in source(owner.get(url("reviews_modeladmin_index")))


@pytest.mark.clause("A49")
def test_lapsed_briefing_is_told(scene: Scene, review: Review, owner: Client) -> None:
    Briefing.objects.update(briefed_on=timezone.localdate() - timedelta(days=1000))

    for page in (
        url("reviews_modeladmin_index"),
        url("reviews_modeladmin_inspect", review.pk),
        url("lapsing"),
        url("quarter", "cpr"),
    ):
        answer = owner.get(page)
        assert answer.status_code == 403, page
        assert "briefing has lapsed" in source(answer)


def test_panel_chair_reads_reviews_and_signs_none(scene: Scene, review: Review) -> None:
    propose(scene, review)
    chair = browser_of(with_post(scene.council, "chair", PostKind.PANEL_CHAIR))

    page = chair.get(url("reviews_modeladmin_inspect", review.pk))

    assert page.status_code == 200
    for name in ("propose", "sign", "send_back", "close"):
        assert url(f"review_{name}", review.pk) not in source(page)
        assert chair.get(url(f"review_{name}", review.pk)).status_code == 403
