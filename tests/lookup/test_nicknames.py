"""What officers write for a name, and what its bearer is called; sources in the data file."""

import re
from importlib.resources import files

import pytest

from cautionary_plugin.lookup.facts import Facts, Question
from cautionary_plugin.lookup.index import Index
from cautionary_plugin.lookup.tables import common_names, nicknames

BEARERS = {
    "William": "Wm Bill Wull Gwil",
    "Thomas": "Thos Thom Twm",
    "George": "Geo Dod Geordy",
    "Charles": "Chas Chs Chaz",
    "James": "Jas Jeemie Seamus",
    "John": "Jno Jock Sion",
    "David": "Davy Davo Dauvit Deio",
    "Robert": "Robt Rab Bobi",
    "Richard": "Richd Dickon",
    "Henry": "Hy Hendry Hal",
    "Edward": "Edwd Ned",
    "Frederick": "Fredk",
    "Benjamin": "Benjn Benji",
    "Albert": "Bertie Alby",
    "Margaret": "Margt Mgt Mared Mysie Peggy",
    "Elizabeth": "Eliz Bethan Lilibet",
    "Catherine": "Cathie Cate Kasia",
    "Rebecca": "Becs Becca Bex",
    "Agnes": "Senga Aggie",
    "Isabella": "Tibbie Izzy",
    "Alexander": "Eck Sandy Xander Oleksandr",
    "Muhammad": "Mohd Md Muhd Mohammed Mehmet Mochamad Mahomet",
    "Mohammed": "Muhamad Mahamed Mouhamad Mohmed",
    "Yaqub": "Yakub Yaqoob Yacoub",
    "Dawud": "Daud Dawood",
    "Malgorzata": "Gosia Malgosia",
    "Wojciech": "Wojtek Voytek",
    "Siobhan": "Shivaun Joanna",
    "Tadhg": "Timothy Tim",
    "Padraig": "Patrick Paddy Paudie",
}
SURNAMES = {
    "Cholmondeley": "Chumley",
    "Featherstonehaugh": "Fanshaw",
    "Menzies": "Mingis",
    "O'Donoghue": "Donohue Donaghue O'Donohoe",
    "O'Connor": "Connor",
    "Ó Súilleabháin": "O'Sullivan Sullivan",
}


@pytest.mark.parametrize(
    ("full", "typed"), [(full, form) for full, forms in BEARERS.items() for form in forms.split()]
)
def test_bearer_is_found_by_what_they_are_called_and_the_other_way_round(
    full: str, typed: str
) -> None:
    for recorded, asked in ((full, typed), (typed, full)):
        index = Index([("listed", Facts(names=(f"{recorded} Inglethorpe",)))])
        (match,) = index.search(Question(name=f"{asked} Inglethorpe"))
        assert match.strength == "possible"
        assert any(one.code.startswith("given-") for one in match.agree)


@pytest.mark.parametrize(
    ("full", "typed"), [(full, form) for full, forms in SURNAMES.items() for form in forms.split()]
)
def test_surname_is_found_as_it_is_said(full: str, typed: str) -> None:
    index = Index([("listed", Facts(names=(f"Leopold {full}",)))])
    assert [match.strength for match in index.search(Question(name=f"Leopold {typed}"))] == [
        "possible"
    ]


def test_short_form_finds_the_written_one() -> None:
    """Two forms of one name, neither of which is the name."""
    for one, other in (("Bill", "Wm"), ("Tommy", "Thos"), ("Liz", "Eliz"), ("Maggie", "Margt")):
        assert other.lower() in nicknames()[one.lower()]


def test_each_line_is_in_the_form_that_is_compared() -> None:
    text = files("cautionary_plugin.lookup").joinpath("data", "nicknames.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[a-z]+:( [a-z]+)+", line)] == []
    assert [line for line in lines if len(set(re.findall(r"\w+", line))) < len(line.split())] == []


def test_each_part_names_its_source() -> None:
    text = files("cautionary_plugin.lookup").joinpath("data", "nicknames.txt").read_text("utf-8")
    _head, *parts = text.split("\n# --- ")
    for part in parts[3:]:
        title, *comment = part.splitlines()
        told = " ".join(line for line in comment if line.startswith("#"))
        assert "Facts" in told or "By hand" in told, title


def test_names_that_are_common_in_scotland_are_not_taken_for_rare() -> None:
    known = common_names()
    assert {"ross", "fraser", "mackenzie", "macleod", "henderson"} <= known.keys()
    assert known["smith"] > 10 * known["fraser"]
