"""Who is who: the register of a diary, identity, and questions about people."""
