// New people and groups, and start links.

import { send, startCode, start } from './deeds.js'
import { field, show } from './dialogs.js'
import { $, fullName, make } from './elements.js'
import { post } from './server.js'
import { address, state } from './state.js'
import { language, t } from './texts.js'

const FIRST = 'Anna Bernd Clara Deniz Eva Farid Greta Hannes Ines Jonas Katrin Lukas Maria Niklas Olga Paul Rosa Selim Tanja Ulf Vera Wim Yasmin Zoe'.split(' ')
const LAST = 'Adler Brandt Conrads Demir Esser Franken Giesen Heyer Imhoff Janssen Kamp Lenders Minten Nolte Oymann Peters Rademacher Stappen Tillmanns Ulrich Voss Weyers'.split(' ')
const any = (list) => list[Math.floor(Math.random() * list.length)]

const select = (id, options, value) => {
  const element = make('select', { id }, options.map(([key, label]) => make('option', { value: key }, label)))
  element.value = value
  return element
}

export async function newPerson(code = '') {
  const first = make('input', { id: 'first-name', required: true, value: any(FIRST), maxlength: 64 })
  const last = make('input', { id: 'last-name', value: any(LAST), maxlength: 64 })
  const tongue = select('language', [['de', t('de')], ['en', t('en')], ['tr', t('other')]], language)
  const link = make('input', { id: 'start-code', value: code })
  const content = make('div', { class: 'fields' }, field(t('name'), first), field(t('lastName'), last), field(t('language'), tongue), field(t('code'), link))
  const choice = await show(t('newPerson'), content, [[t('cancel'), ''], [t('create'), 'create', 'primary']])
  if (choice !== 'create' || !first.value.trim()) return
  const user = await post('/people', { first_name: first.value.trim(), last_name: last.value.trim() || null, language_code: tongue.value })
  location.hash = address(user.id)
  const wanted = link.value.trim()
  if (wanted) await start(startCode(wanted) ?? wanted, user.id)
}

export async function newGroup() {
  const title = make('input', { id: 'group-title', required: true, value: 'Klimagruppe', maxlength: 128 })
  const check = (id, label, on = false) => make('label', { class: 'check' }, make('input', { type: 'checkbox', id, checked: on }), label)
  const people = state.people.map(({ user }) => check(`member-${user.id}`, fullName(user), user.id === state.me))
  const content = make('div', { class: 'fields' }, field(t('title'), title), make('fieldset', {}, make('legend', {}, t('people')), people),
    check('group-super', t('supergroup')), check('group-topics', t('withTopics')), check('group-admin', t('botAdmin')))
  const choice = await show(t('newGroup'), content, [[t('cancel'), ''], [t('create'), 'create', 'primary']])
  const members = state.people.map(({ user }) => user.id).filter((id) => content.querySelector(`#member-${id}`).checked)
  if (choice !== 'create' || !members.length) return
  const on = (id) => content.querySelector(`#${id}`).checked
  const kind = on('group-super') || on('group-topics') ? 'supergroup' : 'group'
  const bot = on('group-admin') ? 'administrator' : 'member'
  const chat = await post('/groups', { title: title.value, members, kind, topics: on('group-topics'), bot })
  location.hash = address(members[0], chat.id)
}

export async function openStartLink() {
  const link = make('input', { id: 'start-code', required: true })
  const choice = await show(t('startAgain'), make('div', { class: 'fields' }, field(t('code'), link)), [[t('cancel'), ''], [t('ok'), 'ok', 'primary']])
  if (choice === 'ok') await start(startCode(link.value.trim()) ?? link.value.trim())
}

/** A poll of one's own: the question and one answer a line. */
export async function newPoll(type = '') {
  const question = make('input', { id: 'poll-question', required: true, maxlength: 300 })
  const options = make('textarea', { id: 'poll-options', required: true, rows: 4 })
  const check = (id, label) => make('label', { class: 'check' }, make('input', { type: 'checkbox', id }), label)
  const content = make('div', { class: 'fields' }, field(t('question'), question), field(t('answers'), options),
    type === 'quiz' ? make('p', { class: 'quiet' }, t('firstIsRight')) : check('poll-several', t('severalAnswers')))
  const choice = await show(t(type === 'quiz' ? 'quiz' : 'poll'), content, [[t('cancel'), ''], [t('send'), 'send', 'primary']])
  if (choice !== 'send') return
  const right = type === 'quiz' ? { type, correct_option_ids: [0] } : { allows_multiple_answers: content.querySelector('#poll-several').checked }
  await send({ poll: { question: question.value, options: options.value.split('\n').filter((one) => one.trim()), is_anonymous: false, ...right } })
}
