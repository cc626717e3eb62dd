"""Alembic migrations of the true tables."""
