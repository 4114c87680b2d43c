"""Where a test keeps evidence."""

from pathlib import Path
from typing import Any

FOLDER = "django.core.files.storage.FileSystemStorage"
BUCKET = "storages.backends.s3.S3Storage"


def keep_evidence_in(settings: Any, backend: str, options: dict[str, Any]) -> None:
    """Name a storage of the test's own."""
    settings.STORAGES = {**settings.STORAGES, "evidence": {"BACKEND": backend, "OPTIONS": options}}
    settings.CAUTIONARY_EVIDENCE_STORAGE = "evidence"


def files_in(folder: Path) -> list[Path]:
    """Every file of a folder, however deep."""
    return [path for path in folder.rglob("*") if path.is_file()]
