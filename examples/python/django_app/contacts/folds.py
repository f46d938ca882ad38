"""Columns with what tagmata compares of a text."""

from __future__ import annotations

from typing import Any

from django.db import models

import tagmata as tg


class FoldField(models.CharField):
    """Has the fold of another field, which is made anew whenever a contact is saved, by `bulk_create` too.

    Filters compare texts without regard to case, in all languages in the same way. No database's lower case is the same.
    """

    def __init__(self, of: str, **options: Any):
        self.of = of
        super().__init__(**{"editable": False, "null": True, "max_length": 400, "db_index": True, **options})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, positional, options = super().deconstruct()
        return name, path, [self.of, *positional], dict(options)

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        folded: str | None = tg.fold(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, folded)
        return folded
