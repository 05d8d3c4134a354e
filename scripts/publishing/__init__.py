"""From a pushed commit to the live site on one's own server.

Standard library only, and copied out of the repository by the installer: a push can change the
site, never the programs that deploy it.

outcome.py      exit codes, errors, what is said to whoever pushes or runs a command
repository.py   what is asked of git
server.py       the folder on the server: releases, the live one, locks
build.py        one commit → one folder of finished files
commands.py     publish, receive a push, go back, list
release.py      the command line of ROOT/bin/portal and of the hook
install.py      what install_server.py does
"""
