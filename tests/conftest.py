"""What every test may rely on."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from cautionary_plugin.lookup.register import forget
from cautionary_plugin.sealing.journal import get_journal
from cautionary_plugin.sealing.keyrings import get_keyring
from tests.clauses import clause_ids, read_clauses
from tests.records import empty_the_record

# A machine that is busy is slow; how fast something is, is measured elsewhere.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A clause that does not exist is a slip of the pen, and stops the run."""
    known = {clause.id for clause in read_clauses()}
    for item in items:
        if unknown := set(clause_ids(item)) - known:
            raise pytest.UsageError(f"{item.nodeid} names unknown clauses: {sorted(unknown)}")


@pytest.fixture(scope="session", autouse=True)
def site_keyring() -> None:
    """The keyring of the plain intranet, in the run's own folder."""
    keyring = get_keyring()
    if not keyring.file.path.exists():
        keyring.create()


@pytest.fixture(autouse=True)
def empty_index() -> None:
    """The index in memory is of another test's database, which is gone."""
    forget()


@pytest.fixture(autouse=True)
def fresh_journal() -> None:
    """The journal lies outside the database, and tells of another test's."""
    get_journal().path.unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def record_that_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """The database keeps the access record even from the flush after a test that commits."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    if not commits and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")  # so that it is torn down after this
    yield
    empty_the_record()
