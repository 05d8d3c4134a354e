"""``make import``: bring an old Joomla portal along."""
