"""Choose the mail backend, in the words of the Django that runs."""

from typing import Any

import django


def send_through(settings: Any, backend: str, **options: Any) -> None:
    """Send mail through this backend; options are those of SMTP, such as ``host`` and ``port``."""
    if django.VERSION >= (6, 1):
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        return
    settings.EMAIL_BACKEND = backend
    for name, value in options.items():
        setattr(settings, f"EMAIL_{name.upper()}", value)
