"""The OpenAPI document as it is kept beside the guides: ``python -m tests.openapi write``."""

import json
import os
import sys
from pathlib import Path

import django
import yaml

KEPT = Path(__file__).resolve().parents[1] / "docs" / "openapi.yaml"
BASE = "/cautionary/api/v1"
HEAD = "# Drawn from the calls by `make openapi`; the site itself serves it as openapi.json.\n"


def drawn() -> str:
    """The document as the calls describe themselves now."""
    from cautionary_plugin.api.document import document

    plain = json.loads(json.dumps(document(BASE)))
    return HEAD + yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100)


def main(wish: str) -> None:
    """``write`` the document, or ``check`` that it is as it would be written."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings.sqlite")
    django.setup()
    if wish == "write":
        KEPT.write_text(drawn(), encoding="utf-8")
    elif KEPT.read_text(encoding="utf-8") != drawn():
        raise SystemExit("docs/openapi.yaml is out of date: run `make openapi`.")


if __name__ == "__main__":
    main(sys.argv[1])
