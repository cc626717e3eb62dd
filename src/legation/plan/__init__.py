"""Intervals, occasions, and who is due."""
