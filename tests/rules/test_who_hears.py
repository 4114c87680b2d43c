"""Who hears what an individual says against an entry: by the register, and by the level of risk."""

import pytest

from cautionary_plugin.rules.appeals import (
    HEARS,
    TookPart,
    heard_first_by,
    heard_in_the_end_by,
    hearers_needed,
    hears,
    is_review,
    why_excluded,
)
from cautionary_plugin.rules.posts import POWERS, PostKind
from cautionary_plugin.rules.vocabulary import HeardBy, Risk, Route

H, P = HeardBy, PostKind


@pytest.mark.clause("B37")
@pytest.mark.clause("B50")
@pytest.mark.parametrize(
    ("route", "risk", "body"),
    [
        (Route.DIRECTOR, Risk.LOW, H.CMT),
        (Route.DIRECTOR, Risk.MEDIUM, H.CMT),
        (Route.DIRECTOR, Risk.HIGH, H.CMT),
        (Route.PANEL, Risk.LOW, H.PANEL),
        (Route.PANEL, Risk.MEDIUM, H.PANEL),
        (Route.PANEL, Risk.HIGH, H.DIRECTOR),
    ],
)
def test_body_follows_from_the_register_and_the_risk(route: Route, risk: Risk, body: H) -> None:
    assert heard_first_by(route, risk) == body


@pytest.mark.parametrize(("fit", "body"), [(0, H.MONITORING_OFFICER), (1, H.MONITORING_OFFICER)])
def test_too_few_uninvolved_members_leave_it_to_the_monitoring_officer(fit: int, body: H) -> None:
    assert heard_in_the_end_by(H.PANEL, fit=fit, needed=2) == body
    assert heard_in_the_end_by(H.PANEL, fit=2, needed=2) == H.PANEL
    assert heard_in_the_end_by(H.DIRECTOR, fit=0, needed=1) == H.DIRECTOR


HEARERS = {
    H.CMT: {P.CMT_MEMBER},
    H.DIRECTOR: {P.DIRECTOR, P.LEGAL_DIRECTOR},
    H.PANEL: {P.PANEL_CHAIR, P.PANEL_MEMBER, P.PANEL_SOCIAL_CARE},
    H.MONITORING_OFFICER: {P.MONITORING_OFFICER},
}


@pytest.mark.parametrize("kind", P)
@pytest.mark.parametrize("body", H)
def test_each_body_is_made_of_its_own_posts(kind: P, body: H) -> None:
    assert hears(POWERS[kind], body) == (kind in HEARERS[body])
    if hears(POWERS[kind], body):
        assert POWERS[kind] & HEARS


def test_director_and_monitoring_officer_hear_alone() -> None:
    alone = {body for body in H if hearers_needed(body, several=2) == 1}
    assert alone == {H.DIRECTOR, H.MONITORING_OFFICER}


def test_low_and_medium_are_reviewed_and_high_is_appealed_against() -> None:
    assert {body for body in H if is_review(body)} == {H.PANEL, H.MONITORING_OFFICER}


@pytest.mark.parametrize("part", ["voters", "seated", "urgent", "referrers", "conflicted"])
def test_whoever_took_part_on_the_panel_does_not_hear_it(part: str) -> None:
    assert why_excluded("k", TookPart(**{part: {"k"}})) is not None
    assert why_excluded("another", TookPart(**{part: {"k"}})) is None
