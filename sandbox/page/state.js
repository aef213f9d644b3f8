// What this window knows: who acts, which chat is open, and the last answers of the sandbox.

export const state = {
  me: 0, // the person this window acts as
  chat: 0, // the open chat: the person's own (with the bot) or a group
  topic: 0,
  bot: { user: { id: 0, first_name: '', username: '' } },
  people: [],
  groups: [],
  view: null,
  clock: { offset: 0 },
  due: [],
}

/** The sandbox's time in seconds. */
export const now = () => Date.now() / 1000 + state.clock.offset

export const person = (id) => state.people.find((one) => one.user.id === id)
export const group = (id) => state.groups.find((one) => one.chat.id === id)

/** The address says who acts where: `#1001` or `#1001/-500`. So a window can be copied, reloaded and linked to. */
export function readAddress() {
  const [me, chat] = location.hash.slice(1).split('/').map(Number)
  state.me = me || 0
  state.chat = chat || state.me
  state.topic = 0
}

export const address = (me, chat) => `#${me}` + (chat && chat !== me ? `/${chat}` : '')
