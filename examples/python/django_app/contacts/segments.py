"""The segments of this business, asked in Django's database."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connections, models
from django.db.models.expressions import RawSQL
from django.utils import timezone

import tagmata as tg

from .folds import FoldField

DIALECTS = {"sqlite": "sqlite", "postgresql": "postgres", "mysql": "mysql"}


@cache
def book() -> tg.Book:
    """The definitions, without contacts: those are Django's."""
    book = tg.Book(timezone=settings.TIME_ZONE, clock=timezone.now)
    book.apply_definitions(json.loads(settings.SEGMENTS.read_text(encoding="utf-8")))
    return book


def members(model: type[models.Model], segment: str, database: str) -> RawSQL:
    """A statement that finds the ids of who is in a segment now. It is for `filter(pk__in=…)`, with its values as parameters."""
    wanted = {"op": "has", "field": "segments", "value": segment}
    sql = (
        book()
        .filter({"v": 1, "filter": wanted})
        .to_sql(DIALECTS[connections[database].vendor], mapping(model), placeholders="format", now=timezone.now())
    )
    return RawSQL(sql.text, sql.params)


@cache
def mapping(model: type[models.Model]) -> dict[str, Any]:
    """Where the tables of a model have what filters ask for: what its fields are called is what the fields of the book are."""
    meta = model._meta
    folds = {field.of: field.column for field in meta.concrete_fields if isinstance(field, FoldField)}
    fields: dict[str, Any] = {}
    for field in meta.concrete_fields:
        if not isinstance(field, FoldField) and not field.primary_key:
            fields[field.name] = {"column": field.column, "nullable": field.null}
        if field.name in folds:
            fields[field.name]["folded"] = folds[field.name]
    for many in meta.many_to_many:
        through, other = many.remote_field.through._meta, many.related_model._meta
        fields[many.name] = {
            "link": {"table": through.db_table, "contact": many.m2m_column_name()},
            "column": many.m2m_reverse_name(),
            "names_in": {"table": other.db_table, "id": other.pk.column, "name": "name"},
        }
    return {"contacts": {"table": meta.db_table, "id": meta.pk.column}, "fields": fields}
