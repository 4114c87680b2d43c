"""A second identifier before anybody is added (L3): a name alone marks strangers."""

from datetime import date

from .errors import BadInput, NotReady
from .grants import check_reason
from .identity import PersonIdentity, PremisesIdentity


def on_file(identity: PersonIdentity, *, born_on: date | None) -> list[str]:
    """The kinds of fact, besides the name, by which the person can be told from another."""
    known = [
        ("date of birth", born_on),
        ("address", identity.addresses),
        ("phone number", identity.phones),
        ("e-mail address", identity.emails),
        ("number that the council knows the person by", identity.identifiers),
    ]
    return [kind for kind, fact in known if fact]


def check_second_identifier(
    identity: PersonIdentity | PremisesIdentity, *, born_on: date | None, checked: str
) -> None:
    """A second fact is on file, and the decider says how it was checked.

    Premises are known by their address alone.

    :param checked: how it was checked that this is the person.
    :raises NotReady: there is nothing on file but a name.
    :raises BadInput: under ``second_identifier``.
    """
    if isinstance(identity, PremisesIdentity):
        return
    if not on_file(identity, born_on=born_on):
        sentence = (
            "There is nothing on file but a name: a date of birth, an address, a phone number or "
            "another identifier is needed, or a stranger is marked."
        )
        raise NotReady(sentence, missing=[sentence])
    try:
        check_reason(checked, field="second_identifier")
    except BadInput:
        raise BadInput(
            {"second_identifier": ["Say how it was checked that this is the person."]}
        ) from None
