// The clock: the sandbox's time, what is due next, and jumping there.

import { close, field, show } from './dialogs.js'
import { $, make } from './elements.js'
import { get, put } from './server.js'
import { now, state } from './state.js'
import { dateTime, shortDateTime, t } from './texts.js'

const HOUR = 3600
const seconds = (iso) => Date.parse(iso) / 1000

export async function loadClock() {
  state.clock = await get('/clock')
  state.due = (await get('/due')).items
  paintClock()
}

const coming = () => state.due.filter((one) => seconds(one.at) > now())

export function paintClock() {
  $('now').textContent = dateTime(now())
  const [next] = coming()
  $('next-due').textContent = next ? t('next', next.what, shortDateTime(seconds(next.at))) : t('nothingDue')
  $('offset').hidden = Math.abs(state.clock.offset) < 1
  $('offset').textContent = ahead(state.clock.offset)
  $('clock').setAttribute('aria-label', `${t('clock')}: ${$('now').textContent}`)
  const inDialog = document.querySelector('#dialog .time-now')
  if (inDialog) inDialog.textContent = dateTime(now())
}

function ahead(offset) {
  const sign = offset < 0 ? '−' : '+'
  const hours = Math.abs(offset) / HOUR
  const days = Math.floor(hours / 24)
  const rest = `${Math.floor(hours % 24)}:${String(Math.floor((hours * 60) % 60)).padStart(2, '0')}`
  return sign + (days ? `${days} d ` : '') + rest
}

/** A little after the moment, so that what is due then is due. */
const jumpTo = (moment) => set({ now: new Date((moment + 1) * 1000).toISOString() })

async function set(body) {
  await put('/clock', body)
  close()
}

function nextMorning() {
  const day = new Date(now() * 1000)
  day.setDate(day.getDate() + 1)
  day.setHours(8, 0, 0, 0)
  return day.getTime() / 1000
}

function localInput() {
  const here = new Date(now() * 1000)
  here.setMinutes(here.getMinutes() - here.getTimezoneOffset())
  return here.toISOString().slice(0, 16)
}

const button = (label, act, attributes = {}) => make('button', { type: 'button', class: 'plain', onclick: act, ...attributes }, label)

function dueRow(item) {
  const moment = seconds(item.at)
  return make('li', {}, make('span', { class: 'due-what' }, item.what), make('time', { datetime: item.at }, shortDateTime(moment)),
    button(t('jump'), () => jumpTo(moment), { class: 'primary jump', 'aria-label': `${t('jump')}: ${item.what}, ${shortDateTime(moment)}` }))
}

export async function openClock() {
  await loadClock()
  const items = coming()
  const at = make('input', { type: 'datetime-local', id: 'jump-time', value: localInput() })
  const content = make('div', { class: 'clock-dialog' },
    make('p', { class: 'time' }, make('span', {}, t('now')), make('strong', { class: 'time-now' }, dateTime(now()))),
    make('h3', {}, t('due')),
    items.length ? make('ul', { id: 'due' }, items.map(dueRow)) : make('p', { class: 'quiet' }, t('nothingDue')),
    make('div', { class: 'steps' },
      button(t('hour'), () => set({ forward: HOUR }), { id: 'plus-hour' }), button(t('day'), () => set({ forward: 24 * HOUR }), { id: 'plus-day' }),
      button(t('week'), () => set({ forward: 168 * HOUR }), { id: 'plus-week' }), button(t('morning'), () => jumpTo(nextMorning()), { id: 'next-morning' })),
    make('div', { class: 'go' }, field(t('goTo'), at), button(t('jump'), () => at.value && jumpTo(new Date(at.value).getTime() / 1000 - 1), { id: 'jump', class: 'primary' })),
    Math.abs(state.clock.offset) >= 1 ? button(t('real'), () => set({ offset: 0 }), { id: 'real-time' }) : null)
  show(t('clock'), content, [[t('close'), '']])
}
