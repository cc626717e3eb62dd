"""Frozen types of the domain; imports nothing of ours and does no input or output."""
