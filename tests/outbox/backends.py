"""Mail backends that fail in the ways of the field."""

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    """Fails with an error of its own kind, as the backends of mail providers do."""

    def send_messages(self, email_messages: Any) -> int:
        raise LookupError("provider says no to marguerite@example.com")
