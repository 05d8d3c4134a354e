"""From a pushed commit to the live site on one's own server.

Standard library only, and copied out of the repository by the installer: a push can change the
site, never the programs that deploy it.

layout.py       where things are under ROOT
outcome.py      exit codes, errors, what is said to whoever pushes or runs a command
files.py        files that survive a kill and a power cut
repository.py   what is asked of git; the kept work tree
manifest.py     what is known of a release
state.py        what has to be remembered besides: what waits, what is pinned, how the last build ended
server.py       the folder on the server: releases, the live one, locks
standby.py      the copy of the newest release that the next build goes into
environment.py  the libraries of a build
last_good.py    what broken items are shown as
build.py        one commit → one folder of finished files
store.py        pictures and the theme's files, shared by all releases
accept.py       that folder → a release
publish.py      all of these in their order; make it live
tidy.py         what is done after the pusher was answered
commands.py     receive a push, rebuild, catch up, go back, list
verify.py       compare what is live with what was published
clock.py        refuse to build by a clock that is wrong
portal.py       the command line of ROOT/bin/portal and of the hooks; release.py: its commands that publish
install.py      what install_server.py does

Running a server (operations.py has the commands of these):

access.py       who may push what: ROOT/keys, git's pre-receive
gate.py         from sshd to git: the forced command, sockets between accounts
sandbox.py      builds as an account of their own; takeover.py: what is taken over from it, handover.py:
                whether that can be less than everything
tick.py         every minute: what is due; status.py, notify.py: what is told of it
backup.py       all that cannot be built again, and back
remote.py       copies on S3 and elsewhere, by rclone
nginx.py        the web server's configuration; nginx_redirects.py: the addresses of an old portal in it;
                nginx_control.py: how it comes into force
units.py        systemd's units, or cron's lines
setup.py        what setup_server.py does (setup_command.py is its command line)
"""
