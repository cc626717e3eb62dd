"""Bytes to text to candidates: pure functions, no I/O, no clock, no randomness."""
