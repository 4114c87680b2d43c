"""The register in which everybody lives in one street, hundreds to a block."""

from __future__ import annotations

from dataclasses import replace

from benchmarks import officers, rows
from benchmarks.asking import ask, timed
from benchmarks.peers.texts import Entries
from cautionary_plugin.lookup.facts import Address
from cautionary_plugin.lookup.index import Index

FLATS = 300
"""Flats of one block, where all live in one street."""


def measure(entries: Entries, each: int, seed: int) -> None:
    """Time the questions that name a place, and see who is still found."""
    crowd = [
        (key, replace(facts, addresses=(_flat(number),)))
        for number, (key, facts) in enumerate(entries)
    ]
    asked = officers.trials(crowd, each, seed + 1)
    placed = [one for one in asked if one.question.address or one.question.anything]
    answers = ask({"ours": timed(Index(crowd).search)}, placed)["ours"]
    title = f"{len(entries):,} in one street of one postcode, {FLATS} flats to a block"
    rows.by_kind(title, answers, {})


def _flat(number: int) -> Address:
    block, flat = divmod(number, FLATS)
    return Address((f"Flat {flat + 1}", f"{block + 1} Mill Lane", "Wareley"), "SG12 0AB")
