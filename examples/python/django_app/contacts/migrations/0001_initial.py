"""The tables of contacts and tags."""

import contacts.folds
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_name", models.CharField(max_length=100)),
                ("last_name", models.CharField(max_length=100)),
                ("organization", models.CharField(blank=True, max_length=200, null=True)),
                (
                    "organization_folded",
                    contacts.folds.FoldField("organization", db_index=True, editable=False, max_length=400, null=True),
                ),
                ("country", models.CharField(max_length=2)),
                (
                    "status",
                    models.CharField(
                        choices=[("lead", "Lead"), ("active", "Active"), ("vip", "Vip"), ("inactive", "Inactive")],
                        default="lead",
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("billed", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("tags", models.ManyToManyField(blank=True, to="contacts.tag")),
            ],
            options={"ordering": ["last_name", "first_name", "pk"]},
        ),
    ]
