"""Invented people and premises of one British district, the same for the same seed.

Names come from Faker's British lists (common ones as common as they are), from the commonest names
of the larger minorities and Faker's lists of theirs, and from surnames built of place-name parts, so
that there is a long tail of rare ones. Streets, towns and postcodes hang together as in one district; some people share a
household, some have an alias, some entries are premises without people.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from faker import Faker

from cautionary_plugin.lookup.facts import Address, Facts

TOWNS = (
    "Ashbourne Stortford Hertingham Sawbridge Buntworth Wareley Oakham Milford Kingsbrook "
    "Thornfield Easthaven Northwick"
).split()
STEMS = (
    "High Church Station London Victoria Park Mill Green School King Queen Albert Manor New Chapel "
    "North South West East York Windsor Springfield Stanley George Alexander Orchard Highfield Grove "
    "Richmond Kingsway Broad Bridge Castle Meadow Elm Oak Ash Beech Cedar Willow Hawthorn Lime Maple "
    "Laurel Rowan Poplar Birch Holly Heather Lavender Primrose Rectory Vicarage Priory Abbey St_Johns "
    "St_Marys St_Andrews Gloucester Worcester Leicester Cambridge Oxford Durham Lincoln Salisbury "
    "Nelson Wellington Cromwell Churchill Gladstone Disraeli Pembroke Arundel Balmoral Sandringham "
    "Tennyson Shelley Byron Wordsworth Shakespeare Milton Dickens Hardy Kipling Chaucer Farm Hill "
    "Valley Lake River Spring Brook Ford Fairview Sunny Long Short Upper Lower Cross Market Cattle "
    "Bakers Coopers Tanners Weavers Foundry Railway Canal Wharf Quarry Pit Moor Heath Common Warren "
    "Fox Badger Heron Swan Kestrel Lark Nightingale Skylark Wren Raven Falcon"
).split()
SUFFIXES = "Road Street Avenue Lane Close Drive Court Crescent Gardens Grove Place Way".split()
PARTS = (
    "Ash Thorn Hather Wick Bram Holl Stan Wood Brad Cran Dun Eccle Fair Gains Hart Kes Lang Mar "
    "Nor Oaken Pem Rad Shel Tad Under Wal Whit Yar Black Cold Lind Mor Ather Bent Clay Den"
).split()
MIDDLES = ("", "", "", "er", "en", "el", "ing", "an", "es", "ering")
ENDS = "ley ton ford well worth ham ington field bourne combe stead wick more shaw croft".split()


class Community(NamedTuple):
    """A minority of the district: its commonest names, and where its others come from."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    locale: str


def _common(names: str) -> tuple[str, ...]:
    return tuple(names.split())


COMMUNITIES = (
    Community(
        _common(
            "Mohammed Muhammad Ahmed Ali Hassan Hussain Imran Tariq Yusuf Bilal Usman Omar Khalid "
            "Aisha Fatima Zainab Maryam Khadija Yasmin Samina Nadia"
        ),
        _common(
            "Khan Hussain Ahmed Ali Begum Akhtar Malik Chowdhury Rahman Miah Shah Iqbal Qureshi "
            "Mahmood Bibi Siddiqui Butt Mirza Farooq"
        ),
        "en_PK",
    ),
    Community(
        _common(
            "Gurpreet Harpreet Jaswinder Kuldeep Mandeep Rajesh Sanjay Priya Anjali Deepak Vijay "
            "Sunita"
        ),
        _common("Singh Kaur Patel Sharma Kumar Gill Dhillon Sandhu Desai Shah Mistry Chauhan"),
        "en_IN",
    ),
    Community(
        _common("Piotr Katarzyna Agnieszka Tomasz Andrzej Małgorzata Krzysztof Paweł Zofia Marek"),
        _common("Kowalski Nowak Wiśniewska Wójcik Kamiński Lewandowski Zieliński Szymański"),
        "pl_PL",
    ),
    Community(
        _common("Oluwaseun Babatunde Chinedu Ngozi Kwame Abena Emeka Folake Adaeze Chidi"),
        _common("Okafor Adeyemi Mensah Okonkwo Boateng Adebayo Owusu Nwosu Eze Balogun"),
        "yo_NG",
    ),
    Community(
        _common("Siân Rhys Niamh Siobhán Seán Eilidh Ciarán Aoife José François Zoë Chloë Jürgen"),
        _common("O'Brien O'Neill McDonald MacKenzie D'Souza Müller García Lefèvre Núñez McCarthy"),
        "en_IE",
    ),
)
USUAL = 0.4
"""Share of a minority's names that are among its commonest."""


@dataclass(frozen=True)
class Street:
    """A street of the district with what its houses share."""

    name: str
    town: str
    postcodes: tuple[str, ...]


class District:
    """A seeded source of streets, people and entries."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.faker = self._source("en_GB")
        self.elsewhere = {each: self._source(each.locale) for each in COMMUNITIES}

    def _source(self, locale: str) -> Faker:
        source = Faker(locale)
        source.seed_instance(self.random.getrandbits(32))
        return source

    @cached_property
    def streets(self) -> list[Street]:
        """Lay out the streets of the district, each with one to three postcodes."""
        names = {
            f"{self.random.choice(STEMS).replace('_', ' ')} {self.random.choice(SUFFIXES)}"
            for _ in range(1_600)
        }
        return [self._street(name) for name in sorted(names)]

    def _street(self, name: str) -> Street:
        town = self.random.randrange(len(TOWNS))
        return Street(
            name,
            TOWNS[town],
            tuple(self._postcode(town) for _ in range(self.random.randint(1, 3))),
        )

    def _postcode(self, town: int) -> str:
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        unit = f"{self.random.choice(letters)}{self.random.choice(letters)}"
        return f"SG{10 + town} {self.random.randint(0, 9)}{unit}"

    def entries(self, count: int) -> list[tuple[str, Facts]]:
        """Invent entries: one in twelve is premises, one in ten shares a household."""
        made: list[tuple[str, Facts]] = []
        for number in range(count):
            key = f"{number:06}"
            if number % 12 == 7:
                made.append((key, Facts(kind="premises", addresses=(self.address(),))))
            elif made and number % 10 == 3 and made[-1][1].names:
                made.append((key, self._relative(made[-1][1])))
            else:
                made.append((key, self.person()))
        return made

    def person(self) -> Facts:
        """Invent a person; what an entry may lack is sometimes missing."""
        chance = self.random.random
        given, family = self._name()
        middle = f" {self.faker.first_name()}" if chance() < 0.25 else ""
        names = [f"{given}{middle} {family}"]
        if chance() < 0.08:
            names.append(f"{given} {self._name()[1]}")
        return Facts(
            names=tuple(names),
            born_on=self.born() if chance() < 0.85 else None,
            addresses=tuple(
                self.address() for _ in range(self.random.choice((0, 1, 1, 1, 1, 1, 2)))
            ),
            phones=(self._phone(),) if chance() < 0.5 else (),
            emails=(self.faker.email(),) if chance() < 0.2 else (),
        )

    def _relative(self, of: Facts) -> Facts:
        family = of.names[0].split()[-1]
        return Facts(
            names=(f"{self.faker.first_name()} {family}",),
            born_on=self.born(),
            addresses=of.addresses[:1],
        )

    def _name(self) -> tuple[str, str]:
        draw = self.random.random()
        if draw < 0.16:
            return self._name_of(self.random.choice(COMMUNITIES))
        if draw < 0.55:
            return self.faker.first_name(), self._rare_surname()
        if draw < 0.59:
            return self.faker.first_name(), f"{self.faker.last_name()}-{self.faker.last_name()}"
        return self.faker.first_name(), self.faker.last_name()

    def _name_of(self, community: Community) -> tuple[str, str]:
        chance, source = self.random, self.elsewhere[community]
        given = chance.choice(community.given) if chance.random() < USUAL else source.first_name()
        usual = chance.random() < USUAL
        family = chance.choice(community.family) if usual else source.last_name()
        return given.split()[0], family.split()[-1]

    def _rare_surname(self) -> str:
        return "".join(self.random.choice(pieces) for pieces in (PARTS, MIDDLES, ENDS))

    def born(self) -> date:
        """Invent a date of birth of somebody grown up."""
        return date(1935, 1, 1) + timedelta(days=self.random.randrange(365 * 71))

    def _phone(self) -> str:
        return f"07{self.random.randrange(10**9):09}"

    def address(self) -> Address:
        """Invent an address in the district; one in five is a flat."""
        street = self.random.choice(self.streets)
        number = self.random.randint(1, 120)
        line = f"{number}{self.random.choice('AB') if self.random.random() < 0.04 else ''} {street.name}"
        flat = [f"Flat {self.random.randint(1, 24)}"] if self.random.random() < 0.2 else []
        return Address(
            (*flat, line, street.town),
            self.random.choice(street.postcodes),
            str(self.random.randrange(10**11, 10**12)) if self.random.random() < 0.6 else "",
        )
