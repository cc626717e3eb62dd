"""Word lists of general knowledge that the reading rules use; no list names people of any data."""
