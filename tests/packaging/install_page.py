"""The install page's own code blocks, so that what is tested is what people read."""

import re
from datetime import date
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "install.md"
BLOCK = re.compile(r"^```\w+ (?P<part>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(part: str) -> list[str]:
    """The blocks fenced as, for instance, ``python settings``, in the page's order."""
    text = PAGE.read_text(encoding="utf-8")
    return [found["code"] for found in BLOCK.finditer(text) if found["part"] == part]


def follow(project: Path, name: str) -> list[str]:
    """Do to a `wagtail start` project what the page says, and return the commands to run."""
    for part, file in (("settings", "settings/base.py"), ("urls", "urls.py")):
        with (project / name / file).open("a", encoding="utf-8") as source:
            source.writelines(["\n", *blocks(part)])
    commands = [line for block in blocks("setup") for line in block.splitlines()]
    # The page's day of a briefing is an example, and briefings lapse.
    return [re.sub(r"\d{4}-\d\d-\d\d", str(date.today()), command) for command in commands]
