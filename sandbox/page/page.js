// The page of the sandbox: loads what is needed, paints it, and keeps it live by the sandbox's events.

import { blockItem, forgetContext, loadCommands, paintComposer, wireComposer } from './composer.js'
import { loadClock, openClock, paintClock } from './clock.js'
import { answered, follow, me, send, startCode } from './deeds.js'
import { openMenu, show } from './dialogs.js'
import { $, fullName, make, paintAvatar } from './elements.js'
import { newGroup, newPerson, newPoll, openStartLink } from './founding.js'
import { group, paintList, person } from './list.js'
import { paintDown, paintMessages, toEnd } from './messages.js'
import { del, get, listen, post, put } from './server.js'
import { address, readAddress, state } from './state.js'
import { applyTexts, language, switchLanguage, t } from './texts.js'

const MOST_MESSAGES = 500

/** Runs one loading at a time; what is asked for meanwhile happens once, afterwards, and is waited for. */
function collected(load) {
  let running = null
  let queued = null
  return function again() {
    if (!running) return (running = load().catch(console.error).finally(() => { running = null }))
    queued ??= running.then(() => { queued = null; return again() })
    return queued
  }
}

const loadList = collected(async () => {
  [state.people, state.groups] = await Promise.all([get('/people'), get('/groups')])
  paintList()
  paintHeader()
})

const loadChat = collected(async () => {
  if (!state.me) return
  const { me: who, chat } = state
  const view = await get(`/people/${who}/chat?chat_id=${chat}&last=${MOST_MESSAGES}`)
  if (who !== state.me || chat !== state.chat) return
  state.view = view
  paintChat(view)
  if (document.visibilityState === 'visible') put(`/people/${who}/read`, { chat_id: chat })
})

function paintChat(view) {
  if (view.chat.id !== state.chat) { location.replace(address(state.me, view.chat.id)); return }
  paintHeader()
  paintTopics(view)
  paintPinned(view)
  paintMessages(view)
  paintIntro(view)
  paintComposer(view)
}

function paintHeader() {
  document.body.classList.toggle('in-chat', Boolean(state.me))
  $('nobody').hidden = Boolean(state.me)
  $('conversation').hidden = !state.me
  if (!state.me) { document.title = state.bot.user.first_name; return }
  const who = person(state.me)?.user
  const found = group(state.chat)
  const name = found ? found.chat.title : state.bot.user.first_name
  paintAvatar($('chat-avatar'), found ? state.chat : state.bot.user.id, name)
  $('chat-title').textContent = name
  $('chat-status').textContent = state.view?.typing ? t('typing') : found ? t('members', found.members.filter(inside).length) : `${t('bot')} · ${t('as')} ${who ? fullName(who) : ''}`
  document.title = `${who ? fullName(who) : ''} – ${name}`
  paintActor(found)
}

const inside = (member) => !['left', 'kicked'].includes(member.status)

function paintActor(found) {
  $('acting').hidden = !found
  if (!found) return
  $('actor').replaceChildren(...state.people.map(({ user }) => make('option', { value: user.id }, fullName(user))))
  $('actor').value = state.me
}

function paintTopics(view) {
  const topics = view.chat.is_forum ? [{ message_thread_id: 0, name: t('all') }, ...view.topics] : []
  $('topics').hidden = !topics.length
  $('topics').replaceChildren(...topics.map((one) => make('button', { type: 'button', class: 'chip', 'aria-pressed': String(state.topic === one.message_thread_id), onclick: () => { state.topic = one.message_thread_id; paintChat(view) } }, one.name)))
}

function paintPinned(view) {
  const found = view.messages.find((one) => one.message_id === view.pinned.at(-1))
  $('pinned').hidden = !found
  if (!found) return
  $('pinned').replaceChildren(make('strong', {}, t('pinned')), make('span', {}, found.text ?? found.caption ?? ''))
  $('pinned').onclick = () => $(`message-${found.message_id}`)?.scrollIntoView({ block: 'center' })
}

function paintIntro(view) {
  const empty = !view.messages.length && state.chat === state.me
  $('intro').hidden = !empty
  if (empty) $('intro').replaceChildren(make('strong', {}, t('whatCan')), make('p', {}, state.bot.description || state.bot.user.first_name))
}

async function loadBot() {
  state.bot = await get(`/bot?language_code=${me()?.user.language_code ?? language}`)
  paintHeader()
}

async function loadViolations() {
  const found = await get('/violations')
  $('violations').hidden = !found.length
  $('violations').textContent = t('violations', found.length)
  $('violations').onclick = async () => {
    const rows = found.slice(-50).reverse().map((one) => make('li', {}, make('code', {}, one.method), ` ${one.description}`))
    const choice = await show(t('violationsTitle'), make('ul', { class: 'violations' }, rows), [[t('forget'), 'forget'], [t('close'), '']])
    if (choice === 'forget') { await del('/violations'); loadViolations() }
  }
}

async function opened() {
  readAddress()
  forgetContext()
  state.view = null
  $('text').value = ''
  await loadList()
  if (state.me && !person(state.me)) { location.hash = ''; return }
  await Promise.all([loadChat(), loadCommands(), loadBot()])
  if (state.me) (matchMedia('(min-width: 700px)').matches ? $('text') : $('scroller')).focus()
}

const EVENTS = {
  open: () => { loadList(); loadChat(); loadClock(); loadViolations() },
  chat: ({ chat_id: id }) => { if (id === state.chat) loadChat(); loadList() },
  people: () => { loadList(); loadChat() },
  groups: () => { loadList(); loadChat() },
  read: loadList,
  commands: loadCommands,
  profile: loadBot,
  clock: () => { loadClock(); loadChat() },
  due: ({ items }) => { state.due = items; paintClock() },
  violation: loadViolations,
  answer: answered,
}

function theme(choice) {
  document.documentElement.dataset.theme = choice ?? ''
  if (choice) localStorage.setItem('theme', choice)
}

const isDark = () => (document.documentElement.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'

function moreMenu(event) {
  openMenu(event.currentTarget, [
    [t('newGroup'), newGroup],
    [t('switchLanguage'), () => { switchLanguage(); loadList(); loadChat(); loadViolations(); paintClock() }],
    [t(isDark() ? 'light' : 'dark'), () => theme(isDark() ? 'light' : 'dark')],
  ])
}

function chatMenu(event) {
  const found = group(state.chat)
  openMenu(event.currentTarget, [
    [t('window'), () => window.open(location.href, '_blank', 'popup,width=480,height=800')],
    !found && [t('startAgain'), openStartLink],
    [t('askPoll'), () => newPoll()],
    [t('sticker'), () => send({ sticker: true })],
    [t('location'), () => send({ location: { latitude: 51.3331, longitude: 6.5623 } })],
    found?.chat.type === 'group' && [t('migrate'), () => post(`/groups/${state.chat}/migrate`)],
    found && [t('leave'), () => del(`/groups/${state.chat}/members/${state.me}`), 'danger'],
    !found && blockItem(),
  ])
}

/** Links to this bot stay inside; commands in texts are sent. */
function clicked(event) {
  const link = event.target.closest?.('a')
  if (link?.dataset.command) { event.preventDefault(); send({ text: link.dataset.command }) }
  else if (link && startCode(link.href) !== undefined) { event.preventDefault(); follow(link.href) }
  const spoiler = event.target.closest?.('.spoiler')
  if (spoiler) spoiler.classList.add('open')
}

function wire() {
  $('search').oninput = paintList
  $('new-person').onclick = () => newPerson()
  $('more').onclick = moreMenu
  $('chat-menu').onclick = chatMenu
  $('clock').onclick = openClock
  $('down').onclick = () => toEnd()
  $('actor').onchange = () => { location.hash = address(+$('actor').value, state.chat) }
  $('scroller').onscroll = paintDown
  $('messages').addEventListener('click', clicked)
  $('messages').addEventListener('keydown', (event) => { if (event.key === 'Enter' && event.target.matches('.spoiler')) clicked(event) })
  addEventListener('hashchange', opened)
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') loadChat() })
  setInterval(paintClock, 1000)
}

theme(localStorage.getItem('theme'))
applyTexts()
wireComposer()
wire()
await loadBot()
await opened()
listen((event) => EVENTS[event.event]?.(event))
document.body.classList.add('ready')
const code = new URLSearchParams(location.search).get('start')
if (code) newPerson(code)
