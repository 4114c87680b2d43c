"""What every model of the package shares: it is read from the database that is written to."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models, router


class PrimaryManager(models.Manager):
    """Reads where it writes.

    On a host with a read replica, a grant that was just withdrawn or an entry that was just made
    must be seen by the very next request. The type of ``from_queryset(…)()`` is made at run time,
    which is why mypy is asked to look away beside each ``objects``.
    """

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().using(self._db or router.db_for_write(self.model))


class Record(models.Model):
    """The root of the package's models.

    Each model says which of its fields are *not* personal (``impersonal``); all others must be
    sealed, and a test fails on a field that is neither.
    """

    impersonal: ClassVar[set[str]] = set()
    wagtail_reference_index_ignore = True  # no row of ours is listed in tables of Wagtail's

    objects = PrimaryManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check the fields, but for the rows that this one points to.

        Django looks for those on a read replica, which may not have them yet; the database
        itself insists on them when this row is saved.
        """
        pointers = {field.name for field in self._meta.concrete_fields if field.is_relation}
        super().clean_fields(exclude={*(exclude or ()), *pointers})
