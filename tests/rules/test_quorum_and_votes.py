"""The whole table of quorum × exclusions × deputies × votes, without a database (B7, B8, B11, B19).

Six posts; the expectations are computed here a second time, in another way: by going post by
post through who could possibly sit for it.
"""

from itertools import combinations, combinations_with_replacement, product

import pytest

from cautionary_plugin.rules.errors import AlreadyDone, NoSeat, NotReady
from cautionary_plugin.rules.quorum import Present, check_quorate, seat_of, seats
from cautionary_plugin.rules.voting import Cast, check_first_vote, count

POSTS = range(6)
QUORUM = 4
NEEDED = 4


def member(post: int) -> Present:
    return Present(f"member {post}", post)


def deputy(post: int, *, briefed: bool = True) -> Present:
    return Present(f"deputy {post}", post, as_deputy=True, briefed=briefed)


def is_quorate(present: list[Present], excluded: set[str]) -> bool:
    try:
        check_quorate(seats(present, excluded=excluded), quorum=QUORUM)
    except NotReady:
        return False
    return True


ROOMS = [
    (there, out)
    for size in range(7)
    for there in combinations(POSTS, size)
    for number_out in range(min(size, 3) + 1)
    for out in combinations(there, number_out)
]


@pytest.mark.clause("B7")
@pytest.mark.clause("B11")
def test_quorum_counts_who_is_there_and_not_excluded() -> None:
    assert len(ROOMS) > 500
    for there, out in ROOMS:
        present = [member(post) for post in there]
        excluded = {f"member {post}" for post in out}

        assert is_quorate(present, excluded) == (len(there) - len(out) >= QUORUM), (there, out)


@pytest.mark.clause("B8")
def test_briefed_deputy_fills_the_seat_of_an_absent_or_excluded_member_and_no_other() -> None:
    for there, out in ROOMS:
        for briefed in (True, False):
            deputies = [deputy(post, briefed=briefed) for post in (0, 1)]
            present = [*(member(post) for post in there), *deputies]
            excluded = {f"member {post}" for post in out}
            sitting = set(there) - set(out)
            expected = sitting | ({0, 1} if briefed else set())

            taken = seats(present, excluded=excluded)

            assert set(taken) == expected, (there, out, briefed)
            for post in (0, 1):
                if post in taken:
                    assert taken[post].as_deputy == (post not in sitting), (there, out, post)
            assert is_quorate(present, excluded) == (len(expected) >= QUORUM)


@pytest.mark.clause("B8")
def test_excluded_deputy_fills_no_seat() -> None:
    present = [*(member(post) for post in (1, 2, 3)), deputy(0)]

    assert is_quorate(present, set())
    assert not is_quorate(present, {"deputy 0"})


@pytest.mark.clause("B8")
def test_nobody_sits_for_two_posts() -> None:
    both = [member(0), Present("member 0", 1, as_deputy=True, briefed=True)]

    assert set(seats(both)) == {0}

    for_two = [Present("one", post, as_deputy=True, briefed=True) for post in (2, 3)]

    assert set(seats(for_two)) == {2}


@pytest.mark.clause("B19")
def test_every_way_in_which_six_posts_can_vote() -> None:
    """4,096 votings: for, against, abstained, or not voted at all."""
    for choices in product(("for", "against", "abstain", None), repeat=6):
        votes = [Cast(f"m{post}", post, how) for post, how in enumerate(choices) if how]

        counted = count(votes)

        assert counted.cast == 6 - choices.count(None)
        assert counted.is_carried(needed=NEEDED) == (choices.count("for") >= 4), choices


@pytest.mark.clause("B19")
@pytest.mark.parametrize(
    ("votes_for", "against", "carried"),
    [(4, 0, True), (3, 1, False), (3, 0, False), (4, 2, True), (3, 3, False), (2, 2, False)],
)
def test_four_votes_carry_and_three_of_four_do_not(
    votes_for: int, against: int, carried: bool
) -> None:
    choices = ["for"] * votes_for + ["against"] * against
    votes = [Cast(f"m{post}", post, how) for post, how in enumerate(choices)]

    assert count(votes).is_carried(needed=NEEDED) is carried


HOLDERS = ("here", "away", "excluded")
DEPUTIES = ("none", "briefed", "unbriefed", "excluded")
VOTES = ("for", "against", None)


def sits(holder: str, stand_in: str) -> str | None:
    if holder == "here":
        return "member"
    return "deputy" if stand_in == "briefed" else None


ONE_POST = [
    (holder, stand_in, vote)
    for holder, stand_in in product(HOLDERS, DEPUTIES)
    for vote in (VOTES if sits(holder, stand_in) else (None,))
]


@pytest.mark.clause("B7")
@pytest.mark.clause("B8")
@pytest.mark.clause("B11")
@pytest.mark.clause("B19")
def test_quorum_exclusions_deputies_and_votes_all_together() -> None:
    """One to three members who sit and vote for, and three posts in every way a post can be."""
    for easy, hard in product((1, 2, 3), combinations_with_replacement(ONE_POST, 3)):
        posts = [("here", "none", "for")] * easy + list(hard)
        present, excluded, votes, sitting = [], set(), [], 0
        for post, (holder, stand_in, vote) in enumerate(posts):
            if holder != "away":
                present.append(member(post))
            if stand_in != "none":
                present.append(deputy(post, briefed=stand_in != "unbriefed"))
            if holder == "excluded":
                excluded.add(f"member {post}")
                votes.append(Cast(f"member {post}", f"earlier {post}", "for"))
            if stand_in == "excluded":
                excluded.add(f"deputy {post}")
            if who := sits(holder, stand_in):
                sitting += 1
                if vote:
                    votes.append(Cast(f"{who} {post}", post, vote))

        counted = count(votes, excluded=excluded)

        assert is_quorate(present, excluded) == (sitting >= QUORUM), posts
        assert counted.is_carried(needed=NEEDED) == (
            sum(vote == "for" for _, _, vote in posts) >= NEEDED
        ), posts


@pytest.mark.clause("B11")
def test_vote_of_somebody_who_is_excluded_later_counts_no_more() -> None:
    for size in range(4, 7):
        votes = [Cast(f"m{post}", post, "for") for post in range(size)]
        for number_out in range(size + 1):
            out = {f"m{post}" for post in range(number_out)}

            counted = count(votes, excluded=out)

            assert counted.votes_for == size - number_out
            assert counted.is_carried(needed=NEEDED) == (size - number_out >= 4)


@pytest.mark.clause("B8")
def test_one_vote_between_holder_and_deputy() -> None:
    votes = [Cast("deputy 0", 0, "for")]

    with pytest.raises(AlreadyDone, match="for this post"):
        check_first_vote(votes, person="member 0", post=0)
    with pytest.raises(AlreadyDone, match="You have voted"):
        check_first_vote(votes, person="deputy 0", post=1)
    check_first_vote(votes, person="member 1", post=1)


@pytest.mark.clause("B11")
def test_deputy_votes_in_place_of_an_excluded_member_who_had_voted() -> None:
    votes = [Cast("member 0", 0, "against")]

    check_first_vote(votes, person="deputy 0", post=0, excluded={"member 0"})

    assert count(votes, excluded={"member 0"}).cast == 0


def test_seat_is_found_by_its_person_and_refused_to_others() -> None:
    taken = seats([member(0), deputy(1)])

    assert seat_of("deputy 1", taken).post == 1
    with pytest.raises(NoSeat, match="no seat at this item"):
        seat_of("member 5", taken)
