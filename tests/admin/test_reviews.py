"""The screens of reviews and of the quarter's check."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day, over_after
from cautionary_plugin.actions.reviews import open_review
from cautionary_plugin.models import (
    AccessRecord,
    Briefing,
    Entry,
    Letter,
    QuarterlyCheck,
    Review,
)
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, ReviewOutcome
from tests.actions.reviews.test_reviews import EVIDENCE, propose, send_letter, signed
from tests.council import PLANTED, let_into_wagtail, list_entries, row, through_the_door
from tests.entry_with_past import (
    REASONS,
    Scene,
    answers,
    joined_report,
    set_scene,
    with_post,
)
from tests.factors import appoint
from tests.hostile import LONG, NUL, ODD
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

REVIEWS = "cautionary_reviews_modeladmin"
RECORD = {"step": "record"}
RETAIN, LAPSE, REMOVE = ReviewOutcome


@pytest.fixture
def scene() -> Scene:
    return set_scene()


@pytest.fixture
def review(scene: Scene) -> Review:
    return open_review(entry=scene.entry, by=scene.director, at=scene.at)


def browser_of(person: Any) -> Client:
    let_into_wagtail(person)
    return through_the_door(person)


@pytest.fixture
def owner(scene: Scene) -> Client:
    return browser_of(scene.director)


@pytest.fixture
def safety(scene: Scene) -> Client:
    return browser_of(scene.safety)


def url(name: str, *args: Any) -> str:
    return reverse(f"cautionary_{name}", args=args)


def text(response: Any) -> str:
    return response.content.decode()


def typed(scene: Scene, **facts: Any) -> dict[str, Any]:
    return {
        **answers("person", "Found today."),
        "outcome": "retain",
        "reasons": REASONS,
        "evidence": "",
        "new_evidence": EVIDENCE,
        "new_evidence_on": f"{scene.today - timedelta(days=2):%d %m %Y}",
        "new_end_on": f"{scene.today + timedelta(days=300):%d %m %Y}",
        "term_reasons": "",
    } | facts


# What is due to lapse


@pytest.mark.clause("A31")
def test_lapsing_entries_are_listed_with_the_way_to_their_review(
    scene: Scene, owner: Client
) -> None:
    reference = scene.entry.reference

    def shown() -> str:
        return text(owner.get(url("lapsing")))

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

    page = text(safety.get(url("lapsing")))

    assert scene.entry.reference in page
    assert url("review_open", scene.entry.reference) not in page
    assert url("quarter", "cpr") not in page
    assert safety.get(url("review_open", scene.entry.reference)).status_code == 403


@pytest.mark.clause("A31")
def test_list_of_the_lapsing_holds_no_name(scene: Scene, owner: Client) -> None:
    Entry.objects.update(expires_at=over_after(scene.today + timedelta(days=3)))

    for page in (url("lapsing"), url("quarter", "cpr")):
        shown = text(owner.get(page))
        assert scene.entry.reference in shown
        assert PLANTED not in shown


# The quarter's check


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
    assert "has changed since you opened the list" in text(stale)
    assert "signed already" in text(again)
    assert ": signed" in text(done)
    assert "Sign the quarterly check" not in text(done)
    assert QuarterlyCheck.objects.get().entries == 2


@pytest.mark.clause("A30")
def test_missed_quarters_show(scene: Scene, owner: Client) -> None:
    Entry.objects.update(made_at=timezone.now() - timedelta(days=200))

    for page in (url("lapsing"), url("quarter", "cpr")):
        assert "Missed: " in text(owner.get(page))


@pytest.mark.parametrize("digest", ["", "x" * 65, "0" * 64, NUL])
def test_quarter_signed_blindly_counts_for_nothing(
    scene: Scene, owner: Client, digest: str
) -> None:
    assert owner.post(url("quarter", "cpr"), {"digest": digest}).status_code == 400

    assert not QuarterlyCheck.objects.exists()


# A review


@pytest.mark.clause("A35")
def test_form_shows_the_last_answers_beside_empty_questions(
    scene: Scene, review: Review, owner: Client
) -> None:
    response = owner.get(url("review_propose", review.pk))

    form = response.context["form"]
    assert "Weighed at the addition. As to severity." in text(response)
    days = (scene.today - scene.entry.fact_on).days
    assert f"{days} days since" in text(response)
    assert not any(form[factor.value].value() for factor in factors_for("person"))


@pytest.mark.clause("A35")
def test_copied_answers_come_back_under_their_questions(
    scene: Scene, review: Review, owner: Client
) -> None:
    copied = answers("person", "Weighed at the addition.")

    answer = owner.post(url("review_propose", review.pk), typed(scene, **copied))

    assert answer.status_code == 400
    told = text(answer)
    assert told.count("This is the answer of the last decision") >= len(factors_for("person"))
    assert "You are about to record this" not in told
    assert EVIDENCE in told


@pytest.mark.clause("A37")
def test_review_goes_from_the_first_answer_to_the_new_end(
    scene: Scene, review: Review, owner: Client, safety: Client
) -> None:
    page = url("reviews_modeladmin_inspect", review.pk)
    propose_url, sign_url = url("review_propose", review.pk), url("review_sign", review.pk)
    close_url = url("review_close", review.pk)

    told = text(owner.post(propose_url, typed(scene)))
    between = Review.objects.get().state
    assert owner.post(propose_url, typed(scene) | RECORD).status_code == 302
    assert owner.post(propose_url, typed(scene) | RECORD).status_code == 400
    assert sign_url not in text(owner.get(page))
    assert sign_url in text(safety.get(page))
    to_sign = safety.get(sign_url)
    signature = {"comment": "I agree.", "seen": to_sign.context["form"]["seen"].value()}
    answers_given = [safety.post(sign_url, signature).status_code for _twice in range(2)]
    waiting = text(owner.get(page))
    early = owner.post(close_url)
    send_letter(review)
    ready = text(owner.get(page))
    closed = [owner.post(close_url).status_code for _twice in range(2)]

    assert "You are about to record this" in told
    assert between == "open"
    assert "Found today. As to severity." in text(to_sign)
    assert answers_given == [302, 400]
    assert "The letter that the entry stays must be sent" in waiting
    assert close_url not in waiting
    assert (early.status_code, closed) == (400, [302, 400])
    assert close_url in ready
    assert last_day(Entry.objects.get()) == scene.today + timedelta(days=300)


@pytest.mark.clause("A33")
def test_joined_report_is_offered_as_evidence(scene: Scene, review: Review, owner: Client) -> None:
    new = joined_report(scene, occurred_days_ago=10)
    old = joined_report(scene, occurred_days_ago=150)
    words = {"new_evidence": "", "new_evidence_on": ""}
    page = url("review_propose", review.pk)

    shown = text(owner.get(page))
    forged = owner.post(page, typed(scene, evidence=str(old.pk), **words) | RECORD)
    done = owner.post(page, typed(scene, evidence=str(new.pk), **words) | RECORD)

    assert new.reference in shown
    assert old.reference not in shown
    assert (forged.status_code, done.status_code) == (400, 302)
    assert Review.objects.get().evidence == new


@pytest.mark.clause("A33")
def test_removal_takes_effect_with_the_second_signature(
    scene: Scene, review: Review, owner: Client, safety: Client
) -> None:
    owner.post(url("review_propose", review.pk), typed(scene, outcome="remove") | RECORD)
    seen = safety.get(url("review_sign", review.pk)).context["form"]["seen"].value()

    done = safety.post(url("review_sign", review.pk), {"comment": "", "seen": seen})

    assert done.status_code == 302
    assert Entry.objects.get().why_ended == "review"
    assert Letter.objects.filter(review=review).count() == 1
    assert safety.get(done.headers["Location"]).status_code == 200


@pytest.mark.clause("A31")
def test_sent_back_with_reasons_and_own_words_kept(
    scene: Scene, review: Review, owner: Client, safety: Client
) -> None:
    propose(scene, review)
    page = url("review_send_back", review.pk)

    empty = safety.post(page, {"comment": ""})
    done = safety.post(page, {"comment": "The Police say otherwise."})

    assert (empty.status_code, done.status_code) == (400, 302)
    assert "The Police say otherwise." in text(owner.get(done.headers["Location"]))
    form = owner.get(url("review_propose", review.pk)).context["form"]
    assert form["severity"].value() == "Found today. As to severity."


@pytest.mark.clause("A31")
def test_proposer_who_holds_both_posts_is_offered_no_signature(
    scene: Scene, review: Review, owner: Client
) -> None:
    propose(scene, review)
    appoint(scene.director, PostKind.HEALTH_AND_SAFETY)

    page = text(owner.get(url("reviews_modeladmin_inspect", review.pk)))
    seen = Review.objects.get().proposed_at.isoformat()
    posted = owner.post(url("review_sign", review.pk), {"seen": seen})

    assert url("review_sign", review.pk) not in page
    assert posted.status_code == 400
    assert Review.objects.get().state == "proposed"


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_odd_text_is_kept_as_text(scene: Scene, review: Review, owner: Client, odd: str) -> None:
    told = typed(scene, reasons=f"{REASONS} {odd}", severity=f"{REASONS} {odd}") | RECORD

    done = owner.post(url("review_propose", review.pk), told)
    page = text(owner.get(done.headers["Location"]))

    assert done.status_code == 302
    assert page.count(REASONS) == 2
    assert "<script>alert" not in page


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


@pytest.mark.parametrize("bad", [LONG, NUL], ids=["long", "nul"])
def test_what_cannot_be_stored_is_refused_in_words(
    scene: Scene, review: Review, owner: Client, bad: str
) -> None:
    for field in TEXTS:
        answer = owner.post(url("review_propose", review.pk), typed(scene, **{field: bad}) | RECORD)
        assert answer.status_code == 400, field
        assert "There is a problem" in text(answer), field

    assert Review.objects.get().state == "open"


def test_hidden_fields_posted_by_hand_do_nothing(
    scene: Scene, review: Review, owner: Client
) -> None:
    forged = {"state": "closed", "signed_by": str(scene.safety.pk), "expires_at": "2099-01-01"}

    owner.post(url("review_propose", review.pk), typed(scene, **forged) | RECORD)

    found = Review.objects.get()
    assert (found.state, found.signed_by) == ("proposed", None)
    assert last_day(Entry.objects.get()) == last_day(scene.entry)


# Who sees what


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
    assert scene.entry.reference not in text(owner.get(url("reviews_modeladmin_index")))


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
        assert "briefing has lapsed" in text(answer)


def test_panel_chair_reads_reviews_and_signs_none(scene: Scene, review: Review) -> None:
    propose(scene, review)
    chair = browser_of(with_post(scene.council, "chair", PostKind.PANEL_CHAIR))

    page = chair.get(url("reviews_modeladmin_inspect", review.pk))

    assert page.status_code == 200
    for name in ("propose", "sign", "send_back", "close"):
        assert url(f"review_{name}", review.pk) not in text(page)
        assert chair.get(url(f"review_{name}", review.pk)).status_code == 403


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
