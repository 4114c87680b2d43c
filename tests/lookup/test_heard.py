"""Names of other languages, typed by who only heard them; the rules are in ``data/heard.json``."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cautionary_plugin.lookup.facts import Facts, Question
from cautionary_plugin.lookup.heard import LONGEST, by_ear
from cautionary_plugin.lookup.index import Index
from cautionary_plugin.lookup.similar import compare, nicknames_of
from cautionary_plugin.lookup.tables import common_names, spellings

CROWD = [
    ((given, family), Facts(names=(f"{given} {family}",)))
    for given in ("Sarah", "Karen", "Imran", "Jack", "Peter", "Susan", "Owen", "Gwen")
    for family in (
        *("Booth", "Andrews", "Holt", "Kay", "Marsh", "Pell", "Reeve", "Foster", "Voss", "Shaw"),
        *("Chaplin", "Griggs", "Leary", "Maddern", "Loughton", "Charles", "Keane", "Doyle"),
    )
]
HEARD = {
    "Krzysztof Wójcik": ["Kristoff Voychik", "Krystof Voychick", "Voychik", "Christoph Voytchik"],
    "Jacek Wróblewski": ["Yatsek Vroblevski", "Jacek Wrublevski"],
    "Agnieszka Szymańska": ["Agneshka Shimanska", "Agneska Shymanska"],
    "Jerzy Grzegorczyk": ["Yezhi Gregorchik", "Yerzy Gzegorchik"],
    "Przemysław Dąbrowski": ["Pshemyslav Dombrovski", "Shemek Dabrovski"],
    "Wojciech Zając": ["Voychek Zajonc", "Voytek Zayonts"],
    "Piotr Czajkowski": ["Pyotr Chaykovski", "Piotr Tchaikovsky"],
    "Łukasz Kowalczyk": ["Wookash Kowalchik", "Lukash Kovalchik"],
    "Małgorzata Wiśniewska": ["Malgozata Vishnevska"],
    "Siobhán Gallagher": ["Shavon Gallagher"],
    "Caoimhe Ó Briain": ["Keeva O'Brien", "Kweeva O Brien"],
    "Sadhbh Keogh": ["Sive Kehoe"],
    "Aoife Kavanagh": ["Eefa Cavanaugh", "Eva Kavanagh"],
    "Oisín McGettigan": ["Osheen McGettigan"],
    "Saoirse Keogh": ["Sersha Kehoe"],
    "Eoghan Loughnane": ["Owen Locknane"],
    "Tadhg Ó Súilleabháin": ["Tige O'Sullivan"],
    "Gwenllian Llewellyn": ["Gwenthlian Clewellin", "Gwenlian Lewelyn"],
    "Myfanwy Prydderch": ["Muvanwy Pritherch"],
    "Rhydian Gruffydd": ["Ridian Gruffith", "Rhydian Griffith"],
    "Angharad Meredydd": ["Anharad Meredith"],
    "Dafydd Maddocks": ["Davith Maddox", "David Maddox"],
}
STRANGERS = [
    ("Krzysztof Wójcik", "Christopher Voyle"),
    ("Krzysztof Wójcik", "Krystal Wojtowicz"),
    ("Jacek Wróblewski", "Jack Roberts"),
    ("Agnieszka Szymańska", "Agnes Sherman"),
    ("Piotr Czajkowski", "Peter Chalk"),
    ("Aoife Kavanagh", "Eva Cavendish"),
    ("Eoghan Loughnane", "Owen Lockwood"),
    ("Gwenllian Llewellyn", "Gwyneth Lewis"),
    ("Dafydd Maddocks", "David Maddison"),
    ("Myfanwy Prydderch", "Gwen Pritchard"),
]


def shown(listed: str, typed: str) -> set[object]:
    index = Index([("listed", Facts(names=(listed,))), *CROWD])
    found = index.search(Question(anything=typed))
    return {match.key for match in found if match.strength in ("strong", "possible")}


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    ("listed", "typed"), [(name, typed) for name, forms in HEARD.items() for typed in forms]
)
def test_name_is_found_as_an_english_ear_writes_it(listed: str, typed: str) -> None:
    assert "listed" in shown(listed, typed)


@pytest.mark.parametrize(("listed", "stranger"), STRANGERS)
def test_name_that_only_begins_alike_is_a_strangers(listed: str, stranger: str) -> None:
    assert "listed" not in shown(listed, stranger)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("maddox", "maddocks", "close"),  # spelt differently, and the same by ear
        ("shavon", "siobhan", "far"),  # the vowels are another matter
        ("kavanagh", "cavanaugh", "close"),
        ("dickson", "dixon", "close"),
        ("voychik", "wojcik", "close"),
        ("wojcik", "voychik", "close"),
        ("jackson", "dixon", None),
        ("ross", "rhys", "far"),
        ("cole", "chloe", "far"),
    ],
)
def test_what_is_heard_alike_is_alike_from_both_sides(
    one: str, other: str, level: str | None
) -> None:
    assert compare(one, other, nicknames_of)[0] == level


def test_common_names_of_the_country_are_read_as_they_stand() -> None:
    written_out = {name for name in common_names() if by_ear(name)}

    assert written_out <= {"kowalski", "nowak", "lloyd", "sean"}


def test_each_spelling_says_its_language_and_its_rules_are_used() -> None:
    everybody = " ".join(HEARD).lower()
    assert spellings()
    for each in spellings():
        assert each["language"]
        assert re.compile(each["marks"]), each["language"]
        assert all(len(rule) == 2 for rule in each["rules"])
    assert len({form for name in everybody.split() for form in by_ear(name)}) > 10


@given(st.text("abcdefghijlmnorstuwyz", max_size=40))
def test_any_word_is_written_out_within_bounds(word: str) -> None:
    assert all(len(form) <= 3 * LONGEST for form in by_ear(word))
    assert word not in by_ear(word)
