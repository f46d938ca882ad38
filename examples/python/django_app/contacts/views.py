"""One page: who is in a segment."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.views.generic import ListView

import tagmata as tg

from .models import Contact


class SegmentView(ListView):
    """The contacts of a segment, some at a time."""

    paginate_by = 20
    template_name = "contacts/segment.html"
    context_object_name = "contacts"

    def get_queryset(self) -> QuerySet[Contact]:
        try:
            return Contact.objects.in_segment(self.kwargs["segment"]).prefetch_related("tags")
        except tg.TagmataError as error:
            raise Http404(str(error)) from error

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(segment=self.kwargs["segment"], **context)
