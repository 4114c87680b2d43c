"""How far the register has come, for the indexes in the memory of each process."""

import uuid

from django.db import models

from .base import Record


class LookupState(Record):
    """One row: a number that grows with each change of live entries, and how many there are.

    A process compares it with its index before each search. ``entries`` is how many the actions
    have counted, ``live`` how many the database has, by triggers: where they differ, rows were
    written or removed past the actions, and the check fails rather than answer "none". The epoch
    tells this database from another, and the stamp this change from one with the same number:
    both differ after a backup was restored, and then each process fills its index anew.
    """

    epoch = models.UUIDField(default=uuid.uuid4)
    stamp = models.UUIDField(default=uuid.uuid4)

    number = models.PositiveBigIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)
    live = models.IntegerField(default=0, editable=False)

    impersonal = {"id", "epoch", "stamp", "number", "entries", "live"}

    class Meta(Record.Meta):
        verbose_name = "state of the lookup"
        verbose_name_plural = "state of the lookup"

    def __str__(self) -> str:
        return f"Change {self.number}"
