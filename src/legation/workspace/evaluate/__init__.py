"""Scores what `legation read` says of labelled texts: each figure defined, each with its interval."""
