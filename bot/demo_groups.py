"""The demo's groups in the sandbox: the office's, with topics, and the partners'."""

import aiohttp

GROUPS = (
    ("Geschäftsstelle Klimapakt", True, (501, 502), "/buero"),
    ("Partner im Klimapakt", False, (501, 511, 512, 513), "/partnergruppe"),
)


async def found(client: aiohttp.ClientSession) -> None:
    for title, topics, members, command in GROUPS:
        group = {"title": title, "kind": "supergroup", "topics": topics, "bot": "administrator"}
        async with client.post("/sandbox/groups", json={**group, "members": members}) as answer:
            chat = await answer.json()
        said = {"chat_id": chat["id"], "text": command}
        await client.post(f"/sandbox/people/{members[0]}/messages", json=said)
