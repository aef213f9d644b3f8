// The left side: people and groups with what was last said and what is unread.

import { $, avatar, fullName, make } from './elements.js'
import { address, group, now, person, state } from './state.js'
import { clockTime, shortDate, t } from './texts.js'

const rows = new Map() // id -> { item, signature }; a row stays itself, so clicks and focus survive a repaint

export function paintList() {
  const wanted = $('search').value.trim().toLowerCase()
  const fits = ({ name, role }) => `${name} ${role ?? ''}`.toLowerCase().includes(wanted)
  const people = state.people.map(personRow).filter(fits).sort(newestFirst)
  const groups = state.groups.map(groupRow).filter(fits).sort(newestFirst)
  arrange($('people'), people)
  arrange($('groups'), groups)
  $('groups-title').hidden = !groups.length
  $('search').hidden = state.people.length + state.groups.length < 8
}

const newestFirst = (a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0)

function arrange(list, found) {
  const items = found.map(keep)
  const gone = [...list.children].filter((item) => !items.includes(item))
  gone.forEach((item) => item.remove())
  items.forEach((item, at) => { if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null) })
}

function keep(one) {
  const { last, ...rest } = one
  const signature = JSON.stringify([rest, last && when(last.date)])
  const known = rows.get(one.id) ?? { item: make('li', {}, make('a', { class: 'row', id: `row-${one.id}` })) }
  if (known.signature !== signature) fill(known.item.firstChild, one)
  rows.set(one.id, { item: known.item, signature })
  return known.item
}

function personRow({ user, unread, last, blocked, started, note: role }) {
  const note = blocked ? t('blocked') : last ? preview(last, user.id) : started ? t('noMessages') : t('notStarted')
  const chosen = state.chat === user.id
  return { id: user.id, name: fullName(user), role, href: address(user.id), chosen, unread, last, note }
}

function groupRow({ chat, members, unread, last }) {
  const me = actor(chat.id, members)
  const note = last ? preview(last, me) : t('noMessages')
  const chosen = state.chat === chat.id
  return { id: chat.id, name: chat.title, href: address(me, chat.id), chosen, unread: unread[me] ?? 0, last, note }
}

/** Whoever acts stays, if in the group; otherwise its first member does. */
function actor(id, members) {
  const people = members.map((one) => one.user).filter((user) => !user.is_bot)
  return (people.find((user) => user.id === state.me) ?? people[0])?.id ?? state.me
}

function fill(link, { id, name, role, href, chosen, unread, last, note }) {
  link.href = href
  link.toggleAttribute('aria-current', false)
  if (chosen) link.setAttribute('aria-current', 'page')
  link.replaceChildren(...[
    avatar(id, name),
    make('span', { class: 'row-name' }, name, role ? make('small', {}, role) : null),
    last ? make('time', {}, when(last.date)) : null,
    make('span', { class: 'row-note' }, note),
    unread ? make('span', { class: 'badge' }, unread, make('span', { class: 'unseen' }, ` ${t('unread')}`)) : null].filter(Boolean))
}

const when = (date) => (now() - date < 72000 ? clockTime(date) : shortDate(date))

export function preview(message, me) {
  const mine = message.from.id === me
  const sender = mine ? `${t('you')}: ` : message.chat.id < 0 ? `${message.from.first_name}: ` : ''
  return sender + (message.text ?? message.caption ?? kind(message))
}

export function kind(message) {
  for (const one of ['photo', 'document', 'contact', 'poll', 'video', 'audio']) if (message[one]) return t(one)
  if (message.voice) return t('audio')
  if (message.video_note) return t('video')
  if (message.location) return t('place')
  if (message.sticker) return `${message.sticker.emoji ?? ''} Sticker`
  return service(message) ?? t('unsupported')
}

/** What happened in a chat, as a sentence; undefined for an ordinary message. */
export function service(message) {
  const who = fullName(message.from)
  if (message.new_chat_members) return t('joined', who, message.new_chat_members.map(fullName).join(', '))
  if (message.left_chat_member) return t('left', fullName(message.left_chat_member))
  if (message.pinned_message) return t('pinnedNote', who)
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return t('migrated')
  if (message.forum_topic_created) return t('topicMade', message.forum_topic_created.name)
  if (message.new_chat_title) return t('titled', message.new_chat_title)
  for (const one of ['forum_topic_closed', 'forum_topic_reopened', 'forum_topic_edited']) if (message[one]) return one.replaceAll('_', ' ')
  return undefined
}

export { group, person }
