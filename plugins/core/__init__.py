"""The street every section stands on: file → Item → Collection → View → HTML → file.

Nothing here knows a section by name, and only ``pelican_adapter`` imports Pelican.
"""
