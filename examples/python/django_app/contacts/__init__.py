"""Contacts and their tags, and who of them is in which segment."""
