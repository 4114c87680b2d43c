"""One word or two: *Ann Marie* and Annmarie, *Millbank* and Mill Bank (L4)."""

import pytest

from cautionary_plugin.lookup import asked
from cautionary_plugin.lookup.facts import Address, Facts, Question
from cautionary_plugin.lookup.index import Index
from cautionary_plugin.lookup.readings import readings
from cautionary_plugin.lookup.store import Store

OTHERS = (
    "Ann Holt", "Anne Cole", "Marie Dodd", "Abdul Mohammed", "Rahman Ali", "Lee Marsh", "Mary Son",
    "Riley Smith", "Noor Ahmed", "Imran Ul Haq", "Jo Brand", "Jean Souza", "Annmarie Kerr",
    "Maria Desouza", "Rosemary Ashby", "Lisa Leeanne Byrne",
)  # fmt: skip
"""Because of them each part, and each whole, is a word that somebody bears."""

STREETS = (
    "Mill Lane",
    "Bank Street",
    "Millbank Road",
    "New Street",
    "Castle Road",
    "Newcastle Road",
)


def _index(name: str = "", street: str = "") -> Index:
    others = [Facts(names=(other,)) for other in OTHERS]
    others += [Facts("premises", addresses=(Address((f"9 {other}",)),)) for other in STREETS]
    names = (name,) if name else ()
    places = (Address((street,)),) if street else ()
    meant = Facts(names=names, addresses=places)
    return Index([("meant", meant), *((f"other {n}", one) for n, one in enumerate(others))])


@pytest.mark.clause("L4")
@pytest.mark.parametrize("box", ["name", "anything"])
@pytest.mark.parametrize(
    ("listed", "typed"),
    [
        ("Annmarie Sutherland", "Ann Marie Sutherland"),
        ("Annmarie Sutherland", "Anne-Marie Sutherland"),
        ("Ann Marie Sutherland", "Annmarie Sutherland"),
        ("Ann Marie Sutherland", "Annemarie Sutherland"),
        ("Anne-Marie Sutherland", "Ann Marie Sutherland"),
        ("Leeanne Potts", "Lee Ann Potts"),
        ("Lee Anne Potts", "Leeanne Potts"),
        ("Abdulrahman Khan", "Abdul Rahman Khan"),
        ("Abdul Rahman Khan", "Abdulrahman Khan"),
        ("Noorulhaq Shah", "Noor ul Haq Shah"),
        ("Blake Smithson", "Blake Smith Son"),
        ("Paulo De Souza", "Paulo Desouza"),
        ("Joann Pike", "Jo Ann Pike"),
    ],
)
def test_name_is_found_in_one_word_and_in_two(box: str, listed: str, typed: str) -> None:
    first, *_ = _index(name=listed).search(Question(**{box: typed}))
    assert first.key == "meant"
    assert first.strength in ("strong", "possible")


@pytest.mark.clause("L4")
@pytest.mark.parametrize("box", ["address", "anything"])
@pytest.mark.parametrize(
    ("listed", "typed"),
    [
        ("4 Mill Bank Road", "4 Millbank Road"),
        ("4 Millbank Road", "4 Mill Bank Road"),
        ("4 New Castle Road", "4 Newcastle Rd"),
        ("4 Newcastle Road", "4 New Castle Rd"),
    ],
)
def test_street_is_found_in_one_word_and_in_two(box: str, listed: str, typed: str) -> None:
    first, *_ = _index(street=listed).search(Question(**{box: typed}))
    assert (first.key, first.strength) == ("meant", "strong")


@pytest.mark.parametrize("typed", ["Hugh Holland", "Joe Palmer", "J Ames", "Ro Semary", "Lee"])
def test_stranger_is_read_only_as_typed_where_no_entry_has_the_whole(typed: str) -> None:
    store = Store()
    for n, name in enumerate(("Ronke Hughes-Holland", "Amelia Jones-Palmer", "James Lee", "Leeds")):
        store.add(n, Facts(names=(name,)))
    question = asked.read(Question(name=typed))
    assert readings(question, store) == [question]


def test_word_is_taken_apart_only_where_one_entry_has_both_parts() -> None:
    store = Store()
    for n, name in enumerate(("Ann Holt", "Marie Dodd")):
        store.add(n, Facts(names=(name,)))
    question = asked.read(Question(name="Annmarie Holt"))
    assert readings(question, store) == [question]

    store.add("both", Facts(names=("Marie Ann Sutherland",)))
    assert [one.names for one in readings(question, store)] == [
        ("annmarie", "holt"),
        ("ann", "marie", "holt"),
    ]


def test_parts_are_put_together_in_any_order_but_not_for_who_bears_them_anyway() -> None:
    store = Store()
    store.add("double", Facts(names=("Rhys Jones-Palmer",)))
    question = asked.read(Question(anything="jones rhys palmer"))
    assert readings(question, store) == [question]

    store.add("one word", Facts(names=("Ann Jonespalmer",)))
    assert [set(one.either) for one in readings(question, store)] == [
        {"jones", "rhys", "palmer"},
        {"rhys", "jonespalmer"},
    ]


def test_who_is_meant_by_both_readings_is_shown_once() -> None:
    found = _index(name="Ann Marie Annmarie").search(Question(name="Ann Marie"))
    assert [match.key for match in found].count("meant") == 1


@pytest.mark.clause("L4")
def test_entry_of_one_name_comes_before_hundreds_who_bear_it_too() -> None:
    crowd = ((n, Facts(names=(f"Danny {'abcdefghijklmnop'[n % 16] * 4}{n}",))) for n in range(300))
    index = Index([*crowd, ("meant", Facts(names=("Danny",)))])
    assert index.search(Question(name="Danny"))[0].key == "meant"
