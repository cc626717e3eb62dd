"""Intervals, occasions, forms, and the plan of the coming weeks with its bound."""
