"""What officers type about an entry: one error at a time, as seen at counters and in vans.

Deliberately independent of the package's own data files: the nicknames and spellings here are a
short list of their own.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

from benchmarks.people import District
from benchmarks.trial import Trial
from cautionary_plugin.lookup.facts import Address, Facts, Question

Make = Callable[[random.Random, Facts], Question | None]

NICKNAMES = {
    "william": ["Bill", "Billy", "Will"], "robert": ["Bob", "Rob", "Bobby"], "david": ["Dave", "Davy"],
    "charles": ["Chas", "Charlie"], "elizabeth": ["Liz", "Beth", "Betty"], "james": ["Jim", "Jimmy"],
    "margaret": ["Maggie", "Peggy"], "michael": ["Mick", "Mike"], "gareth": ["Gaz"], "darren": ["Daz"],
    "sharon": ["Shaz"], "patricia": ["Pat", "Trish"], "edward": ["Ted", "Ned"], "henry": ["Harry"],
    "albert": ["Bertie"], "katherine": ["Kate", "Kath"], "catherine": ["Cathy", "Kate"],
    "rebecca": ["Becky", "Becs"], "deborah": ["Debbie"], "anthony": ["Tony"], "jennifer": ["Jen"],
    "alexander": ["Sandy", "Alex"], "joseph": ["Joe"], "samantha": ["Sam"], "victoria": ["Vicky"],
    "mohammed": ["Mohd", "Muhammad", "Mo"], "muhammad": ["Mohamed", "Md"], "timothy": ["Tim"],
    "stephen": ["Steve"], "christopher": ["Chris"], "geoffrey": ["Geoff"], "terence": ["Terry"],
    "hussain": ["Hussein"], "yusuf": ["Yousef"], "aisha": ["Ayesha"], "piotr": ["Peter"],
    "susan": ["Sue"], "dorothy": ["Dot"], "frederick": ["Fred"], "gerald": ["Gerry"],
}  # fmt: skip
ERRANDS = (
    "- boiler service", "gas safety check", "re arrears", "tenancy sign up w/ Sarah", "repair to kitchen tap",
    "ask for Karen Booth", "dog bite follow up ASAP", "(joint visit with Imran)", "damp inspection, photos",
    "annual electrical test, call first", "new tenant, keys at the office", "Housing Benefit form to sign",
)  # fmt: skip
SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("ie", "y"), ("ey", "y"), ("ea", "ee"), ("th", "t"), ("wh", "w"),
    ("ll", "l"), ("tt", "t"), ("nn", "n"), ("c", "k"), ("z", "s"), ("gh", ""), ("ai", "ay"), ("ou", "u"),
)  # fmt: skip
TRANSLITERATED = (
    ("ou", "u"), ("ee", "i"), ("q", "k"), ("kh", "k"), ("dh", "d"), ("w", "v"), ("sz", "sh"),
    ("ah", "a"), ("aa", "a"), ("y", "j"), ("dd", "d"), ("u", "oo"), ("i", "ee"),
)  # fmt: skip
SHORT = {"Road": "Rd", "Street": "St", "Avenue": "Ave", "Lane": "Ln", "Close": "Cl", "Drive": "Dr",
         "Court": "Ct", "Crescent": "Cres", "Gardens": "Gdns", "Grove": "Gr", "Place": "Pl"}  # fmt: skip
NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo",
    "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et",
    "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip


def slip(chance: random.Random, text: str) -> str:
    """Make one slip at the keyboard: swap, drop, double, or hit the key beside."""
    letters = [i for i, c in enumerate(text) if c.isalpha()]
    if len(letters) < 4:
        return text
    i = chance.choice(letters[1:-1])
    beside = chance.choice(NEIGHBOURS.get(text[i].lower(), "e"))
    return chance.choice(
        (
            text[:i] + text[i + 1] + text[i] + text[i + 2 :],
            text[:i] + text[i + 1 :],
            text[:i] + text[i] + text[i:],
            text[:i] + beside + text[i + 1 :],
        )
    )


def _respelt(chance: random.Random, text: str, rules: Iterable[tuple[str, str]]) -> str | None:
    fitting = [(a, b) for a, b in rules if a in text.lower()[1:]]
    if not fitting:
        return None
    a, b = chance.choice(fitting)
    at = text.lower().index(a, 1)
    return text[:at] + b + text[at + len(a) :]


def _ends(facts: Facts) -> tuple[str, str]:
    words = facts.names[0].split()
    return words[0], words[-1]


def _exact(chance: random.Random, facts: Facts) -> Question:
    return Question(name=facts.names[0])


def _nickname(chance: random.Random, facts: Facts) -> Question | None:
    given, family = _ends(facts)
    known = NICKNAMES.get(given.lower())
    return Question(name=f"{chance.choice(known)} {family}") if known else None


def _phonetic(chance: random.Random, facts: Facts) -> Question | None:
    given, family = _ends(facts)
    other = _respelt(chance, family, SOUNDS)
    return Question(name=f"{given} {other}") if other else None


def _transliterated(chance: random.Random, facts: Facts) -> Question | None:
    given, family = _ends(facts)
    other = _respelt(chance, given, TRANSLITERATED)
    return Question(name=f"{other} {family}") if other else None


def _slip(chance: random.Random, facts: Facts) -> Question:
    given, family = _ends(facts)
    return Question(
        name=chance.choice((f"{given} {slip(chance, family)}", f"{slip(chance, given)} {family}"))
    )


def _swapped(chance: random.Random, facts: Facts) -> Question:
    given, family = _ends(facts)
    return Question(name=f"{family} {given}")


def _plain_letters(chance: random.Random, facts: Facts) -> Question | None:
    plain = unicodedata.normalize("NFD", facts.names[0]).encode("ascii", "ignore").decode()
    return (
        Question(name=plain.replace("'", " ")) if plain != facts.names[0] or "'" in plain else None
    )


def _half_of_double(chance: random.Random, facts: Facts) -> Question | None:
    given, family = _ends(facts)
    return Question(name=f"{given} {chance.choice(family.split('-'))}") if "-" in family else None


def _initial(chance: random.Random, facts: Facts) -> Question:
    given, family = _ends(facts)
    return Question(name=f"{given[0]} {family}")


def _alias(chance: random.Random, facts: Facts) -> Question | None:
    return Question(name=slip(chance, facts.names[1])) if len(facts.names) > 1 else None


def _date(chance: random.Random, facts: Facts) -> Question | None:
    given, family = _ends(facts)
    born = facts.born_on
    if not born:
        return None
    return Question(name=f"{given} {slip(chance, family)}", born_on=f"{born:%d/%m/%Y}")


def _date_swapped(chance: random.Random, facts: Facts) -> Question | None:
    born = facts.born_on
    if not born or born.day > 12 or born.day == born.month:
        return None
    return Question(name=" ".join(_ends(facts)), born_on=f"{born:%m/%d/%Y}")


def _date_wrong(chance: random.Random, facts: Facts) -> Question | None:
    born = facts.born_on
    if not born:
        return None
    if f"{born:%m%d}" == "0229":
        return None
    wrong = born.replace(year=born.year + chance.choice((-1, 1, 10)))
    return Question(name=slip(chance, " ".join(_ends(facts))), born_on=f"{wrong:%d.%m.%y}")


def _written(chance: random.Random, address: Address) -> str:
    """Write an address as officers do: abbreviated, the flat as "2/14", the town left out."""
    *flat, line, town = address.lines
    words = [SHORT.get(word, word) for word in line.split()]
    text = " ".join(words)
    if flat:
        number = flat[0].split()[1]
        text = chance.choice((f"{number}/{text}", f"Apt {number} {text}", f"{text} flat {number}"))
    return f"{text} {town}" if chance.random() < 0.5 else text


def _name_and_address(chance: random.Random, facts: Facts) -> Question | None:
    if not facts.addresses:
        return None
    name = slip(chance, " ".join(_ends(facts)))
    return Question(name=name, address=_written(chance, facts.addresses[0]))


def _name_and_street(chance: random.Random, facts: Facts) -> Question | None:
    if not facts.addresses:
        return None
    street = facts.addresses[0].lines[-2].split(" ", 1)[1]
    return Question(name=slip(chance, _ends(facts)[1]), address=slip(chance, street))


def _address(chance: random.Random, facts: Facts) -> Question | None:
    if not facts.addresses:
        return None
    return Question(
        address=slip(chance, _written(chance, facts.addresses[0])),
        postcode=facts.addresses[0].postcode,
    )


def _postcode(chance: random.Random, facts: Facts) -> Question | None:
    if not facts.addresses:
        return None
    first = facts.addresses[0]
    wrong = first.postcode.replace("0", "O").replace("1", "I")
    line = first.lines[-2]
    return Question(address=f"{line} {wrong.replace(' ', '')}")


def _phone(chance: random.Random, facts: Facts) -> Question | None:
    return (
        Question(phone=f"+44 (0){facts.phones[0][1:5]} {facts.phones[0][5:]}")
        if facts.phones
        else None
    )


def _uprn(chance: random.Random, facts: Facts) -> Question | None:
    known = [a.uprn for a in facts.addresses if a.uprn]
    return Question(anything=known[0]) if known else None


def _calendar(chance: random.Random, facts: Facts) -> Question | None:
    if not facts.addresses:
        return None
    whom = _ends(facts)[1] if facts.names and chance.random() < 0.5 else ""
    line = _written(chance, facts.addresses[0])
    clock = f"{chance.randint(9, 16)}:{chance.choice(('00', '15', '30'))}"
    return Question(anything=f"{clock} {whom} {line} {chance.choice(ERRANDS)}")


def _one_box(chance: random.Random, facts: Facts) -> Question | None:
    if not facts.addresses:
        return None
    pieces = [slip(chance, " ".join(_ends(facts)))] if facts.names else []
    pieces += [_written(chance, facts.addresses[0])]
    if facts.born_on and chance.random() < 0.5:
        pieces.append(f"{facts.born_on:%d %b %Y}")
    if chance.random() < 0.5:
        pieces.append(facts.addresses[0].postcode.lower())
    chance.shuffle(pieces)
    return Question(anything=" ".join(pieces))


NAME_ALONE: dict[str, Make] = {
    "name as recorded": _exact,
    "nickname": _nickname,
    "spelt by ear": _phonetic,
    "other spelling": _transliterated,
    "slip in a name": _slip,
    "names swapped": _swapped,
    "accents left out": _plain_letters,
    "half of a double name": _half_of_double,
    "initial and surname": _initial,
    "alias with a slip": _alias,
}
SECOND_FACT: dict[str, Make] = {
    "slip, date": _date,
    "date, day and month swapped": _date_swapped,
    "slip, wrong date": _date_wrong,
    "slip, address": _name_and_address,
    "surname and street, slips": _name_and_street,
    "one box, everything": _one_box,
    "line of a calendar": _calendar,
}
PLACE_OR_NUMBER: dict[str, Make] = {
    "address, abbreviated": _address,
    "postcode with O and I": _postcode,
    "phone with +44": _phone,
    "UPRN": _uprn,
}
KINDS = {**NAME_ALONE, **SECOND_FACT, **PLACE_OR_NUMBER}
GROUPS = {
    "all kinds": KINDS,
    "name alone": NAME_ALONE,
    "with a second fact": SECOND_FACT,
    "place or number alone": PLACE_OR_NUMBER,
}


def trials(entries: list[tuple[str, Facts]], each: int, seed: int) -> list[Trial]:
    """Ask about entries with every kind of error, ``each`` times."""
    chance = random.Random(seed)
    made: list[Trial] = []
    for kind, make in KINDS.items():
        wanted = each
        for key, facts in chance.sample(entries, len(entries)):
            needs_name = kind not in PLACE_OR_NUMBER and kind != "one box, everything"
            if wanted and (facts.names or not needs_name):
                question = make(chance, facts)
                if question is not None:
                    made.append(Trial(kind, question, key))
                    wanted -= 1
    return made


def _unlisted(district: District, listed: set[str]) -> Address:
    while (address := district.address()).lines[-2] in listed:
        pass
    return address


def strangers(district: District, entries: list[tuple[str, Facts]], count: int) -> list[Trial]:
    """Ask about people and places of the same district who are not listed.

    Their houses are nobody's; their names may be those of others who are listed. Such namesakes
    are kinds of their own, since no search by name can tell them apart.
    """
    listed = {address.lines[-2] for _, facts in entries for address in facts.addresses}
    known = {
        tuple(name.lower().split()[:: len(name.split()) - 1 or 1])
        for _, facts in entries
        for name in facts.names
    }
    made: list[Trial] = []
    for _ in range(count):
        facts = district.person()
        ends = _ends(facts)
        who = "namesake" if tuple(end.lower() for end in ends) in known else "stranger"
        made += _asking_for(who, " ".join(ends), _unlisted(district, listed), district.born())
    return made


def _asking_for(who: str, name: str, address: Address, born: date) -> Iterable[Trial]:
    line, day = " ".join(address.lines[:-1]), f"{born:%d/%m/%Y}"
    place = {"address": line, "postcode": address.postcode}
    yield Trial(f"{who}: name", Question(name=name), None)
    yield Trial(f"{who}: name, date", Question(name=name, born_on=day), None)
    yield Trial(f"{who}: name, address", Question(name=name, **place), None)
    yield Trial(f"{who}: one box", Question(anything=f"{name} {line} {day}"), None)
    yield Trial("anybody: address", Question(**place), None)
