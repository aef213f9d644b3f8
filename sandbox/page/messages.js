// The messages of the open chat. An element stays as long as its message: edits change it in place.

import { $, fullName, icon, make, size } from './elements.js'
import { tap, press, messageMenu, vote } from './deeds.js'
import { service, kind } from './list.js'
import { now, state } from './state.js'
import { clockTime, longDate, readersTime, shortDateTime, t } from './texts.js'

const shown = new Map() // message id -> { element, signature }
let open = ''

export function paintMessages(view) {
  const key = `${state.me}/${state.chat}/${state.topic}`
  const scroller = $('scroller')
  const fresh = key !== open
  const atEnd = fresh || scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80
  if (fresh) { shown.clear(); $('messages').replaceChildren(); open = key }
  const messages = view.messages.filter(inTopic)
  const before = lastId()
  forgetGone(new Set(messages.map((one) => one.message_id)))
  arrange(messages.map((message, at) => keep(message, messages[at - 1])))
  paintTyping(view.typing)
  const mine = messages.at(-1)?.from.id === state.me && lastId() !== before
  if (atEnd || mine) toEnd()
  else paintDown()
}

export function paintDown() {
  const { scrollHeight, scrollTop, clientHeight } = $('scroller')
  $('down').hidden = scrollHeight - scrollTop - clientHeight < 150
}

const inTopic = (message) => !state.topic || message.message_thread_id === state.topic
const lastId = () => [...shown.keys()].at(-1)

function forgetGone(ids) {
  for (const [id, { element }] of shown) if (!ids.has(id)) { element.remove(); shown.delete(id) }
}

function keep(message, previous) {
  const day = new Date(message.date * 1000).toDateString()
  const newDay = !previous || new Date(previous.date * 1000).toDateString() !== day
  const grouped = !newDay && previous.from.id === message.from.id && !service(previous) && message.date - previous.date < 600
  const signature = JSON.stringify([message, newDay, grouped, document.documentElement.lang])
  const known = shown.get(message.message_id)
  if (known?.signature === signature) return known.element
  const element = known?.element ?? make('li', { id: `message-${message.message_id}`, 'data-message': message.message_id })
  const focused = [...element.querySelectorAll('button, a')].indexOf(document.activeElement)
  fill(element, message, { newDay, grouped })
  if (known) element.classList.add('changed')
  if (focused >= 0) [...element.querySelectorAll('button, a')][focused]?.focus()
  shown.set(message.message_id, { element, signature })
  return element
}

function arrange(elements) {
  const list = $('messages')
  elements.forEach((element, at) => { if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null) })
}

function fill(element, message, { newDay, grouped }) {
  const day = newDay ? make('p', { class: 'day' }, make('span', {}, dayName(message.date))) : null
  const note = service(message)
  const mine = message.from.id === state.me
  element.className = note ? 'service' : `message ${mine ? 'mine' : 'theirs'}${grouped ? ' grouped' : ''}`
  element.replaceChildren(...[day, note ? make('p', { class: 'note' }, make('span', {}, note)) : bubble(message, mine, grouped)].filter(Boolean))
}

function dayName(date) {
  const day = (seconds) => new Date(seconds * 1000).toDateString()
  if (day(date) === day(now())) return t('today')
  return day(date) === day(now() - 86400) ? t('yesterday') : longDate(date)
}

function bubble(message, mine, grouped) {
  const inGroup = message.chat.id < 0
  const media = message.photo || message.sticker
  const body = make('div', { class: `bubble${message.photo ? ' with-photo' : ''}${message.sticker ? ' bare' : ''}` },
    inGroup && !mine && !grouped ? make('strong', { class: `sender n${Math.abs(message.from.id) % 7}` }, fullName(message.from)) : null,
    message.forward_origin ? make('p', { class: 'origin' }, `${t('forwarded')} ${originName(message.forward_origin)}`) : null,
    message.via_bot ? make('p', { class: 'origin' }, `${t('via')} @${message.via_bot.username}`) : null,
    message.reply_to_message ? quoted(message.reply_to_message) : null,
    ...contents(message),
    message.html ? text(message) : null,
    reactions(message),
    meta(message, mine))
  const options = make('button', { class: 'options icon', type: 'button', 'aria-label': t('options'), 'aria-haspopup': 'menu', onclick: (event) => messageMenu(event.currentTarget, message) }, icon('dots'))
  return make('div', { class: 'held' }, make('div', { class: 'line' }, body, media ? null : options), keyboard(message))
}

const originName = (origin) => (origin.sender_user ? fullName(origin.sender_user) : origin.sender_user_name ?? origin.chat?.title ?? '')

function quoted(message) {
  const go = () => $(`message-${message.message_id}`)?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  return make('button', { class: 'quote', type: 'button', onclick: go },
    make('strong', {}, fullName(message.from)), make('span', {}, message.text ?? message.caption ?? kind(message)))
}

function text(message) {
  const element = make('div', { class: 'text', rendered: withoutExtraBreaks(message.html) })
  for (const time of element.querySelectorAll('time[data-unix]')) {
    if (time.dataset.format) time.textContent = readersTime(+time.dataset.unix, time.dataset.format, now())
    time.title = shortDateTime(+time.dataset.unix)
  }
  return element
}

/** Quotations and code stand on lines of their own; the breaks around them would make empty ones. */
const withoutExtraBreaks = (html) => html.replace(/\n(?=<(blockquote|pre))/g, '').replace(/(<\/(blockquote|pre)>)\n/g, '$1')

function contents(message) {
  return [
    message.photo && photo(message.photo.at(-1)),
    message.document && !message.animation && download(message.document),
    message.sticker && make('span', { class: 'sticker', role: 'img', 'aria-label': 'Sticker' }, message.sticker.emoji ?? '🖼'),
    message.contact && card('☎', fullName(message.contact), message.contact.phone_number),
    message.venue && card('📍', message.venue.title, message.venue.address),
    message.location && !message.venue && card('📍', t('place'), `${message.location.latitude}, ${message.location.longitude}`),
    message.dice && make('span', { class: 'sticker' }, `${message.dice.emoji} ${message.dice.value}`),
    message.poll && poll(message),
    ...['voice', 'audio'].map((one) => message[one] && played('audio', message[one])),
    ...['video', 'video_note'].map((one) => message[one] && played('video', message[one])),
    ...['animation'].map((one) => message[one] && download({ file_name: one, ...message[one] })),
  ].filter(Boolean)
}

const fileUrl = (file) => `/sandbox/files/${file.file_id}`

function photo(file) {
  return make('a', { class: 'photo', href: fileUrl(file), target: '_blank', 'aria-label': t('photo') },
    make('img', { src: fileUrl(file), width: file.width, height: file.height, alt: t('photo') }))
}

function download(file) {
  return make('a', { class: 'file', href: fileUrl(file), download: file.file_name },
    make('span', { class: 'file-icon' }, icon('file')),
    make('span', { class: 'file-name' }, file.file_name), make('span', { class: 'file-size' }, size(file.file_size)))
}

const card = (sign, title, line) => make('div', { class: 'file' },
  make('span', { class: 'file-icon', 'aria-hidden': 'true' }, sign), make('span', { class: 'file-name' }, title), make('span', { class: 'file-size' }, line))

const played = (tag, file) => make(tag, { class: 'played', src: fileUrl(file), controls: true, preload: 'metadata', 'aria-label': t(tag) })

function poll({ message_id: id, poll: one, chosen }) {
  const note = [t(one.type === 'quiz' ? 'quiz' : one.is_anonymous ? 'anonymousPoll' : 'openPoll'), t('votes', one.total_voter_count), one.is_closed && t('pollClosed')]
  return make('div', { class: 'poll' }, make('strong', {}, one.question), make('p', { class: 'quiet' }, note.filter(Boolean).join(' · ')),
    make('ul', {}, one.options.map((option, at) => make('li', {}, answer(id, one, chosen, option, at)))),
    chosen.length && one.explanation ? make('p', { class: 'quiet' }, one.explanation) : null)
}

function answer(id, one, chosen, option, at) {
  const mine = chosen.includes(at)
  const others = one.allows_multiple_answers ? chosen.filter((other) => other !== at) : []
  const right = one.type === 'quiz' && chosen.length && one.correct_option_ids.includes(at) ? ' ✓' : ''
  return make('button', { type: 'button', 'aria-pressed': String(mine), disabled: one.is_closed || (chosen.length > 0 && !one.allows_revoting), onclick: () => vote(id, mine ? others : [...others, at]) },
    option.text + right, make('em', {}, option.voter_count))
}

function reactions(message) {
  if (!message.reactions?.length) return null
  return make('p', { class: 'reactions', 'aria-label': t('reacted') }, message.reactions.map((one) => make('span', {}, one.emoji ?? '★')))
}

function meta(message, mine) {
  const edited = message.edited && !message.reply_markup
  return make('span', { class: 'meta' }, edited ? `${t('edited')} ` : '', make('time', { datetime: new Date(message.date * 1000).toISOString() }, clockTime(message.date)), mine ? make('span', { 'aria-hidden': 'true' }, ' ✓✓') : null)
}

function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard
  return rows ? make('div', { class: 'inline-keyboard' }, rows.map((row) => make('div', {}, row.map((one) => inlineButton(message, one))))) : null
}

function inlineButton(message, one) {
  const style = `key ${one.style ?? ''}`
  if (one.url) return make('a', { class: style, href: one.url, target: '_blank', rel: 'noopener noreferrer' }, one.text, icon('link'))
  const act = 'callback_data' in one ? (event) => tap(event.currentTarget, message, one) : () => press(one)
  return make('button', { class: style, type: 'button', onclick: act }, one.text)
}

function paintTyping(typing) {
  $('typing').hidden = !typing
}

export function toEnd() { // at once: during a smooth scroll the next message would not count as at the end
  const scroller = $('scroller')
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: 'instant' })
  for (const image of scroller.querySelectorAll('img')) if (!image.complete) image.onload = toEnd
}
