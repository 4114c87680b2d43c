"""The wheel, built as for a release, and an empty environment that has only it."""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import django
import pytest
import wagtail

ROOT = Path(__file__).resolve().parents[2]

Run = Callable[..., str]


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command to its end and return what it printed; a failure shows all of it."""
    ours = {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "VIRTUAL_ENV"}
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(
        command, cwd=cwd, env={**clean, **environment}, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, by way of the source distribution, from a copy that no earlier build touched."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "cautionary_plugin", source / "cautionary_plugin")
    run(sys.executable, "-m", "build", "--outdir", "dist", ".", cwd=source)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="session")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an environment with the wheel, and this lane's Wagtail and Django."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True)
    lane = [f"wagtail=={wagtail.__version__}", f"Django=={django.__version__}"]
    run(home / "bin" / "python", "-m", "pip", "install", "-q", str(wheel), *lane, cwd=home)
    return home / "bin"
