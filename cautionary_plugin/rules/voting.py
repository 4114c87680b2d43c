"""How votes are counted (B19): a fixed number for, and no casting vote.

"A majority vote (four panel members)": at a bare quorum of four the vote must be unanimous. An
abstention and an absence are no votes for.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass

from .errors import AlreadyDone, NotReady
from .vocabulary import Choice


@dataclass(frozen=True)
class Cast:
    """A vote: who cast it, for which post, and how."""

    person: Hashable
    post: Hashable
    choice: str


@dataclass(frozen=True)
class Count:
    """How a vote stands."""

    votes_for: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        """How many have voted, abstentions included."""
        return self.votes_for + self.against + self.abstained

    def is_carried(self, *, needed: int) -> bool:
        """Enough votes for; how many are against does not matter."""
        return self.votes_for >= needed


def counting(votes: Iterable[Cast], *, excluded: Collection[Hashable] = ()) -> list[Cast]:
    """The votes that count: those of whoever was excluded since do not (B11)."""
    return [vote for vote in votes if vote.person not in excluded]


def count(votes: Iterable[Cast], *, excluded: Collection[Hashable] = ()) -> Count:
    """Count the votes."""
    tally = Counter(Choice(vote.choice) for vote in counting(votes, excluded=excluded))
    return Count(tally[Choice.FOR], tally[Choice.AGAINST], tally[Choice.ABSTAIN])


def check_first_vote(
    votes: Iterable[Cast], *, person: Hashable, post: Hashable, excluded: Collection[Hashable] = ()
) -> None:
    """Nobody votes twice, and a post has one vote between its holder and a deputy (B8).

    :raises AlreadyDone: the person, or somebody for the post, has voted.
    """
    for vote in counting(votes, excluded=excluded):
        if vote.person == person:
            raise AlreadyDone("You have voted on this motion.")
        if vote.post == post:
            raise AlreadyDone("Somebody has voted for this post.")


def check_enough_voted(cast: int, *, quorum: int) -> None:
    """As many as make the quorum have voted, abstentions included (B7, B19).

    Else whoever runs the meeting could close a vote in which nobody has taken part, and the item
    would be decided by nobody.

    :raises NotReady: fewer have voted.
    """
    if cast < quorum:
        sentence = (
            f"{cast} of at least {quorum} have voted. Wait for the others, or adjourn the item."
        )
        raise NotReady(sentence, missing=[sentence])
