"""``make soak``: break a server's deployment at every moment, and count what came of it."""
