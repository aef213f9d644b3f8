// Making elements. Text goes in as text; the only HTML taken over is what the sandbox has escaped and rendered.

export const $ = (id) => document.getElementById(id)

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'rendered') element.innerHTML = value
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value != null) element.setAttribute(name, value)
  }
  element.append(...children.flat().filter((child) => child != null && child !== false))
  return element
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `#i-${name}`)
  svg.setAttribute('aria-hidden', 'true')
  svg.append(use)
  return svg
}

export const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(' ')

const initials = (name) => {
  const words = name.split(/\s+/).filter((word) => /\p{L}|\p{N}/u.test(word))
  return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '').join('').toUpperCase()
}

export function paintAvatar(element, id, name) {
  element.className = `avatar c${Math.abs(id) % 7}`
  element.textContent = initials(name)
}

export function avatar(id, name) {
  const element = make('span', { 'aria-hidden': 'true' })
  paintAvatar(element, id, name)
  return element
}

export const size = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`)
