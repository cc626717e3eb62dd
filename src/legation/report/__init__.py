"""Documents made for reading: Today, briefs, lists; frozen views that faces only set."""
