"""``make bench``: this portal beside stock Pelican and Hugo, on the same articles, in one run."""
