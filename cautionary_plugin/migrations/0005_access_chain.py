"""Old lines get their places in the chain, and the database its guard (L5).

Back and forth again mends a guard that somebody has taken away.
"""

from django.db import migrations

from cautionary_plugin.migrations import _access_guard as access_guard
from cautionary_plugin.rules.chain import ChainedLine, digest_of

BATCH = 1000


def link_old_lines(apps, schema_editor):
    """Number the lines that are there, in the order in which they were written."""
    alias = schema_editor.connection.alias
    lines = apps.get_model("cautionary_plugin", "AccessRecord").objects.using(alias)
    chains = apps.get_model("cautionary_plugin", "AccessChain").objects.using(alias)
    chain, _made = chains.get_or_create(pk=1)
    while some := list(lines.filter(number=None).order_by("pk")[:BATCH]):
        for line in some:
            chain.last_number += 1
            line.number = chain.last_number
            line.digest = chain.last_digest = digest_of(_told(line), after=chain.last_digest)
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {access_guard.LINES} SET number = %s, digest = %s WHERE id = %s",
                [(line.number, line.digest, line.pk) for line in some],
            )
    chain.save(using=alias)


def _told(line):
    return ChainedLine(
        number=line.number,
        at=line.at,
        user_key=line.user_key,
        act=line.act,
        purpose=line.purpose,
        outcome=line.outcome,
        register="" if line.register_id is None else str(line.register_id),
        reference=line.reference,
        screen=line.screen,
    )


def put_guard(apps, schema_editor):
    access_guard.install(schema_editor.connection)


def take_guard_away(apps, schema_editor):
    access_guard.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cautionary_plugin", "0004_data_control")]

    operations = [
        migrations.RunPython(link_old_lines, migrations.RunPython.noop),
        migrations.RunPython(put_guard, take_guard_away),
    ]
