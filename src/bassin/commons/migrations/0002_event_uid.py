"""Each event gets the name by which calendars know it."""

from uuid import uuid4

from django.db import migrations, models


def name_each(apps, schema_editor):
    Event = apps.get_model("commons", "Event")
    for event in Event.objects.all():
        event.uid = uuid4()
        event.save(update_fields=["uid"])


class Migration(migrations.Migration):
    dependencies = [("commons", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="uid",
            field=models.UUIDField(default=uuid4, editable=False, null=True),
        ),
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="event",
            name="uid",
            field=models.UUIDField(default=uuid4, editable=False, unique=True),
        ),
    ]
