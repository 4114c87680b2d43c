"""Invented registers for Hypothesis, of people and places of every kind and completeness."""

from datetime import date

from hypothesis import strategies as st

from cautionary_plugin.lookup.facts import Address, Facts

GIVEN = (
    "William", "Bill", "Mary", "Maria", "Mohammed", "Muhammad", "Siân", "Jon", "Zoë", "Mary-Jane",
)  # fmt: skip
FAMILY = (
    "Smith", "Smyth", "Khan", "Kahn", "O'Brien", "Fairley-Cole", "Hawtrey", "van Dyke", "Szyc",
)  # fmt: skip
LINES = ("Mill Road", "Mill Lane", "High Street", "St Johns Close", "Quayside")
TOWNS = ("Wareley", "Buntworth")
CODES = ("SG12 0AB", "SG12 0AD", "SG1 4QT")

names = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))
houses = st.integers(1, 20).map(str) | st.builds("{}{}".format, st.integers(1, 9), st.just("b"))
addresses = st.builds(
    lambda flat, house, street, town, postcode: Address(
        (*flat, f"{house} {street}", town), postcode
    ),
    st.lists(st.integers(1, 9).map("Flat {}".format), max_size=1),
    houses,
    st.sampled_from(LINES),
    st.sampled_from(TOWNS),
    st.sampled_from(("", *CODES)),
)
days = st.dates(date(1950, 1, 1), date(1955, 12, 31))
people = st.builds(
    Facts,
    names=st.lists(names, min_size=1, max_size=3, unique=True).map(tuple),
    born_on=st.none() | days,
    addresses=st.lists(addresses, max_size=2).map(tuple),
    phones=st.lists(st.sampled_from(("01134 960001", "07700 900123")), max_size=1).map(tuple),
    emails=st.lists(st.sampled_from(("a.b@example.org", "x@example.com")), max_size=1).map(tuple),
    identifiers=st.lists(st.sampled_from(("HB-70021", "T/4455")), max_size=1).map(tuple),
)
premises = st.builds(lambda address: Facts(kind="premises", addresses=(address,)), addresses)
only_a_date = days.map(lambda day: Facts(names=("William Smith",), born_on=day))
only_a_year = st.integers(1950, 1955).map(
    lambda year: Facts(names=("Mary Khan",), approximate_birth_year=year)
)
entries = people | premises | only_a_date | only_a_year
registers = st.lists(entries, min_size=1, max_size=8)
