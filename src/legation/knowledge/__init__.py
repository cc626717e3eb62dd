"""What was said and who met: accounts, encounters, search."""
