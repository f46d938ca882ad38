"""Contacts as Django keeps them. Which are in a segment is a question to the database."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .folds import FoldField
from .segments import members


class Tag(models.Model):
    name = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(models.QuerySet["Contact"]):
    def in_segment(self, name: str) -> ContactQuerySet:
        """Those who are in a segment now. It is one more condition: sort, count, exclude and page as ever."""
        return self.filter(pk__in=members(self.model, name, self.db))


class Contact(models.Model):
    class Status(models.TextChoices):
        LEAD = "lead"
        ACTIVE = "active"
        VIP = "vip"
        INACTIVE = "inactive"

    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    organization = models.CharField(max_length=200, null=True, blank=True)
    organization_folded = FoldField("organization")
    country = models.CharField(max_length=2)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.LEAD)
    created_at = models.DateTimeField(default=timezone.now)
    billed = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    tags = models.ManyToManyField(Tag, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"
