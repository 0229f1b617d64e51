"""What can keep the local stack from running, each as a sentence for the person at the terminal."""


class CannotRun(Exception):
    """The local stack cannot run."""


class Halted(Exception):
    """Somebody asked to stop while something was still starting."""


class Fact(CannotRun):
    """Something that can be said in one sentence about one thing; {} stands for the thing."""

    def __init__(self, thing: object) -> None:
        super().__init__((self.__doc__ or "").format(thing))


class FolderOfAnotherUser(Fact):
    """{} belongs to another user: run ./assay as that user, or remove the folder."""


class PortTaken(Fact):
    """PORT={} is taken by another program: choose another, or leave PORT out to have the next free one."""


class NoPort(Fact):
    """PORT={} is not a port: it is a number from 1 to 65535."""


class AlreadyRunning(Fact):
    """In use by {}."""


class ServerMissing(Fact):
    """{} is not there: its package has no program for this platform."""


class NoRootForNobody(Fact):
    """PostgreSQL refuses to run as root, and this root may not start it as another user: {}."""
