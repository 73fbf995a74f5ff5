"""Calls for projects that were noted in the watch become calls of the programmes: one list."""

from django.db import migrations


def move(apps, schema_editor):
    note = apps.get_model("partners", "WatchNote")
    call = apps.get_model("programmes", "Call")
    for each in note.objects.filter(kind="call", archived_at=None):
        call.objects.create(
            title=each.title, text=each.text, themes=[each.theme] if each.theme else [],
            closes_on=each.closes_on, url=each.url, origin=each.origin,
        )  # fmt: skip
    note.objects.filter(kind="call").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0001_initial"),
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(model_name="watchnote", name="closes_on"),
        migrations.RemoveField(model_name="watchnote", name="kind"),
    ]
