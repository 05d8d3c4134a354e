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

Running a server (operations.py is the command line of these):

access.py       who may push what: ROOT/keys, git's pre-receive
gate.py         from sshd to git: the forced command, sockets between accounts
sandbox.py      builds as an account of their own, and what is taken over from it
tick.py         every minute: what is due; status.py, notify.py: what is told of it
backup.py       all that cannot be built again, and back
remote.py       copies on S3 and elsewhere, by rclone
nginx.py        the web server's configuration
units.py        systemd's units, or cron's lines
setup.py        what setup_server.py does (setup_command.py is its command line)
"""
