// What the person of this window does: tap, write, correct, share, follow links.

import { alertBox, openMenu, show, toast } from './dialogs.js'
import { $, make } from './elements.js'
import { patch, post } from './server.js'
import { person, state } from './state.js'
import { t } from './texts.js'
import { answerTo, correct } from './composer.js'

const ANSWER_SECONDS = 20
const answers = new Map() // callback query id -> answer that came before the tap's own response
const waiting = new Map() // callback query id -> what to do with its answer

const here = () => (state.chat === state.me ? {} : { chat_id: state.chat })
const mine = (path) => `/people/${state.me}${path}`

export async function send(body) {
  const thread = state.topic ? { message_thread_id: state.topic } : {}
  return post(mine('/messages'), { ...here(), ...thread, ...body })
}

export const change = (id, text) => patch(mine(`/messages/${id}`), { ...here(), text })

export const vote = (id, options) => post(mine('/votes'), { ...here(), message_id: id, options })

export async function tap(button, message, { callback_data: data }) {
  button.classList.add('waiting')
  button.setAttribute('aria-busy', 'true')
  const done = () => { button.classList.remove('waiting'); button.removeAttribute('aria-busy') }
  try {
    const { callback_query_id: id } = await post(mine('/taps'), { ...here(), message_id: message.message_id, data })
    const answer = answers.get(id) ?? await new Promise((resolve) => {
      waiting.set(id, resolve)
      setTimeout(resolve, ANSWER_SECONDS * 1000)
    })
    answers.delete(id)
    waiting.delete(id)
    if (answer) showAnswer(answer)
  } finally {
    done()
  }
}

/** An answer heard of; only this window knows whether it asked. */
export function answered({ user_id: user, callback_query_id: id, answer }) {
  if (user !== state.me) return
  const resolve = waiting.get(id)
  if (resolve) resolve(answer)
  else answers.set(id, answer)
}

function showAnswer({ text, show_alert: alert, url }) {
  if (text && alert) alertBox(text)
  else if (text) toast(text)
  if (url) follow(url)
}

/** The other kinds of inline buttons, as far as they make sense here. */
export function press(button) {
  if (button.copy_text) {
    navigator.clipboard?.writeText(button.copy_text.text)
    toast(t('copied'))
  } else if (button.web_app || button.login_url) {
    follow((button.web_app ?? button.login_url).url)
  } else {
    const query = button.switch_inline_query_current_chat ?? button.switch_inline_query ?? ''
    $('text').value = `@${state.bot.user.username} ${query}`
    $('text').focus()
    $('text').dispatchEvent(new Event('input'))
  }
}

/** The code of a link that starts this bot, undefined for any other link. */
export function startCode(url) {
  const name = state.bot.user.username.toLowerCase()
  const found = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)\/?(?:\?(.*))?$/i.exec(url) ?? /^tg:\/\/resolve\?domain=(\w+)&?(.*)$/i.exec(url)
  if (!found || found[1].toLowerCase() !== name) return undefined
  return new URLSearchParams(found[2] ?? '').get('start') ?? ''
}

export function follow(url) {
  const code = startCode(url)
  if (code === undefined) window.open(url, '_blank', 'noopener')
  else start(code)
}

export async function start(code = '', who = state.me) {
  await post(`/people/${who}/messages`, { text: code ? `/start ${code}` : '/start' })
  if (state.chat !== who) location.hash = `#${who}`
}

export async function shareContact() {
  const { phone_number: number } = await post(mine('/phone'))
  const choice = await show(t('shareTitle'), make('p', {}, t('shareText', number)), [[t('cancel'), ''], [t('share'), 'yes', 'primary']])
  if (choice === 'yes') await send({ contact: { phone_number: number } })
}

const KINDS = { photo: /^image\/(png|jpeg|gif|webp)$/, video: /^video\/(mp4|webm)$/, voice: /^audio\/ogg$/, audio: /^audio\/(mpeg|mp4)$/, document: /^/ }

export async function sendFile(file) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768))
  const [kind] = Object.entries(KINDS).find(([, type]) => type.test(file.type))
  await send({ [kind]: { name: file.name, content: btoa(binary) } })
}

export function messageMenu(anchor, message) {
  const own = message.from.id === state.me
  openMenu(anchor, [
    [t('reply'), () => answerTo(message)],
    own && message.text && [t('edit'), () => correct(message)],
    (message.text ?? message.caption) && [t('copy'), () => { navigator.clipboard?.writeText(message.text ?? message.caption); toast(t('copied')) }],
  ])
}

export const me = () => person(state.me)
