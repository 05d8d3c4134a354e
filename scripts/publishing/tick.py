"""Do what is due, every minute: rebuild when the portal changes by itself, catch up, tell of troubles."""

from . import notify, remote, status
from .commands import catch_up, is_due
from .outcome import ReleaseError, say
from .server import Server
from .status import Status

RETRY_SECONDS = 600  # a machine's fault may pass
RETRY_FAULTY_SECONDS = 3600  # the same commit would most likely fail again


def tick(server: Server) -> None:
    """Build what is due, then write the public status and tell the operator of what is wrong."""
    server.prepare()
    error: ReleaseError | None = None
    if is_something_due(status.read(server)):
        try:
            catch_up(server)
        except ReleaseError as stopped:
            error = stopped
            say(str(error))
    after = status.read(server)
    status.publish(server, after)
    troubles = after.troubles
    if after.live and not remote.is_uploaded(server):
        try:
            remote.upload_live(server)
        except ReleaseError as stopped:
            error = stopped
            say(str(error))
            troubles = [*troubles, status.Trouble("upload", after.live.name, str(error))]
    notify.tell(server, troubles)
    if error:
        raise error


def is_something_due(status: Status) -> bool:
    """Return whether to try a build now. One that runs will do; one that failed is given some time."""
    if status.is_building or not status.newest:
        return False
    last = status.last
    if last and last.code and status.now < last.when + (RETRY_FAULTY_SECONDS if last.is_settled else RETRY_SECONDS):
        # another commit than the one that failed has a chance of its own
        return status.wanted is not None and status.wanted.commit != last.commit
    return status.newest not in status.built or (status.live is not None and is_due(status.live, status.now))
