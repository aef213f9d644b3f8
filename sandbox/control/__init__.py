"""The control API: how tests and the page act as people, look into chats and steer the sandbox."""
