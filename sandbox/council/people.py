"""An invented legacy list: about 300 people and premises of Weldham, the same on each run."""

import csv
import io
import random
from datetime import date, timedelta

FORENAMES = (
    "Aisha Alan Bronwen Callum Carys Chidi Deborah Dilip Edith Ewan Farah Gareth Grace Hamid Helen "
    "Idris Isla Jack Jasmin Kasia Keith Leah Liam Maeve Malik Nadia Neil Olga Oscar Pauline Piotr "
    "Rachel Rhys Ruth Saira Sean Siobhan Stuart Tariq Tessa Tomasz Uma Vera Victor Wendy Yusuf Zoe"
).split()
SURNAMES = (
    "Abbott Ahmed Armitage Baines Begum Bexley Calder Chaudhry Crane Dacre Dunne Eastwood Ellery "
    "Farrow Fenwick Gallagher Garside Hargreave Hussain Iveson Jarrett Kaur Kowalski Langley Lister "
    "Mackie Moorcroft Nadeem Naylor Oakley Pickles Quill Rahman Redfearn Sandford Shah Tattersall "
    "Thackray Umar Vickers Wadsworth Wojcik Yardley Younis"
).split()
STREETS = (
    "Mill Lane|Station Road|Chapel Street|Quarry Hill|Foundry Row|Bishop Close|Larch Avenue|"
    "Canal Walk|Weldham Green|Harbour Terrace|Orchard Court|Thornfield Drive"
).split("|")
HANDLING = (
    "Do not visit alone. Phone first and agree a call-back time.",
    "See at the office only, in the screened room.",
    "Two officers for every visit. Leave at once if voices are raised.",
    "Phone first. Ask for the dog to be secured before you open the gate.",
    "Contact in writing only; calls go to the single point of contact.",
)
BASIS = (
    "Threatened a repairs operative with a raised fist during a visit; two colleagues saw it.",
    "Followed a housing officer to the car and blocked the door; reported to the police.",
    "Shouted racial abuse at a customer adviser at the counter; recorded on CCTV.",
    "Sent four messages threatening to wait outside the office; kept as evidence.",
)
COLUMNS = [
    "kind", "name", "aliases", "date of birth", "address", "postcode", "uprn", "phone", "hazard",
    "markers", "risk", "handling", "control measures", "spoc", "date of incident", "basis",
    "services", "end date",
]  # fmt: skip


def legacy_list(*, today: date, people: int = 270, places: int = 30) -> bytes:
    """The list as CSV, as a council's spreadsheet would save it."""
    chance = random.Random(42)  # noqa: S311 - invented people, not secrets
    rows = [_jon(today), _child(today)]
    rows += [_person(chance, today, number) for number in range(people)]
    rows += [_place(chance, today, number) for number in range(places)]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _common(today: date, number: int) -> dict[str, str]:
    return {
        "handling": HANDLING[number % len(HANDLING)],
        "date of incident": f"{today - timedelta(days=20 + number % 250):%d/%m/%Y}",
        "end date": f"{today + timedelta(days=30 + number % 300):%d/%m/%Y}",
        "services": ("Housing", "Housing; Environmental Health", "Revenues and Benefits")[
            number % 3
        ],
        "postcode": f"WX{number % 9 + 1} {number % 8 + 1}{'ABDEFGHJLN'[number % 10]}{'PQRSTUWXYZ'[number % 7]}",
    }


def _jon(today: date) -> dict[str, str]:
    return _common(today, 0) | {
        "kind": "Person", "name": "Jonathan Smith", "aliases": "Jonny Smythe",
        "date of birth": "27/03/1984", "address": "14 Mill Lane, Weldham", "postcode": "WX1 4AB",
        "phone": "01632 960 271", "markers": "Violence; Threats of violence", "risk": "High",
        "control measures": "Do not visit alone; Phone first", "basis": BASIS[0],
        "spoc": "Della Moss, Head of Housing, 01632 960 114", "services": "Housing",
    }  # fmt: skip


def _child(today: date) -> dict[str, str]:
    return _common(today, 4) | {
        "kind": "Person", "name": "Robin Ashdown", "date of birth": f"09/05/{today.year - 16}",
        "address": "3 Larch Avenue, Weldham", "markers": "Threats of violence", "risk": "Medium",
        "basis": BASIS[3],
    }  # fmt: skip


def _person(chance: random.Random, today: date, number: int) -> dict[str, str]:
    born = date(1945, 1, 1) + timedelta(days=chance.randrange(21000))
    return _common(today, number) | {
        "kind": "Person",
        "name": f"{chance.choice(FORENAMES)} {chance.choice(SURNAMES)}",
        "date of birth": f"{born:%d/%m/%Y}",
        "address": f"{chance.randrange(1, 190)} {chance.choice(STREETS)}, Weldham",
        "phone": f"01632 960 {number:03d}",
        "markers": chance.choice(["Violence", "Threats of violence", "Bullying or intimidation"]),
        "risk": chance.choice(["Low", "Medium", "Medium", "High"]),
        "control measures": chance.choice(
            ["Do not visit alone", "Phone first; Office only", "Phone first"]
        ).replace("Office only", "See at the office only"),
        "basis": chance.choice(BASIS),
    }


def _place(chance: random.Random, today: date, number: int) -> dict[str, str]:
    return _common(today, number) | {
        "kind": "Premises",
        "address": f"{number + 200} {chance.choice(STREETS)}, Weldham",
        "uprn": f"100050{number:06d}",
        "hazard": chance.choice(
            ["Two large dogs loose in the yard", "Geese at the gate", "A bull terrier that bites"]
        ),
        "markers": "Dangerous animal",
        "risk": "Medium",
        "handling": HANDLING[3],
        "control measures": "Ask for the animal to be secured before you enter",
        "basis": "A meter reader was bitten at the gate and needed stitches; photographs on file.",
    }
