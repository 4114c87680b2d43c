"""Each register is searched by itself: none speaks in the answers about another (L1, L4)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cautionary_plugin.lookup.facts import Address, Facts, Question
from cautionary_plugin.lookup.index import Index
from tests.lookup.registers import entries, registers

ROSTRON = Facts(
    names=("Clive Rostron",),
    addresses=(Address(("71 Chapel Street", "Weldham"), "WX1 6BN"),),
    group="public",
)
SECRET = Facts(
    names=("Boris Keys", "Wharfedale Chapel"),
    addresses=(Address(("4 Wharfedale Row",)),),
    group="schedule",
)


@pytest.mark.clause("L1")
@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "typed",
    [
        "Rostron keys",
        "C Rostron boiler keys",
        "Clive Rostron keys",
        "Rostron Wharfedale",
        "Clive Rostron, Boris Keys",
        "71 Chapel Street w/ Boris",
    ],
)
def test_who_stands_on_another_register_changes_nothing_about_this_one(typed: str) -> None:
    alone, beside = Index([(1, ROSTRON)]), Index([(1, ROSTRON), (2, SECRET)])
    question = Question(anything=typed)

    theirs = beside.search(question, groups={"public"})

    assert [match.key for match in theirs] == [1]
    assert theirs == alone.search(question)
    assert {match.key for match in beside.search(question)} == {1, 2}


several = st.lists(entries, max_size=4)
texts = st.sampled_from(
    (
        *("Bill Smith", "Mary Khan Mill", "2 Mill Road", "SmithMary", "Quayside", "Szyc keys"),
        *("High Khan", "SG12 0AB", "07700 900123", "3/4/1952", "William Mill Lane", "Wareley"),
    )
)


@pytest.mark.clause("L1")
@settings(max_examples=150, deadline=None)
@given(registers, several, texts | entries.map(lambda facts: " ".join(facts.names)))
def test_answer_about_a_register_is_the_same_whatever_stands_in_another(
    here: list[Facts], there: list[Facts], typed: str
) -> None:
    ours = [(("here", place), replace(facts, group=1)) for place, facts in enumerate(here)]
    theirs = [(("there", place), replace(facts, group=2)) for place, facts in enumerate(there)]

    for question in (Question(anything=typed), Question(name=typed), Question(address=typed)):
        both = Index([*theirs, *ours]).search(question, limit=20, groups={1})
        assert both == Index(ours).search(question, limit=20)


def test_who_reads_both_is_given_the_likeliest_of_both_first() -> None:
    namesake = replace(ROSTRON, addresses=(), group="schedule")
    index = Index([(1, namesake), (2, ROSTRON), (3, SECRET)])

    found = index.search(Question(anything="Clive Rostron 71 Chapel Street"))

    assert [(match.key, match.strength) for match in found[:2]] == [
        (2, "strong"),
        (1, "possible"),
    ]
    assert len(index.search(Question(anything="Clive Rostron"), limit=1)) == 1


def test_entry_that_is_moved_stands_where_it_was_moved_to() -> None:
    index = Index([(1, ROSTRON)])

    index.add(1, replace(ROSTRON, group="schedule"))

    question = Question(name="Clive Rostron")
    assert (len(index), index.keys()) == (1, {1})
    assert not index.search(question, groups={"public"})
    assert index.search(question, groups={"schedule"})
