"""An uploaded list, kept sealed between its dry run and its import, for a day at most (A39)."""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import LegacyUpload, Register
from cautionary_plugin.rules.posts import Power

KEPT_FOR = timedelta(days=1)


@action
def keep_upload(*, content: bytes, register: Register, by: Any, at: datetime) -> LegacyUpload:
    """Keep an upload, in place of any that the same person left before.

    :raises NotYourPost: ``by`` may not import into this register.
    """
    standing_of(by, at=at).check_power(Power.IMPORT, register)
    LegacyUpload.objects.filter(uploaded_by=by).delete()
    return LegacyUpload.objects.create(
        register=register,
        uploaded_by=by,
        uploaded_at=at,
        content=b64encode(content).decode("ascii"),
    )


@action
def discard_upload(*, upload: LegacyUpload) -> None:
    """Destroy an upload and its key."""
    upload.delete()


@action
def discard_old_uploads(*, at: datetime) -> int:
    """Destroy the uploads that nobody brought in within a day.

    :returns: how many.
    """
    count, _rows = LegacyUpload.objects.filter(uploaded_at__lte=at - KEPT_FOR).delete()
    return count


def content_of(upload: LegacyUpload) -> bytes:
    """The file as it was uploaded."""
    return b64decode(upload.content)
