"""Tables of answers: a row per kind of question, a row per engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from benchmarks.asking import PATIENCE, Asked
from benchmarks.figures import p95, share
from benchmarks.tables import table

Answers = Sequence[Asked]


def by_kind(title: str, answers: Answers, groups: Mapping[str, Collection[str]]) -> None:
    """Print a row per kind, and one per group of kinds."""
    kinds = dict.fromkeys(one.trial.kind for one in answers)
    parts = {kind: [one for one in answers if one.trial.kind == kind] for kind in kinds}
    for group, members in groups.items():
        parts[group] = [one for one in answers if one.trial.kind in members]
    heads = (title, "asked", "found", "told", "shown", "strong", "p95 ms")
    table(f"### {title}", heads, (_row(kind, part) for kind, part in parts.items() if part))


def _row(kind: str, answers: Answers) -> tuple[str, ...]:
    listed = answers[0].trial.key is not None
    return (
        kind,
        f"{len(answers):,}",
        f"{share([one.ranked for one in answers]):.4f}" if listed else "–",
        f"{share([one.told for one in answers]):.4f}",
        f"{share([one.shown for one in answers]):.4f}",
        f"{share([one.has('strong') for one in answers]):.4f}",
        f"{p95([one.seconds for one in answers]):.1f}",
    )


def by_engine(
    title: str,
    answers: Mapping[str, Answers],
    columns: Mapping[str, Callable[[Asked], bool]],
) -> None:
    """Print a row per engine: found and p95, a pair of columns per part of the questions."""
    asked = next(iter(answers.values()))
    counts = {name: sum(map(within, asked)) for name, within in columns.items()}
    most = max(map(len, answers.values()))
    heads = ["found · p95 ms", *(f"{name} ({counts[name]})" for name in columns)]
    lines: Iterable[list[str]] = (
        [engine, *(_cell([one for one in given if within(one)]) for within in columns.values())]
        if len(given) == most
        else [engine, *(f"given up at {PATIENCE:.0f} s" for _ in columns)]
        for engine, given in answers.items()
    )
    table(f"### {title}", heads, lines)


def _cell(answers: Answers) -> str:
    if not answers:
        return "–"
    found = share([one.ranked for one in answers])
    return f"{found:.2f} · {p95([one.seconds for one in answers]):.1f}"
