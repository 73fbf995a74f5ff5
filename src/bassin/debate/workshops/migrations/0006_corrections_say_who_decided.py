"""A correction says who decided it: a function, a body, a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0005_corrections_of_minutes"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="decided_by",
            field=models.CharField(
                blank=True,
                default="",
                max_length=160,
                verbose_name="function of who decided it",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="correction",
            name="decided_in",
            field=models.CharField(
                blank=True, default="", max_length=160, verbose_name="body that decided it"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="correction",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="decided on"),
        ),
    ]
