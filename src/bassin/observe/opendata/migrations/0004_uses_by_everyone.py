"""What everyone reads of a shared table is counted too, without any organisation."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("opendata", "0003_sharing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="use",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="parties.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="use",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation", None)),
                fields=("day", "table", "form"),
                name="opendata_use_by_everyone_once_a_day",
            ),
        ),
    ]
