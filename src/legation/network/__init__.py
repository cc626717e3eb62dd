"""Ties over time: contact days and closeness."""
