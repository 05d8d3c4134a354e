"""``make new-portal``: create an empty portal of its own for a union.

command.py            the steps: copy the code at HEAD, write settings and content, commit
settings.py           pelicanconf.py of the new portal, from ours and pelicanconf.template
content.py            one example of each kind, from the ``new.md`` of its section, and the pages of the menu
pelicanconf.template  the settings that are a union's own
README.template       the README of the new portal
anh-mau.jpg, phim-mau.mp4   what examples show
"""
