"""The invented staff of Weldham Council, and what each may do on the register."""

from dataclasses import dataclass

from cautionary_plugin.rules.posts import PostKind

PASSWORD = "weldham-sandbox"


@dataclass(frozen=True)
class Colleague:
    """One account of the sandbox.

    :ivar post: the kind of post that they hold, with its title at this council.
    :ivar seat: a post of the panel, beside it or by itself, with its title; ``deputy`` is of both.
    :ivar reads_for: the service for which they have a reading grant.
    :ivar enrolled: whether their second factor is set up already.
    :ivar briefed: whether they were briefed within two years.
    """

    username: str
    name: str
    role: str
    post: PostKind | None = None
    title: str = ""
    seat: PostKind | None = None
    seat_title: str = ""
    deputy: bool = False
    reads_for: str = ""
    enrolled: bool = True
    briefed: bool = True
    superuser: bool = False
    editor: bool = False


OWNER = Colleague(
    "director",
    "Ines Okafor",
    "Director of Neighbourhood Services: owner of the register",
    PostKind.OWNER,
    "Director of Neighbourhood Services",
)

SERVICES = {
    "housing": "Housing",
    "environmental-health": "Environmental Health",
    "revenues": "Revenues and Benefits",
    "adult-social-care": "Adult Social Care",
}


def _seated(username: str, name: str, title: str, seat: PostKind, role: str = "") -> Colleague:
    """Somebody whose only post is one of the panel's."""
    return Colleague(username, name, role or f"Panel: {title}", seat=seat, seat_title=title)


CUSTOMER_SERVICES = "Business Manager – Customer Services"
# The sixth seat is the Health and Safety Manager's, who has a post on the director's register too.
PANEL = [
    _seated(
        "chair",
        "Bea Lindqvist",
        "Service Manager for Assurance",
        PostKind.PANEL_CHAIR,
        "Chair of the panel, Service Manager for Assurance",
    ),
    _seated(
        "member", "Joss Adeyemi", "Senior Assurance Officer – Complaints", PostKind.PANEL_MEMBER
    ),
    _seated("customer", "Orla Benning", CUSTOMER_SERVICES, PostKind.PANEL_MEMBER),
    _seated(
        "care",
        "Yemi Castellan",
        "Head of Specialist Services, Adult Social Care",
        PostKind.PANEL_SOCIAL_CARE,
    ),
    _seated(
        "equality",
        "Dov Marchetti",
        "Representative of the Equality and Diversity Network",
        PostKind.PANEL_MEMBER,
    ),
    Colleague(
        "standin",
        "Wren Tolliver",
        "Deputy on the panel for the Business Manager – Customer Services",
        seat=PostKind.PANEL_MEMBER,
        seat_title=CUSTOMER_SERVICES,
        deputy=True,
    ),
]
AROUND_THE_PANEL = [
    _seated(
        "clerk",
        "Saffron Hale",
        "Clerk of the panel",
        PostKind.PANEL_CLERK,
        "Clerk of the panel: a meeting is today",
    ),
    Colleague(
        "monitoring",
        "Nora Feld",
        "Monitoring Officer: decides on conflicts where the chair cannot",
        PostKind.MONITORING_OFFICER,
        "Monitoring Officer",
    ),
    Colleague(
        "legaldirector",
        "Owen Sarkis",
        "Director for Legal and Democratic: adds at once where the chair cannot",
        PostKind.LEGAL_DIRECTOR,
        "Director for Legal and Democratic",
    ),
    Colleague(
        "legal",
        "Tess Amadi",
        "Legal Services: a letter at high risk is owed",
        PostKind.LEGAL_SERVICES,
        "Principal Solicitor",
    ),
    Colleague(
        "operations",
        "Ivo Hartley",
        "Operations Manager: puts cases before the panel",
        PostKind.OPERATIONS_MANAGER,
        "Operations Manager, Repairs",
    ),
    _seated(
        "mail",
        "Bruno Sallow",
        "Messaging Team Leader",
        PostKind.MAIL_ADMINISTRATOR,
        "Mail administrator: a divert is to be switched on",
    ),
]

STAFF = [
    Colleague(
        "officer",
        "Priya Lund",
        "Housing officer, second factor to be set up",
        reads_for="housing",
        enrolled=False,
    ),
    Colleague("visiting", "Tom Achebe", "Visiting officer, enrolled", reads_for="housing"),
    Colleague(
        "inspector",
        "Rosa Whitlock",
        "Environmental health officer",
        reads_for="environmental-health",
    ),
    Colleague(
        "lapsed", "Gwil Parry", "Housing officer, never briefed", reads_for="housing", briefed=False
    ),
    Colleague("nogrant", "Sam Deacon", "Payroll officer, no access"),
    Colleague(
        "deputy",
        "Marek Vance",
        "Deputy of the Director",
        PostKind.OWNER,
        "Director of Neighbourhood Services",
        deputy=True,
    ),
    Colleague("head", "Della Moss", "Head of Housing", PostKind.HEAD_OF_SERVICE, "Head of Housing"),
    Colleague(
        "safety",
        "Femi Brandt",
        "Health and Safety Manager, with a seat on the panel",
        PostKind.HEALTH_AND_SAFETY,
        "Health and Safety Manager",
        seat=PostKind.PANEL_MEMBER,
        seat_title="Health and Safety Manager (panel)",
    ),
    Colleague(
        "dpo",
        "Alis Corrigan",
        "Data Protection Officer",
        PostKind.DATA_PROTECTION,
        "Data Protection Officer",
    ),
    Colleague(
        "head2",
        "Anil Foyle",
        "Head of Revenues and Benefits",
        PostKind.HEAD_OF_SERVICE,
        "Head of Revenues and Benefits",
    ),
    Colleague(
        "director2",
        "Greta Sloane",
        "Director of Adult Services",
        PostKind.DIRECTOR,
        "Director of Adult Services",
    ),
    Colleague("cmt", "Hugh Tanaka", "Member of CMT", PostKind.CMT_MEMBER, "Director of Finance"),
    Colleague("cmt2", "Maud Ellery", "Member of CMT", PostKind.CMT_MEMBER, "Director of Place"),
    Colleague("cmt3", "Idris Vaughan", "Member of CMT", PostKind.CMT_MEMBER, "Chief Executive"),
    *PANEL,
    *AROUND_THE_PANEL,
    Colleague(
        "trainer", "Lena Quist", "Trainer", PostKind.TRAINER, "Learning and Development Adviser"
    ),
    Colleague(
        "registrar",
        "Kit Penrose",
        "Register administrator",
        PostKind.ADMINISTRATOR,
        "Register administrator",
    ),
    Colleague(
        "editor", "Mina Holt", "Editor of the intranet, no access", editor=True, enrolled=False
    ),
    Colleague("admin", "Rob Stagg", "Superuser of the intranet, no access", superuser=True),
]
