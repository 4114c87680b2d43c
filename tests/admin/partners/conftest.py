"""A council that signs its mail, and those who keep, approve and share."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cautionary_plugin.models import Entry
from tests.certificates import sign_as_council
from tests.council import Council, found_council, let_into_wagtail, list_entries, through_the_door
from tests.partners import Desk, desk
from tests.storages import FOLDER, keep_evidence_in


@pytest.fixture
def council(settings: Any, tmp_path: Path) -> Council:
    sign_as_council(settings, tmp_path)
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    return found_council()


@pytest.fixture
def team(council: Council) -> Desk:
    team = desk(council)
    for person in (council.owner, team.keeper, team.approver):
        let_into_wagtail(person)
    return team


@pytest.fixture
def owner(team: Desk) -> Client:
    return through_the_door(team.council.owner)


@pytest.fixture
def keeper(team: Desk) -> Client:
    return through_the_door(team.keeper)


@pytest.fixture
def approver(team: Desk) -> Client:
    return through_the_door(team.approver)


@pytest.fixture
def entry(council: Council) -> Entry:
    (entry,) = list_entries(council)
    return entry
