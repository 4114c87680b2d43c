"""No register has its first entry before its go-live checklist is done (L9, A4)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.go_live import confirm_step, go_live_of, take_step_back
from cautionary_plugin.actions.registers import open_register
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.models import Entry, GoLiveItem, PageVersion
from cautionary_plugin.rules.duties import Duty
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotReady, NotYourPost
from cautionary_plugin.rules.go_live import DOCUMENTS, Step, lacking
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.vocabulary import PageKind, PolicyText
from tests.council import Council, found_council, hold_post, list_entries, row
from tests.factors import make_person
from tests.governance import NOTE, document, ready_to_go_live
from tests.life import decided
from tests.panel import found_panel
from tests.panel_items import urgent, voting

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L9")]


@pytest.fixture(autouse=True)
def _checked(settings: Any) -> None:
    settings.CAUTIONARY_GO_LIVE_OVERRIDE = False


def test_nothing_done_means_a_sentence_for_everything() -> None:
    missing = lacking(documents=[], confirmed=[], blank=["The name of the council"])

    assert len(missing) == len(DOCUMENTS) + len(Step) + 1
    assert lacking(documents=DOCUMENTS, confirmed=list(Step), blank=[]) == []


def test_director_cannot_add_the_first_entry(council: Council) -> None:
    with pytest.raises(NotReady) as refusal:
        decided(council)

    assert any("data protection impact assessment" in each for each in refusal.value.missing)
    assert not Entry.objects.exists()


def test_legacy_list_is_not_brought_in_first(council: Council) -> None:
    with pytest.raises(NotReady):
        list_entries(council)

    assert not Entry.objects.exists()


def test_register_that_has_done_it_all_begins(council: Council) -> None:
    ready_to_go_live(council)

    list_entries(council)

    assert Entry.objects.count() == 1


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_each_document_is_needed(council: Council, kind: PageKind) -> None:
    ready_to_go_live(council, but_documents=(kind,))

    with pytest.raises(NotReady) as refusal:
        list_entries(council)

    assert len(refusal.value.missing) == 1
    assert kind.label.lower() in refusal.value.missing[0]


@pytest.mark.parametrize("step", Step)
def test_each_step_is_needed(council: Council, step: Step) -> None:
    ready_to_go_live(council, but_steps=(step,))

    with pytest.raises(NotReady) as refusal:
        list_entries(council)

    assert refusal.value.missing == [f"Confirm: {step.label}"]


@pytest.mark.clause("A4")
def test_texts_that_the_policy_is_read_with_are_needed(council: Council) -> None:
    ready_to_go_live(council)
    council.register.policy_links.filter(text=PolicyText.LONE_WORKING).delete()

    with pytest.raises(NotReady) as refusal:
        list_entries(council)

    assert "Lone working procedures" in refusal.value.missing[0]


def test_document_whose_review_was_due_does_not_count(council: Council) -> None:
    ready_to_go_live(council, but_documents=(PageKind.POLICY_DOCUMENT,))
    document(PageKind.POLICY_DOCUMENT, review_on=timezone.localdate())

    with pytest.raises(NotReady):
        list_entries(council)


def test_document_of_another_register_does_not_count(council: Council) -> None:
    other = found_council(slug="ub", prefix="UB")
    ready_to_go_live(council, but_documents=(PageKind.IMPACT_ASSESSMENT,))
    document(PageKind.IMPACT_ASSESSMENT, register=other.register)
    with pytest.raises(NotReady):
        list_entries(council)

    document(PageKind.IMPACT_ASSESSMENT, register=council.register)

    assert list_entries(council)


def test_page_that_was_taken_down_does_not_count(council: Council) -> None:
    ready_to_go_live(council)
    PageVersion.objects.filter(kind=PageKind.IMPACT_ASSESSMENT).update(ended_at=timezone.now())

    with pytest.raises(NotReady):
        list_entries(council)


def test_register_with_entries_is_told_and_not_stopped(council: Council, settings: Any) -> None:
    settings.CAUTIONARY_GO_LIVE_OVERRIDE = True
    list_entries(council)
    settings.CAUTIONARY_GO_LIVE_OVERRIDE = False

    list_entries(council, row(name="Ada Fenwick", address="1 Low Row, Weldham"))

    assert Entry.objects.count() == 2
    waiting = what_waits(standing_of(council.owner, at=timezone.now()))
    assert Duty.GO_LIVE in [task.duty for task in waiting]


def test_register_whose_entries_were_erased_has_begun(council: Council, settings: Any) -> None:
    settings.CAUTIONARY_GO_LIVE_OVERRIDE = True
    list_entries(council)
    Entry.objects.all().delete()
    settings.CAUTIONARY_GO_LIVE_OVERRIDE = False

    assert go_live_of(council.register, at=timezone.now()).has_begun


def test_nothing_waits_once_all_is_done_until_a_review_is_due(council: Council) -> None:
    ready_to_go_live(council)
    now = timezone.now()

    def duties(at: Any) -> list[Duty]:
        return [task.duty for task in what_waits(standing_of(council.owner, at=at))]

    assert Duty.GO_LIVE not in duties(now)
    assert Duty.GO_LIVE in duties(now + timedelta(days=366))


def test_owner_and_data_protection_officer_confirm_and_nobody_else(council: Council) -> None:
    officer, trainer, now = make_person("dpo"), make_person("trainer"), timezone.now()
    hold_post(council, officer, PostKind.DATA_PROTECTION)
    hold_post(council, trainer, PostKind.TRAINER)
    facts: dict[str, Any] = {"register": council.register, "step": Step.ESCROW, "at": now}

    confirm_step(note=NOTE, by=officer, **facts)
    for act in (
        lambda: confirm_step(note=NOTE, by=trainer, **facts),
        lambda: take_step_back(by=trainer, **facts),
    ):
        with pytest.raises(NotYourPost):
            act()

    item = GoLiveItem.objects.get()
    assert (item.confirmed_by, item.note) == (officer, NOTE)


def test_step_without_a_word_on_where_it_is_kept_is_refused(council: Council) -> None:
    with pytest.raises(BadInput):
        confirm_step(
            register=council.register,
            step=Step.ESCROW,
            note="done",
            by=council.owner,
            at=timezone.now(),
        )


def test_step_is_taken_back_once(council: Council) -> None:
    ready_to_go_live(council)
    facts: dict[str, Any] = {"register": council.register, "step": Step.ESCROW}

    take_step_back(by=council.owner, at=timezone.now(), **facts)

    with pytest.raises(NotReady):
        list_entries(council)
    with pytest.raises(AlreadyDone):
        take_step_back(by=council.owner, at=timezone.now(), **facts)


@pytest.mark.parametrize("act", [urgent, voting], ids=["at once", "by a motion"])
def test_schedule_has_no_first_entry_either(act: Any) -> None:
    panel = found_panel()

    with pytest.raises(NotReady) as refusal:
        act(panel)

    assert "first entry" in str(refusal.value)
    assert not Entry.objects.exists()


@pytest.mark.clause("L9")
@pytest.mark.parametrize("prefix", [*Prefix, "inc"])
def test_register_has_a_prefix_that_nothing_else_has(prefix: str) -> None:
    """Else a report would count as its first entry, and nothing would stop the second."""
    with pytest.raises(BadInput) as refused:
        open_register(
            slug="third",
            name="A third",
            prefix=prefix,
            route="director",
            by=None,
            at=timezone.now(),
        )

    assert set(refused.value.problems) == {"prefix"}
