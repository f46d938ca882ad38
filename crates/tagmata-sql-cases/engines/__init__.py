"""Asks databases what `tagmata-sql-cases` writes, and compares what they find with what is expected."""
