"""An event of the agenda says in English what it says in French."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commons", "0004_pairing_weight"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="title_en",
            field=models.CharField(
                blank=True, default="", max_length=160, verbose_name="title in English"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="event",
            name="text_en",
            field=models.TextField(blank=True, default="", verbose_name="description in English"),
            preserve_default=False,
        ),
    ]
