"""Which post carries which power.

Powers belong to posts, never to Django groups: a host's superuser has none of them (A5, B5).
The council gives each post its own title; the kind says what it may do.
"""

from enum import StrEnum, auto

from .vocabulary import Vocabulary


class PostKind(Vocabulary):
    """The posts that the two policies name."""

    OWNER = "owner", "Owner of the register"
    DIRECTOR = "director", "Director"
    HEAD_OF_SERVICE = "head_of_service", "Head of Service"
    HEALTH_AND_SAFETY = "health_and_safety", "Health and Safety Manager"
    DATA_PROTECTION = "data_protection", "Data Protection Officer"
    CMT_MEMBER = "cmt_member", "Member of CMT"
    PANEL_CHAIR = "panel_chair", "Chair of the panel"
    PANEL_MEMBER = "panel_member", "Panel member"
    PANEL_SOCIAL_CARE = "panel_social_care", "Panel member for Adult Social Care"
    PANEL_CLERK = "panel_clerk", "Clerk of the panel"
    MONITORING_OFFICER = "monitoring_officer", "Monitoring Officer"
    LEGAL_DIRECTOR = "legal_director", "Director for Legal and Democratic"
    LEGAL_SERVICES = "legal_services", "Legal Services"
    OPERATIONS_MANAGER = "operations_manager", "Operations Manager"
    TRAINER = "trainer", "Trainer"
    ADMINISTRATOR = "administrator", "Register administrator"
    MAIL_ADMINISTRATOR = "mail_administrator", "Mail administrator"


class Power(StrEnum):
    """What a post may do."""

    READ = auto()
    READ_BASIS = auto()
    SEE_PEOPLE = auto()
    APPOINT = auto()
    APPROVE_GRANTS = auto()
    REQUEST_FOR_OTHERS = auto()
    RECORD_BRIEFINGS = auto()
    ISSUE_CODES = auto()
    RESET_SECOND_FACTOR = auto()
    IMPORT = auto()
    SIGN_OFF_CHILDREN = auto()
    DECLARE_DESTROYED = auto()
    SEE_ACCESS_RECORD = auto()
    SET_UP_REGISTER = auto()
    COUNTERSIGN = auto()
    DECIDE = auto()
    WRITE_LETTERS = auto()
    RECORD_APPEALS = auto()
    HEAR_APPEALS = auto()
    SIGN_REVIEWS = auto()
    SIGN_REVIEWS_FOR_SAFETY = auto()
    PLACE_LEGAL_HOLDS = auto()
    SEE_CERTIFICATES = auto()
    SEE_FIGURES = auto()
    REFER = auto()
    RUN_MEETINGS = auto()
    KEEP_SCHEDULE = auto()
    SIT_ON_PANEL = auto()
    DECIDE_CONFLICTS = auto()
    DECIDE_CONFLICTS_FOR_CHAIR = auto()
    ADD_URGENTLY = auto()
    ADD_URGENTLY_FOR_CHAIR = auto()
    CONSULT_SOCIAL_CARE = auto()
    ADVISE_PANEL = auto()
    WRITE_SCHEDULE_LETTERS = auto()
    WRITE_LEGAL_LETTERS = auto()
    HEAR_SCHEDULE_APPEALS = auto()
    HEAR_SCHEDULE_REVIEWS = auto()
    RUN_DIVERTS = auto()
    KEEP_ANCHORS = auto()
    KEEP_PARTNERS = auto()
    APPROVE_CERTIFICATES = auto()
    SHARE = auto()
    KEEP_SYSTEMS = auto()
    APPROVE_SYSTEMS = auto()
    PUBLISH_FIGURES = auto()
    PREPARE_PACKS = auto()
    RELEASE_PACKS = auto()
    GOVERN = auto()


# Two signatures mean two posts: the owner neither signs reviews for the Health and Safety Officer
# (A31), nor hears an appeal against their own decision (A25), nor takes the second look at what a
# person is told of their own file (L8). And whoever keeps the schedule has no
# vote on it: what the panel decides is the panel's (B3, B19).
NOT_THE_OWNERS = frozenset(
    {
        Power.SIGN_REVIEWS_FOR_SAFETY,
        Power.HEAR_APPEALS,
        Power.SIT_ON_PANEL,
        Power.DECIDE_CONFLICTS,
        Power.DECIDE_CONFLICTS_FOR_CHAIR,
        Power.ADD_URGENTLY,
        Power.ADD_URGENTLY_FOR_CHAIR,
        Power.CONSULT_SOCIAL_CARE,
        Power.ADVISE_PANEL,
        Power.WRITE_SCHEDULE_LETTERS,
        Power.WRITE_LEGAL_LETTERS,
        Power.HEAR_SCHEDULE_APPEALS,
        Power.HEAR_SCHEDULE_REVIEWS,
        Power.RUN_DIVERTS,
        Power.KEEP_ANCHORS,
        Power.RELEASE_PACKS,
    }
)

# What a post goes on doing when its holder's briefing has lapsed, so that the register is still run
# and they can be briefed again. Everything else is about cases, and shut (A49).
WITHOUT_BRIEFING = frozenset(
    {
        Power.SEE_PEOPLE,
        Power.APPOINT,
        Power.APPROVE_GRANTS,
        Power.REQUEST_FOR_OTHERS,
        Power.RECORD_BRIEFINGS,
        Power.ISSUE_CODES,
        Power.RESET_SECOND_FACTOR,
        Power.SET_UP_REGISTER,
        Power.SEE_ACCESS_RECORD,
        Power.KEEP_ANCHORS,
        Power.SEE_FIGURES,
        Power.SEE_CERTIFICATES,
        Power.DECLARE_DESTROYED,
        Power.KEEP_PARTNERS,
        Power.APPROVE_CERTIFICATES,
        Power.KEEP_SYSTEMS,
        Power.APPROVE_SYSTEMS,
        Power.GOVERN,
    }
)

MEMBERS = frozenset({Power.READ, Power.SIT_ON_PANEL, Power.HEAR_SCHEDULE_REVIEWS})

POWERS: dict[PostKind, frozenset[Power]] = {
    PostKind.OWNER: frozenset(Power) - NOT_THE_OWNERS,
    PostKind.DIRECTOR: frozenset({Power.COUNTERSIGN, Power.HEAR_SCHEDULE_APPEALS}),
    PostKind.HEAD_OF_SERVICE: frozenset(
        {
            Power.COUNTERSIGN,
            Power.SEE_PEOPLE,
            Power.REQUEST_FOR_OTHERS,
            Power.ISSUE_CODES,
            Power.RESET_SECOND_FACTOR,
            Power.REFER,
            Power.WRITE_SCHEDULE_LETTERS,
        }
    ),
    PostKind.HEALTH_AND_SAFETY: frozenset(
        {
            Power.READ,
            Power.READ_BASIS,
            Power.SEE_PEOPLE,
            Power.APPROVE_GRANTS,
            Power.RECORD_BRIEFINGS,
            Power.SIGN_OFF_CHILDREN,
            Power.SIGN_REVIEWS_FOR_SAFETY,
            Power.SEE_FIGURES,
        }
    ),
    PostKind.DATA_PROTECTION: frozenset(
        {
            Power.SEE_ACCESS_RECORD,
            Power.KEEP_ANCHORS,
            Power.SEE_PEOPLE,
            Power.APPROVE_GRANTS,
            Power.RECORD_APPEALS,
            Power.PLACE_LEGAL_HOLDS,
            Power.SEE_CERTIFICATES,
            Power.SEE_FIGURES,
            Power.APPROVE_CERTIFICATES,
            Power.PUBLISH_FIGURES,
            Power.PREPARE_PACKS,
            Power.RELEASE_PACKS,
            Power.GOVERN,
        }
    ),
    PostKind.CMT_MEMBER: frozenset({Power.HEAR_APPEALS}),
    PostKind.PANEL_CHAIR: MEMBERS
    | {
        Power.READ_BASIS,
        Power.SIGN_OFF_CHILDREN,
        Power.RUN_MEETINGS,
        Power.KEEP_SCHEDULE,
        Power.DECIDE_CONFLICTS,
        Power.ADD_URGENTLY,
    },
    PostKind.PANEL_MEMBER: MEMBERS,
    PostKind.PANEL_SOCIAL_CARE: MEMBERS | {Power.CONSULT_SOCIAL_CARE},
    PostKind.PANEL_CLERK: frozenset(
        {Power.RUN_MEETINGS, Power.KEEP_SCHEDULE, Power.RECORD_APPEALS}
    ),
    PostKind.MONITORING_OFFICER: frozenset(
        {Power.DECIDE_CONFLICTS_FOR_CHAIR, Power.HEAR_SCHEDULE_REVIEWS}
    ),
    PostKind.LEGAL_DIRECTOR: frozenset({Power.ADD_URGENTLY_FOR_CHAIR, Power.HEAR_SCHEDULE_APPEALS}),
    PostKind.LEGAL_SERVICES: frozenset(
        {Power.PLACE_LEGAL_HOLDS, Power.ADVISE_PANEL, Power.WRITE_LEGAL_LETTERS}
    ),
    PostKind.OPERATIONS_MANAGER: frozenset(
        {
            Power.SEE_PEOPLE,
            Power.REQUEST_FOR_OTHERS,
            Power.ISSUE_CODES,
            Power.RESET_SECOND_FACTOR,
            Power.REFER,
            Power.WRITE_SCHEDULE_LETTERS,
        }
    ),
    PostKind.TRAINER: frozenset({Power.SEE_PEOPLE, Power.RECORD_BRIEFINGS}),
    PostKind.ADMINISTRATOR: frozenset(
        {
            Power.IMPORT,
            Power.RECORD_APPEALS,
            Power.SEE_PEOPLE,
            Power.REQUEST_FOR_OTHERS,
            Power.ISSUE_CODES,
            Power.RESET_SECOND_FACTOR,
            Power.KEEP_PARTNERS,
            Power.KEEP_SYSTEMS,
        }
    ),
    PostKind.MAIL_ADMINISTRATOR: frozenset({Power.RUN_DIVERTS}),
}


def powers_of(kind: str) -> frozenset[Power]:
    """The powers of a post of this kind."""
    return POWERS[PostKind(kind)]
