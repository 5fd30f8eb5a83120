"""Make the system of the settings, for the command line and the web server alike."""

from webapp.settings import Settings
from workflows import bootstrap
from workflows.bootstrap import System


def system_of(settings: Settings) -> System:
    """Return the system on the settings' database; its folder is made where it is missing."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    return bootstrap.build(settings.database_url, settings.documents_url, demo=settings.demo)
