// Toasts, alerts, dialogs and menus.

import { $, make } from './elements.js'
import { t } from './texts.js'

const TOAST_SECONDS = 5

export function toast(text) {
  const one = make('div', { class: 'toast' }, text)
  $('toasts').append(one)
  setTimeout(() => one.remove(), TOAST_SECONDS * 1000)
}

/** Opens the dialog with a title and content; resolves with the pressed button's value, or '' when closed. */
export function show(title, content, buttons) {
  const dialog = $('dialog')
  if (dialog.open) dialog.close()
  const actions = buttons.map(([label, value, kind]) => make('button', { class: kind ?? 'plain', value, 'data-value': value }, label))
  const form = make('form', { method: 'dialog' }, make('h2', { id: 'dialog-title' }, title), content, make('div', { class: 'actions' }, actions))
  dialog.replaceChildren(form)
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((resolve) => { dialog.onclose = () => resolve(dialog.returnValue) })
}

export const alertBox = (text) => show('', make('p', { class: 'alert-text' }, text), [[t('ok'), 'ok', 'primary']])

export const close = () => $('dialog').close()

/** A menu below an element: pairs of label and what to do, falsy ones are left out. */
export function openMenu(anchor, items) {
  const menu = $('menu')
  const entries = items.filter(Boolean).map(([label, action, kind]) =>
    make('button', { role: 'menuitem', type: 'button', class: kind, onclick: () => { menu.hidePopover(); action() } }, label))
  menu.replaceChildren(...entries)
  menu.showPopover()
  place(menu, anchor.getBoundingClientRect())
  entries[0]?.focus()
  menu.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const at = entries.indexOf(document.activeElement)
    entries[(at + step + entries.length) % entries.length].focus()
  }
  menu.ontoggle = (event) => { if (event.newState === 'closed' && menu.contains(document.activeElement)) anchor.focus() }
}

function place(menu, spot) {
  const { width, height } = menu.getBoundingClientRect()
  const below = spot.bottom + 4
  menu.style.left = `${Math.max(8, Math.min(spot.left, innerWidth - width - 8))}px`
  menu.style.top = `${below + height > innerHeight - 8 ? Math.max(8, spot.top - height - 4) : below}px`
}

export function field(label, input) {
  return make('label', { class: 'field' }, make('span', {}, label), input)
}
