"""Define the error of a request that cannot be met."""


class RefusedError(Exception):
    """A request that cannot be met: one sentence that says what to write instead. Exits with 2."""
