"""Who and where, to JSON and back without a loss."""

from cautionary_plugin.rules.identity import PersonIdentity, PostalAddress, PremisesIdentity

ADDRESS = PostalAddress(("Flat 2", "7 Gantry Mews", "Weldham"), "WX1 9ZZ", "100012345678")


def test_person_survives_json() -> None:
    person = PersonIdentity(
        names=("Thaddeus Quimberly", "Tad"),
        approximate_birth_year=1961,
        addresses=(ADDRESS,),
        phones=("01632 960123",),
        emails=("tad@example.com",),
        identifiers=("H-77",),
    )

    assert PersonIdentity.from_json(person.to_json()) == person


def test_premises_survive_json() -> None:
    premises = PremisesIdentity(ADDRESS, "A large dog, loose in the yard")

    assert PremisesIdentity.from_json(premises.to_json()) == premises


def test_identity_with_a_name_only_reads_back_with_the_rest_empty() -> None:
    assert PersonIdentity.from_json({"names": ["Tad"]}) == PersonIdentity(("Tad",))


def test_address_in_one_line_leaves_out_what_is_empty() -> None:
    assert ADDRESS.in_one_line == "Flat 2, 7 Gantry Mews, Weldham, WX1 9ZZ"
    assert PostalAddress(("7 Gantry Mews",)).in_one_line == "7 Gantry Mews"
