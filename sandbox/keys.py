"""What the parts of the server find in the application."""

from aiohttp import web

from .world import World

WORLD: web.AppKey[World] = web.AppKey("world", World)
