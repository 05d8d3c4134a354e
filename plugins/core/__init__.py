"""Turn content into a site, the pipeline behind every section: file → Item → Content → View → HTML → file.

No module here knows a section by name, and only ``pelican_adapter`` imports Pelican.
"""
