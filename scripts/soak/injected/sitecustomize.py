"""Imported by each Python that finds this folder in PYTHONPATH: breaks the program that the soak test means."""

from importlib import import_module

import_module("breaking").main()  # beside this file, under no package's name
