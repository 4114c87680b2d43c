"""Which post may do what, against a table written by hand (A5, B5)."""

import pytest

from cautionary_plugin.rules.posts import POWERS, PostKind, Power, powers_of

# One line a post, one letter a power, in the order of COLUMNS.
COLUMNS = {
    "r": Power.READ,
    "b": Power.READ_BASIS,
    "p": Power.SEE_PEOPLE,
    "a": Power.APPOINT,
    "g": Power.APPROVE_GRANTS,
    "o": Power.REQUEST_FOR_OTHERS,
    "t": Power.RECORD_BRIEFINGS,
    "c": Power.ISSUE_CODES,
    "x": Power.RESET_SECOND_FACTOR,
    "i": Power.IMPORT,
    "s": Power.SIGN_OFF_CHILDREN,
    "d": Power.DECLARE_DESTROYED,
    "l": Power.SEE_ACCESS_RECORD,
    "u": Power.SET_UP_REGISTER,
    "n": Power.COUNTERSIGN,
    "D": Power.DECIDE,
    "w": Power.WRITE_LETTERS,
    "A": Power.RECORD_APPEALS,
    "h": Power.HEAR_APPEALS,
    "S": Power.SIGN_REVIEWS,
    "H": Power.SIGN_REVIEWS_FOR_SAFETY,
    "L": Power.PLACE_LEGAL_HOLDS,
    "e": Power.SEE_CERTIFICATES,
    "f": Power.SEE_FIGURES,
    "R": Power.REFER,
    "M": Power.RUN_MEETINGS,
    "K": Power.KEEP_SCHEDULE,
    "P": Power.SIT_ON_PANEL,
    "C": Power.DECIDE_CONFLICTS,
    "k": Power.DECIDE_CONFLICTS_FOR_CHAIR,
    "U": Power.ADD_URGENTLY,
    "v": Power.ADD_URGENTLY_FOR_CHAIR,
    "m": Power.CONSULT_SOCIAL_CARE,
    "y": Power.ADVISE_PANEL,
    "O": Power.WRITE_SCHEDULE_LETTERS,
    "G": Power.WRITE_LEGAL_LETTERS,
    "E": Power.HEAR_SCHEDULE_APPEALS,
    "V": Power.HEAR_SCHEDULE_REVIEWS,
    "X": Power.RUN_DIVERTS,
    "j": Power.KEEP_ANCHORS,
    "q": Power.KEEP_PARTNERS,
    "Q": Power.APPROVE_CERTIFICATES,
    "z": Power.SHARE,
    "F": Power.PUBLISH_FIGURES,
    "N": Power.PREPARE_PACKS,
    "Z": Power.RELEASE_PACKS,
    "W": Power.GOVERN,
    "1": Power.KEEP_SYSTEMS,
    "2": Power.APPROVE_SYSTEMS,
}
TABLE = {
    PostKind.OWNER: "rbpagotcxisdlunDwA-S-LefRMK-------------qQzFN-W12",
    PostKind.DIRECTOR: "--------------n---------------------E------------",
    PostKind.HEAD_OF_SERVICE: "--p--o-cx-----n---------R---------O--------------",
    PostKind.HEALTH_AND_SAFETY: "rbp-g-t---s---------H--f-------------------------",
    PostKind.DATA_PROTECTION: "--p-g-------l----A---Lef---------------j-Q-FNZW--",
    PostKind.CMT_MEMBER: "------------------h------------------------------",
    PostKind.PANEL_CHAIR: "rb--------s--------------MKPC-U------V-----------",
    PostKind.PANEL_MEMBER: "r--------------------------P---------V-----------",
    PostKind.PANEL_SOCIAL_CARE: "r--------------------------P----m----V-----------",
    PostKind.PANEL_CLERK: "-----------------A-------MK----------------------",
    PostKind.MONITORING_OFFICER: "-----------------------------k-------V-----------",
    PostKind.LEGAL_DIRECTOR: "-------------------------------v----E------------",
    PostKind.LEGAL_SERVICES: "---------------------L-----------y-G-------------",
    PostKind.OPERATIONS_MANAGER: "--p--o-cx---------------R---------O--------------",
    PostKind.TRAINER: "--p---t------------------------------------------",
    PostKind.ADMINISTRATOR: "--p--o-cxi-------A----------------------q------1-",
    PostKind.MAIL_ADMINISTRATOR: "--------------------------------------X----------",
}


def test_table_by_hand_knows_every_post_and_every_power() -> None:
    assert set(TABLE) == set(PostKind) == set(POWERS)
    assert set(COLUMNS.values()) == set(Power)


@pytest.mark.clause("A5")
@pytest.mark.clause("B5")
@pytest.mark.parametrize("kind", PostKind)
@pytest.mark.parametrize("letter", COLUMNS)
def test_post_has_a_power_exactly_where_the_table_says(kind: PostKind, letter: str) -> None:
    assert (COLUMNS[letter] in powers_of(kind)) == (letter in TABLE[kind])


@pytest.mark.clause("A5")
@pytest.mark.parametrize(
    "power",
    [Power.APPOINT, Power.DECLARE_DESTROYED, Power.SET_UP_REGISTER, Power.DECIDE],
)
def test_owner_alone_appoints_declares_and_sets_up(power: Power) -> None:
    assert [kind for kind in PostKind if power in powers_of(kind)] == [PostKind.OWNER]


def test_nobody_but_the_owner_both_asks_for_colleagues_and_approves() -> None:
    both = {Power.REQUEST_FOR_OTHERS, Power.APPROVE_GRANTS}

    assert [kind for kind in PostKind if both <= powers_of(kind)] == [PostKind.OWNER]
