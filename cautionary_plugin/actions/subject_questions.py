"""What an officer would ask about a person or an address that somebody has described."""

from collections.abc import Iterator
from datetime import date

from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.rules.identity import PersonIdentity, PostalAddress

MOST_ADDRESSES = 3
NOWHERE = PostalAddress(())


def about_person(identity: PersonIdentity, born_on: date | None) -> Iterator[Question]:
    """The questions about a person, one for each address."""
    for address in identity.addresses[:MOST_ADDRESSES] or (NOWHERE,):
        yield Question(
            name=identity.names[0],
            alias=" ".join(identity.names[1:]),
            born_on=born_on or "",
            phone=next(iter(identity.phones), ""),
            email=next(iter(identity.emails), ""),
            **_place(address),
        )


def about_place(address: PostalAddress) -> Iterator[Question]:
    """The question about premises."""
    yield Question(**_place(address))


def _place(address: PostalAddress) -> dict[str, str]:
    lines = ", ".join(address.lines)
    return {"address": lines, "postcode": address.postcode, "uprn": address.uprn}
