"""Fetches bytes, unchanged, from the places they come from."""
