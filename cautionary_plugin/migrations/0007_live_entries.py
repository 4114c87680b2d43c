"""The database counts the live entries itself (L4)."""

from django.db import migrations, models

from cautionary_plugin.migrations import _live_entries


def begin_counting(apps, schema_editor):
    _live_entries.install(schema_editor.connection)


def stop_counting(apps, schema_editor):
    _live_entries.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cautionary_plugin", "0006_briefings_and_figures")]

    operations = [
        migrations.AddField(
            model_name="lookupstate",
            name="live",
            field=models.IntegerField(default=0, editable=False),
        ),
        migrations.RunPython(begin_counting, stop_counting),
    ]
