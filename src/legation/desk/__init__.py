"""Faces: thin, with no rules of their own."""
