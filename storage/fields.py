"""Every field of the memory: whoever imports this knows all tables."""

import storage.engine.tables
import storage.events.tables
import storage.ideas.tables
import storage.joining.tables
import storage.mailings.tables
import storage.measures.tables
import storage.office.tables
import storage.partners.tables
import storage.privacy.tables
import storage.programme.tables
import storage.team_chats.tables
import storage.workshop.tables  # noqa: F401 # filling the metadata is all that it is for
