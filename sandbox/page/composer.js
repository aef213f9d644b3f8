// The lower edge of a chat: writing, replying and correcting, the command menu, the reply keyboard.

import { change, me, send, sendFile, shareContact, start } from './deeds.js'
import { $, make } from './elements.js'
import { newPoll } from './founding.js'
import { kind } from './list.js'
import { get, post, put } from './server.js'
import { state } from './state.js'
import { t } from './texts.js'

let context = null // the message that is answered or corrected
let commands = []
let keyboardHidden = false
let lastKeyboard = ''

export const answerTo = (message) => take({ message, correcting: false })

export function correct(message) {
  take({ message, correcting: true })
  $('text').value = message.text
  grow()
}

function take(new_context) {
  context = new_context
  $('context').hidden = !context
  if (!context) return
  const { message, correcting } = context
  $('context').querySelector('strong').textContent = correcting ? t('edit') : message.from.first_name
  $('context').querySelector('span').textContent = message.text ?? message.caption ?? kind(message)
  $('text').focus()
}

export function forgetContext() {
  take(null)
  hideSuggestions()
}

async function submit() {
  const text = $('text').value.trim()
  if (!text) return
  const { message, correcting } = context ?? {}
  $('text').value = ''
  grow()
  forgetContext()
  if (correcting) await change(message.message_id, text)
  else await send({ text, ...(message ? { reply_to: message.message_id } : {}) })
}

function grow() {
  const area = $('text')
  area.style.height = 'auto'
  area.style.height = `${Math.min(area.scrollHeight, 160)}px`
}

export async function loadCommands() {
  if (!state.me) return
  commands = await get(`/people/${state.me}/commands?chat_id=${state.chat}`)
  $('commands').hidden = !commands.length
}

function suggest(list) {
  const box = $('suggestions')
  box.replaceChildren(...list)
  box.hidden = !list.length
}

export const hideSuggestions = () => suggest([])

function commandOption({ command, description }) {
  return make('button', { type: 'button', role: 'option', class: 'suggestion', 'data-command': command, onclick: () => { hideSuggestions(); $('text').value = ''; send({ text: `/${command}` }) } },
    make('strong', {}, `/${command}`), make('span', {}, description))
}

function typed() {
  grow()
  const text = $('text').value
  if (/^\/\w*$/.test(text)) suggest(commands.filter((one) => one.command.startsWith(text.slice(1))).map(commandOption))
  else hideSuggestions()
  const name = `@${state.bot.user.username} `
  if (text.toLowerCase().startsWith(name.toLowerCase())) askInline(text.slice(name.length))
}

let asked = 0
async function askInline(query) {
  const turn = ++asked
  await new Promise((resolve) => { setTimeout(resolve, 300) })
  if (turn !== asked) return
  const found = await post(`/people/${state.me}/inline`, { query })
  if (turn === asked) suggest((found.results ?? []).map((one) => inlineOption(found.inline_query_id, one)))
}

function inlineOption(query, result) {
  const choose = async () => {
    hideSuggestions()
    $('text').value = ''
    await post(`/people/${state.me}/inline/chosen`, { inline_query_id: query, result_id: result.id, chat_id: state.chat })
  }
  return make('button', { type: 'button', role: 'option', class: 'suggestion', onclick: choose },
    make('strong', {}, result.title ?? result.type), make('span', {}, result.description ?? ''))
}

export function paintComposer(view) {
  const silent = !view.present || view.blocked || !view.started
  $('write').hidden = silent
  $('start').hidden = !silent
  $('start').textContent = !view.present ? t('join') : view.blocked ? t('unblock') : t('start')
  $('start').onclick = () => begin(view)
  paintKeyboard(silent ? null : view.reply_keyboard)
}

async function begin(view) {
  if (!view.present) await post(`/groups/${state.chat}/members`, { id: state.me })
  else if (view.blocked) await put(`/people/${state.me}/blocked`, { blocked: false })
  else await start()
}

function paintKeyboard(keyboard) {
  const signature = JSON.stringify([keyboard, state.chat])
  if (signature !== lastKeyboard) { lastKeyboard = signature; keyboardHidden = false }
  const rows = keyboard?.keyboard
  $('keyboard-toggle').hidden = !rows
  $('keyboard-toggle').setAttribute('aria-expanded', String(!keyboardHidden))
  $('reply-keyboard').hidden = !rows || keyboardHidden
  $('text').placeholder = keyboard?.input_field_placeholder || t('message')
  if (rows && $('reply-keyboard').dataset.signature !== signature) {
    $('reply-keyboard').dataset.signature = signature
    $('reply-keyboard').replaceChildren(...rows.map((row) => make('div', {}, row.map(replyKey))))
  }
}

function replyKey(one) {
  const act = one.request_contact ? shareContact
    : one.request_poll ? () => newPoll(one.request_poll.type)
    : one.request_location ? () => send({ location: { latitude: 51.3331, longitude: 6.5623 } })
      : () => send({ text: one.text })
  return make('button', { type: 'button', class: `key ${one.style ?? ''}`, onclick: act }, one.text)
}

export function wireComposer() {
  $('write').onsubmit = (event) => { event.preventDefault(); submit() }
  $('text').oninput = typed
  $('text').onkeydown = keys
  $('context').querySelector('button').onclick = () => { $('text').value = ''; grow(); forgetContext() }
  $('commands').onclick = () => ($('suggestions').hidden ? suggest(commands.map(commandOption)) : hideSuggestions())
  $('keyboard-toggle').onclick = () => { keyboardHidden = !keyboardHidden; paintKeyboard(state.view.reply_keyboard) }
  $('attach').onclick = () => $('file').click()
  $('file').onchange = async () => { const [file] = $('file').files; $('file').value = ''; if (file) await sendFile(file) }
  $('suggestions').onkeydown = (event) => {
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key]
    if (step) { event.preventDefault(); document.activeElement[step]?.focus() }
    if (event.key === 'Escape') { hideSuggestions(); $('text').focus() }
  }
}

function keys(event) {
  const open = !$('suggestions').hidden
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit() }
  if (event.key === 'ArrowDown' && open) { event.preventDefault(); $('suggestions').firstElementChild?.focus() }
  if (event.key === 'Escape') { hideSuggestions(); if (context) { $('text').value = ''; forgetContext() } }
  if (event.key === 'ArrowUp' && !$('text').value) {
    const last = state.view?.messages.findLast((one) => one.from.id === state.me && one.text)
    if (last) { event.preventDefault(); correct(last) }
  }
}

export const blockItem = () => {
  const blocked = me()?.blocked
  return [t(blocked ? 'unblockItem' : 'block'), () => put(`/people/${state.me}/blocked`, { blocked: !blocked }), blocked ? '' : 'danger']
}
