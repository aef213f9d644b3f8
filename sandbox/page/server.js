// Talking to the sandbox: requests, and the events all windows share.

import { t } from './texts.js'
import { toast } from './dialogs.js'

async function ask(method, path, body) {
  let answer
  try {
    answer = await fetch('/sandbox' + path, { method, body: body && JSON.stringify(body) })
  } catch {
    toast(t('away'))
    throw new Error(`no answer to ${method} ${path}`)
  }
  const found = await answer.json()
  if (!answer.ok) {
    toast(`${t('notSent')}: ${found.error}`)
    throw new Error(found.error)
  }
  return found
}

export const get = (path) => ask('GET', path)
export const post = (path, body = {}) => ask('POST', path, body)
export const put = (path, body = {}) => ask('PUT', path, body)
export const patch = (path, body = {}) => ask('PATCH', path, body)
export const del = (path) => ask('DELETE', path)

/** One connection for all windows where the browser can share it: it allows only six to one server. */
export function listen(heard) {
  if (window.SharedWorker) {
    const worker = new SharedWorker('/page/events.js')
    worker.port.onmessage = (message) => heard(message.data)
    worker.port.start()
    addEventListener('pagehide', () => worker.port.postMessage('closed'))
  } else {
    const source = new EventSource('/sandbox/events')
    source.onopen = () => heard({ event: 'open' })
    source.onmessage = (message) => heard(JSON.parse(message.data))
  }
}
