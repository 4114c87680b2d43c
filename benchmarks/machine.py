"""What the benches ran on: without it no figure in milliseconds says anything."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("django", "wagtail", "cryptography", "rapidfuzz", "psycopg", "splink", "duckdb")


def describe() -> str:
    """Give cores, memory, the load now, and versions, a line each."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return "\n".join(
        (
            f"- {os.cpu_count()} cores, {_cpu()}; {memory:.0f} GiB of memory; load {load()}",
            f"- {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
            f"SQLite {sqlite3.sqlite_version}",
            f"- {', '.join(filter(None, map(_version, PACKAGES)))}",
        )
    )


def load() -> str:
    """Give how many programs have wanted a core: beyond their number, milliseconds are too long."""
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def _cpu() -> str:
    """Give the processor's name where Linux tells it, with its family and model."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    told = {line.split(":")[0].strip(): line.split(":")[1].strip() for line in lines if ":" in line}
    numbers = f"family {told.get('cpu family', '?')}, model {told.get('model', '?')}"
    return f"{told.get('model name', 'unknown processor')} ({numbers})"


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def memory() -> int:
    """Give the bytes that this process holds in memory now (Linux; else 0)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
