"""Decode the bytes of a text file, or say which encoding or characters are wrong with it."""
