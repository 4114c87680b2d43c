"""The invented staff of Weldham Council, and what each may do on the register."""

from dataclasses import dataclass

from cautionary_plugin.rules.posts import PostKind

PASSWORD = "weldham-sandbox"


@dataclass(frozen=True)
class Colleague:
    """One account of the sandbox.

    :ivar post: the kind of post that they hold, with its title at this council.
    :ivar reads_for: the service for which they have a reading grant.
    :ivar enrolled: whether their second factor is set up already.
    :ivar briefed: whether they were briefed within two years.
    """

    username: str
    name: str
    role: str
    post: PostKind | None = None
    title: str = ""
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
        "Health and Safety Manager",
        PostKind.HEALTH_AND_SAFETY,
        "Health and Safety Manager",
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
    Colleague(
        "chair",
        "Bea Lindqvist",
        "Chair of the panel",
        PostKind.PANEL_CHAIR,
        "Service Manager for Assurance",
    ),
    Colleague(
        "member",
        "Joss Adeyemi",
        "Panel member",
        PostKind.PANEL_MEMBER,
        "Senior Assurance Officer – Complaints",
    ),
    Colleague(
        "monitoring",
        "Nora Feld",
        "Monitoring Officer",
        PostKind.MONITORING_OFFICER,
        "Monitoring Officer",
    ),
    Colleague(
        "legaldirector",
        "Owen Sarkis",
        "Director for Legal and Democratic",
        PostKind.LEGAL_DIRECTOR,
        "Director for Legal and Democratic",
    ),
    Colleague(
        "legal", "Tess Amadi", "Legal Services", PostKind.LEGAL_SERVICES, "Principal Solicitor"
    ),
    Colleague(
        "operations",
        "Ivo Hartley",
        "Operations Manager",
        PostKind.OPERATIONS_MANAGER,
        "Operations Manager, Repairs",
    ),
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
