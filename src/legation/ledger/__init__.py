"""Ingest (the one write path), judgements, derivation, verify, export, explain."""
