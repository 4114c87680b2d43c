"""The wheel carries what it must and works in a plain `wagtail start` project."""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.packaging.conftest import ROOT, run
from tests.packaging.install_page import blocks, follow

pytestmark = pytest.mark.packaging

CARRIED = ["templates", "static", "migrations", "locale", "data"]


def test_wheel_holds_every_file_of_the_package_and_no_other(wheel):
    package = ROOT / "cautionary_plugin"
    ours = {
        str(path.relative_to(ROOT))
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    carried = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert carried == ours
    assert {kind for kind in CARRIED if any(f"/{kind}/" in name for name in carried)} == {*CARRIED}


def test_install_page_makes_a_plain_project_answer_a_lookup(programs, tmp_path):
    path = f"{programs}:{os.environ['PATH']}"
    project = tmp_path / "council"
    start_intranet(programs, tmp_path)

    for line in blocks("install"):
        run("sh", "-ec", line, cwd=project, PATH=path)
    commands = follow(project, "council")
    for command in commands:
        run("sh", "-ec", command, cwd=project, PATH=path)

    answered = run(
        programs / "python",
        ROOT / "tests" / "hosts" / "one_lookup.py",
        cwd=project,
        PYTHONPATH=str(project),
        DJANGO_SETTINGS_MODULE="council.settings.dev",
    )
    assert "found" in answered


def start_intranet(programs: Path, folder: Path) -> None:
    """A site that runs already, where the director has an account."""
    run(programs / "wagtail", "start", "council", cwd=folder)
    manage = [programs / "python", "manage.py"]
    account = ["--username", "director", "--email", "director@example.gov.uk", "--noinput"]
    project = folder / "council"
    run(*manage, "migrate", "-v", "0", cwd=project)
    run(*manage, "createsuperuser", *account, cwd=project, DJANGO_SUPERUSER_PASSWORD="a password")
