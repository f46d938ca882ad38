"""Addresses."""

from contacts.views import SegmentView
from django.urls import path

urlpatterns = [path("segments/<str:segment>/", SegmentView.as_view(), name="segment")]
