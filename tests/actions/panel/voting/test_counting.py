"""Four for it carry a motion, while there is a quorum (B7, B19)."""

import pytest

from cautionary_plugin.models import Vote
from cautionary_plugin.rules.errors import AlreadyDone, NotReady
from cautionary_plugin.rules.vocabulary import Choice
from tests.actions.panel.voting.steps import close, vote
from tests.panel import Panel, arrive, leave
from tests.panel_items import carried, findings_recorded, opened_item, voted, voting

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B19")
@pytest.mark.parametrize(
    ("votes_for", "against", "is_carried"),
    [(4, 0, True), (4, 2, True), (3, 1, False), (3, 0, False), (0, 6, False), (6, 0, True)],
)
def test_four_for_or_it_is_not_carried(
    panel: Panel, votes_for: int, against: int, is_carried: bool
) -> None:
    motion = voted(panel, voting(panel), votes_for=votes_for, against=against)

    assert (motion.votes_for, motion.votes_against) == (votes_for, against)
    assert motion.carried is is_carried
    assert motion.item.state == "open"


@pytest.mark.clause("B19")
def test_abstentions_carry_nothing(panel: Panel) -> None:
    motion = voting(panel)
    for member in panel.members[:3]:
        vote(motion, member)
    for member in panel.members[3:]:
        vote(motion, member, Choice.ABSTAIN)

    closed = close(panel, motion)

    assert (closed.votes_for, closed.abstentions, closed.carried) == (3, 3, False)


@pytest.mark.clause("B7")
def test_vote_is_not_closed_without_a_quorum(panel: Panel) -> None:
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, present=4)))
    for member in panel.members[:4]:
        vote(motion, member)
    leave(panel, motion.item.meeting, panel.members[0])

    with pytest.raises(NotReady, match="not quorate"):
        close(panel, motion)

    arrive(panel, motion.item.meeting, panel.members[4])
    closed = close(panel, motion)
    assert (closed.present, closed.votes_for, closed.carried) == (4, 4, True)


def test_closed_vote_takes_no_vote_and_is_not_closed_again(panel: Panel) -> None:
    motion = carried(panel)

    with pytest.raises(AlreadyDone):
        vote(motion, panel.care)
    with pytest.raises(AlreadyDone):
        close(panel, motion)

    assert Vote.objects.count() == 4


def test_votes_needed_are_the_registers_own(panel: Panel) -> None:
    panel.register.votes_needed = 5
    panel.register.save()

    assert carried(panel).carried is False
