"""The database's own guard over the access record: triggers, on SQLite and on PostgreSQL (L5).

A line is never changed but for its place in the chain, given once, and for the account, which goes
when the host deletes it. A line goes when the chain says that it was erased, and not before. Who
may change tables may also take the triggers away; then the chain still tells.
"""

from typing import Any

from cautionary_plugin.migrations import _triggers

LINES = "cautionary_plugin_accessrecord"
CHAIN = "cautionary_plugin_accesschain"
TOLD = "The access record is append-only."

# Named one by one: a trigger must not change because a model did.
FIXED = (
    "id",
    "at",
    "user_key",
    "act",
    "purpose",
    "outcome",
    "register_id",
    "reference",
    "screen",
)
ERASED = f"COALESCE((SELECT erased_number FROM {CHAIN} WHERE id = 1), -1)"  # noqa: S608

NAMES = {
    "sqlite": (
        "cautionary_access_kept",
        "cautionary_access_unchanged",
        "cautionary_access_not_replaced",
    ),
    "postgresql": (
        "cautionary_access_kept",
        "cautionary_access_unchanged",
        "cautionary_access_not_emptied",
    ),
}


def _altered(same: str) -> str:
    """The condition that an UPDATE does more than it may; ``same`` compares, NULL included."""
    fixed = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in FIXED)
    account = f"(NEW.user_id IS NULL OR NEW.user_id {same} OLD.user_id)"
    kept = f"(NEW.number {same} OLD.number AND NEW.digest {same} OLD.digest)"
    return f"NOT ({fixed} AND {account} AND (OLD.number IS NULL OR {kept}))"


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{TOLD}'); END"
    there = f"SELECT 1 FROM {LINES} WHERE id = NEW.id OR number = NEW.number"  # noqa: S608
    kept, unchanged, not_replaced = NAMES["sqlite"]
    return [
        f"CREATE TRIGGER {kept} BEFORE DELETE ON {LINES} "
        f"WHEN OLD.number IS NULL OR OLD.number > {ERASED} {refuse}",
        f"CREATE TRIGGER {unchanged} BEFORE UPDATE ON {LINES} WHEN {_altered('IS')} {refuse}",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"CREATE TRIGGER {not_replaced} BEFORE INSERT ON {LINES} WHEN EXISTS ({there}) {refuse}",
    ]


def _postgresql() -> list[str]:
    kept, unchanged, not_emptied = NAMES["postgresql"]
    above = f"SELECT 1 FROM {LINES} WHERE number IS NULL OR number > {ERASED}"  # noqa: S608
    return [
        f"""
        CREATE FUNCTION {kept}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'TRUNCATE' THEN
                IF NOT EXISTS ({above}) THEN RETURN NULL; END IF;
            ELSIF TG_OP = 'DELETE' THEN
                IF OLD.number <= {ERASED} THEN RETURN OLD; END IF;
            ELSIF {_altered("IS NOT DISTINCT FROM")} THEN
                NULL;
            ELSE
                RETURN NEW;
            END IF;
            RAISE EXCEPTION '{TOLD}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        f"CREATE TRIGGER {kept} BEFORE DELETE ON {LINES} FOR EACH ROW EXECUTE FUNCTION {kept}()",
        f"CREATE TRIGGER {unchanged} BEFORE UPDATE ON {LINES} "
        f"FOR EACH ROW EXECUTE FUNCTION {kept}()",
        f"CREATE TRIGGER {not_emptied} BEFORE TRUNCATE ON {LINES} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {kept}()",
    ]


def install(connection: Any) -> None:
    """Make the triggers anew."""
    remove(connection)
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]()
    _triggers.make(connection, statements)


def remove(connection: Any) -> None:
    """Take the triggers away."""
    function = NAMES["postgresql"][0]
    _triggers.remove(connection, LINES, NAMES[connection.vendor], function=function)


def missing(connection: Any) -> set[str]:
    """The triggers that are not there, or are switched off."""
    return _triggers.missing(connection, LINES, NAMES[connection.vendor])
