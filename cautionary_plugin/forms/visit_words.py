"""The words that headings of a list of visits are made of, and which box of the check they mean.

*Main tenant*, *Tenant's name* and *NAME OF TENANT* are one: what a heading is about decides.
"""

import re
from collections.abc import Iterable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OURS = "ours"  # about the visit or about us, and about nobody who is met there
NUMBER = frozenset({"no", "num", "number"})
WEAK = frozenset({"name", "detail", "line", *NUMBER})  # they count where nothing else says more
DWELLINGS = frozenset({"flat", "apartment", "unit", "room"})
CONTACT = frozenset({"contact"})

# Headings as a whole, because their words would say something else.
WHOLE = {
    **dict.fromkeys(("subject", "summary", "appointment", "visit", "title"), "anything"),
    **dict.fromkeys(("place of birth", "birth place", "birthplace"), OURS),
    **dict.fromkeys(("known as", "also known as"), "name"),
    "detail": "notes",
}

# What is always what it says, whatever stands beside it: *Home phone*, *Phone (home)*.
SHARP = {
    "born_on": ("dob", "born", "birth", "birthday", "birthdate", "dateofbirth"),
    "postcode": ("postcode", "pc", "postalcode", "zipcode", "zip"),
    "uprn": ("uprn",),
    "phone": ("phone", "telephone", "tel", "mobile", "mob", "landline", "phoneno", "telno"),
    "email": ("email",),
}
PARTS = _words(  # of a name, and other names of the same person
    "surname forename firstname lastname initial alias aliases aka nickname"
)
WHICH_NAME = _words("first last family given middle maiden christian known preferred")
PEOPLE = _words(
    "tenant occupier occupant resident applicant householder homeowner owner leaseholder holder "
    "lodger complainant claimant customer client person people household family user who partner "
    "spouse carer parent guardian patient fullname tenantname"
)
STREETS = _words(  # what a visit may say as well: "Street" the family, "Flat 2"
    "street road town city village locality house door building block home property premises "
    "place location site where"
)
ADDRESSES = _words("address addresses addr add addressline")
FREE = _words("description note comment remark")
ABOUT_US = _words(
    "time date day week month when start end duration slot due officer operative surveyor "
    "inspector engineer worker caseworker team ward patch area region district county country "
    "type status priority ref reference id code job trade service visit reason purpose category "
    "sequence order index row gender sex age ethnicity language tenure rent balance"
)
KINDS = {
    **dict.fromkeys(PARTS | PEOPLE | CONTACT, "name"),
    **dict.fromkeys(STREETS | DWELLINGS | ADDRESSES, "address"),
    **dict.fromkeys(FREE, "notes"),
    **dict.fromkeys(ABOUT_US, OURS),
    **{word: box for box, words in SHARP.items() for word in words},
}

# They may stand beside any of these and say nothing by themselves.
BESIDE = _words(
    "main lead joint sole first second third last other another full given middle maiden christian "
    "preferred primary secondary principal current present new named registered postal of the "
    "to be for at on by s is see visited visiting tenancy account work year month title all"
)
SCHEDULE = _words(  # of a day or a list: a line of nothing else names nobody
    "monday tuesday wednesday thursday friday saturday sunday tue tues wed thu thur thurs fri "
    "morning afternoon evening noon midday am pm lunch lunchtime break admin travel office rota "
    "visit visits visiting list schedule diary calls appointments round rounds run page today "
    "tomorrow week w c wc beginning commencing ending my of for the on to and from"
)
_TOGETHER = {"post code": "postcode", "postal code": "postcode", "e mail": "email", "d o b": "dob"}
_BOTH = re.compile(r"[&/+,]|\band\b|\bor\b")
_OF = re.compile(r"\b(?:of|to|for|at)\b")


def box_of(heading: str) -> str:
    """The box of a heading; "" where not all of it is understood, or it is about nothing."""
    plain = plainly(heading)
    if plain in WHOLE:
        return WHOLE[plain]
    boxes = {_box(plainly(part)) for part in _BOTH.split(_apart(heading)) if plainly(part)}
    if plain and _box(plain) == "born_on":  # d/o/b
        return "born_on"
    if boxes == {"address", "postcode"}:
        return "address"
    if len(boxes) > 1:
        return "" if {"", OURS} & boxes else "anything"
    return boxes.pop() if boxes else ""


def words_of(heading: str) -> set[str]:
    """Its words in their plain form."""
    return set(plainly(heading).split())


def is_person(heading: str) -> bool:
    """Whether a column of names holds somebody's whole name: *Joint tenant*, and not *Surname*."""
    words = words_of(heading)
    return not (words & PARTS or (words & WHICH_NAME and words & {"name", "as"}))


def is_contact(heading: str) -> bool:
    """Whether it may be anybody who answers for the place: *Site contact*."""
    words = words_of(heading)
    return bool(words & CONTACT) and not words & PEOPLE


def is_plain_place(heading: str) -> bool:
    """Whether a visit may say it as well: ``Main Street``, ``Home``."""
    return words_of(heading) <= STREETS | DWELLINGS | BESIDE


def plainly(heading: str) -> str:
    """``Address Line(s) 2`` is ``address line``, and ``TenantName`` is ``tenant name``."""
    words = re.sub(r"[\W\d_]+", " ", _apart(heading))
    for apart, together in _TOGETHER.items():
        words = re.sub(rf"\b{apart}\b", together, words)
    return " ".join(filter(None, map(_singular, words.split())))


def without_place(heading: str) -> str:
    """``1st tenant`` is ``tenant``."""
    return re.sub(r"^\d(?:st|nd|rd|th) ", "", heading, flags=re.IGNORECASE)


def _apart(heading: str) -> str:
    return without_place(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)).casefold()


def _singular(word: str) -> str:
    """A word of which no more is known stays as it is; the ``s`` of ``tenant(s)`` goes."""
    one = word.removesuffix("s")
    return one if word not in KINDS and (one in KINDS or one in WEAK or not one) else word


def _box(plain: str) -> str:
    words = plain.split()
    if not all(word in KINDS or word in WEAK or word in BESIDE for word in words):
        return ""
    if plain in WHOLE:
        return WHOLE[plain]
    sharp = [KINDS[word] for word in words if word in KINDS and KINDS[word] in SHARP]
    if sharp:
        return sharp[0] if len(set(sharp)) == 1 else "anything"
    if CONTACT & set(words) and NUMBER & set(words):
        return "phone"
    return _head(_OF.split(plain)) or ("name" if "name" in words else "")


def _head(parts: Iterable[str]) -> str:
    """What it is about: the last word that says something, of what comes before *of* or *to*."""
    for part in parts:
        said = [word for word in part.split() if word in KINDS]
        if said:
            return KINDS[said[-1]]
    return ""
