"""Imported by each Python that finds this folder in PYTHONPATH: breaks the program that the soak test means."""

import breaking  # type: ignore[import-not-found]

breaking.main()
