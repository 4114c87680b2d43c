"""An item as the page needs it: the rows, who sits, and what the person who looks may do."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.panel.reading import look_at_item
from cautionary_plugin.models import AgendaItem, Motion, PanelDecision, Vote
from cautionary_plugin.rules.errors import NoSeat
from cautionary_plugin.rules.posts import PostKind, Power
from cautionary_plugin.rules.quorum import seat_of
from cautionary_plugin.rules.states import ItemState, MeetingState

from .board import Board, board_of

RELATED = "meeting__register", "case__report", "case__entry", "case__presenter", "case_file"


@dataclass(frozen=True, repr=False)
class Room:
    """One item, for one person, at one moment.

    :ivar runs: whether the person runs the meeting.
    """

    request: GatedRequest
    item: AgendaItem

    @classmethod
    def entered(cls, request: GatedRequest, pk: UUID) -> "Room":
        """The item that the URL names, opened by the person; that they did is recorded.

        :raises Excluded: the person is shut out of the case.
        """
        item = get_object_or_404(AgendaItem.objects.select_related(*RELATED), pk=pk)
        look_at_item(item, by=request.user, at=request.now)
        return cls(request, item)

    @property
    def runs(self) -> bool:
        register = self.item.meeting.register
        return Power.RUN_MEETINGS in self.request.standing.powers(register)

    @cached_property
    def board(self) -> Board:
        return board_of(self.item)

    @cached_property
    def seat(self) -> Any:
        """The seat that the person has at this item now, or None."""
        try:
            return seat_of(self.request.user.pk, self.board.taken)
        except NoSeat:
            return None

    @property
    def consults(self) -> bool:
        """Whether the person sits for Adult Social Care, and so may consult Mosaic (B22)."""
        return self.seat is not None and any(
            each.post.pk == self.seat.post and each.post.kind == PostKind.PANEL_SOCIAL_CARE
            for each in self.board.seats
        )

    @cached_property
    def motions(self) -> list[Motion]:
        return list(self.item.motions.order_by("number"))

    @property
    def motion(self) -> Motion | None:
        """The motion that is, or was last, put to the vote; what was taken back is none.

        On an item that was adjourned it is the one that was withdrawn with that.
        """
        adjourned = self.stands(ItemState.ADJOURNED)
        standing = [each for each in self.motions if adjourned or not each.withdrawn]
        return standing[-1] if standing else None

    @cached_property
    def may_find(self) -> bool:
        """Whether the person may record findings and put motions now.

        Not after a motion was carried: what was found for it stays as it was.
        """
        waits = self.motion is not None and bool(self.motion.carried)
        return self.runs and self.stands(ItemState.OPEN) and not waits

    @cached_property
    def votes(self) -> list[Vote]:
        """The votes on the last motion that count."""
        if self.motion is None:
            return []
        return list(self.motion.votes.counting().select_related("post", "user"))

    @cached_property
    def decision(self) -> PanelDecision | None:
        return PanelDecision.objects.filter(item=self.item).first()

    @property
    def is_in_session(self) -> bool:
        return bool(self.item.meeting.state == MeetingState.OPEN)

    def stands(self, *states: ItemState) -> bool:
        """Whether the item is in one of these states."""
        return self.item.state in states
