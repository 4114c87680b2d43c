"""How many people who are not listed would be called found, at a recall of those who are.

The threshold is on the score: the highest that keeps so many of the true questions of the same shape
whose entry is among the first five. Namesakes of listed people count as strangers here. Questions of
which a fact is wrong, and not only misspelt, have a row of their own beside those that are right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from benchmarks.asking import Asked
from benchmarks.figures import share, threshold
from benchmarks.goals import Goals
from benchmarks.tables import table
from cautionary_plugin.lookup.facts import Question

RECALL = {"name": 0.95}
USUAL_RECALL = 0.99


def shape(question: Question) -> str:
    """Say which facts were typed; a street without a number is not an address."""
    if question.anything:
        return "one box"
    house = any(letter.isdigit() for letter in str(question.address)) or question.postcode
    facts = {
        "name": question.name or question.alias,
        "date": question.born_on,
        "address": house,
        "street": question.address and not house,
        "number": question.uprn or question.phone or question.email,
    }
    return " + ".join(fact for fact, typed in facts.items() if typed)


def measure(title: str, true: Sequence[Asked], others: Sequence[Asked], goals: Goals) -> None:
    """Print a row per shape that both have, and note the goals.

    :param title: the register's size, as the goals write it.
    """
    found = _shaped([one for one in true if one.ranked])
    lines = []
    for name, unlisted in _shaped(others).items():
        right = [one for one in found.get(name, []) if "wrong" not in one.trial.kind]
        if right:
            line, called = _row(name, right, unlisted)
            goals.note(f"strangers found: {name}", title, called)
            lines.append(line)
            if len(right) < len(found[name]):
                lines.append(_row(f"{name}, wrong ones too", found[name], unlisted)[0])
    heads = (
        "asked with",
        "recall",
        "listed",
        "score from",
        "not listed",
        "called found",
        "without namesakes",
    )
    table(f"### Not listed, yet called found: {title} entries", heads, lines)


def _row(
    name: str, found: Sequence[Asked], unlisted: Sequence[Asked]
) -> tuple[tuple[str, ...], float]:
    """Give the cells of a shape, and the share that would be called found."""
    recall = RECALL.get(name, USUAL_RECALL)
    least = threshold([one.score for one in found], recall)
    called = share([one.score >= least for one in unlisted])
    no_namesakes = [one for one in unlisted if not one.trial.kind.startswith("namesake")]
    alone = share([one.score >= least for one in no_namesakes])
    counts = f"{len(found):,}", f"{least:.4f}", f"{len(unlisted):,}"
    return (name, f"{recall:.0%}", *counts, f"{called:.2%}", f"{alone:.2%}"), called


def _shaped(answers: Sequence[Asked]) -> dict[str, list[Asked]]:
    shaped: defaultdict[str, list[Asked]] = defaultdict(list)
    for one in answers:
        shaped[shape(one.trial.question)].append(one)
    return shaped
