// The page's own words in both languages; what bot and people write is never touched.

const TEXTS = {
  de: {
    chats: 'Chats', people: 'Personen', groups: 'Gruppen', newPerson: 'Neue Person', search: 'Suchen', newGroup: 'Neue Gruppe',
    more: 'Mehr', chat: 'Chat', chooseSomebody: 'Wählen Sie links eine Person oder legen Sie eine neue an.',
    back: 'Zurück zur Liste', as: 'als', chatMenu: 'Chatmenü', topics: 'Themen', messages: 'Nachrichten',
    typing: 'schreibt …', toEnd: 'Zum Ende', commands: 'Befehle', cancel: 'Abbrechen', menu: 'Menü',
    attach: 'Datei anhängen', message: 'Nachricht', keyboard: 'Antworttasten', send: 'Senden',
    start: 'STARTEN', unblock: 'BOT ENTSPERREN', join: 'GRUPPE BEITRETEN', bot: 'Bot', edited: 'bearbeitet',
    you: 'Sie', members: (n) => `${n} Mitglieder`, unread: 'ungelesen',
    blocked: 'blockiert', notStarted: 'noch nicht gestartet', noMessages: 'noch keine Nachrichten',
    name: 'Vorname', lastName: 'Nachname', language: 'Sprache', code: 'Startcode oder Link (freiwillig)',
    create: 'Anlegen', title: 'Titel', supergroup: 'Supergruppe', withTopics: 'mit Themen',
    botAdmin: 'Bot ist Administrator', de: 'Deutsch', en: 'Englisch', other: 'Türkisch',
    block: 'Bot blockieren', unblockItem: 'Bot entsperren', window: 'In eigenem Fenster öffnen',
    startAgain: 'Startlink öffnen …', reply: 'Antworten', edit: 'Bearbeiten', copy: 'Text kopieren',
    sticker: 'Sticker senden', location: 'Standort senden', whatCan: 'Was kann dieser Bot?',
    shareTitle: 'Telefonnummer teilen?', shareText: (number) => `Der Bot erhält ${number}.`, share: 'Teilen',
    photo: 'Foto', document: 'Datei', contact: 'Kontakt', place: 'Standort', poll: 'Umfrage',
    clock: 'Uhr', now: 'Jetzt im Sandkasten', due: 'Als Nächstes fällig', nothingDue: 'Nichts vorgemerkt.',
    jump: 'Springen', hour: '+1 Stunde', day: '+1 Tag', week: '+1 Woche', morning: 'Nächster Tag, 08:00',
    goTo: 'Zu einem Zeitpunkt', real: 'Zurück zur echten Zeit', close: 'Schließen', ok: 'OK',
    next: (what, when) => `${when}: ${what}`, violations: (n) => (n === 1 ? '1 Verstoß des Bots' : `${n} Verstöße des Bots`),
    violationsTitle: 'Was der Bot falsch gemacht hat', forget: 'Liste leeren', today: 'Heute', yesterday: 'Gestern',
    switchLanguage: 'English', dark: 'Dunkles Design', light: 'Helles Design', download: 'Herunterladen',
    joined: (who, whom) => (who === whom ? `${who} ist der Gruppe beigetreten` : `${who} hat ${whom} hinzugefügt`),
    left: (who) => `${who} hat die Gruppe verlassen`, pinnedNote: (who) => `${who} hat eine Nachricht angeheftet`,
    migrated: 'Die Gruppe ist jetzt eine Supergruppe', topicMade: (name) => `Thema „${name}“ erstellt`,
    titled: (title) => `Die Gruppe heißt jetzt „${title}“`, leave: 'Gruppe verlassen', migrate: 'Zur Supergruppe machen',
    all: 'Alle', reacted: 'Reaktion', forwarded: 'Weitergeleitet von', via: 'über', pinned: 'Angeheftet',
    notSent: 'Das ging nicht', away: 'Der Sandkasten antwortet nicht', options: 'Weitere Möglichkeiten',
    question: 'Frage', answers: 'Antworten, eine je Zeile', severalAnswers: 'mehrere Antworten', firstIsRight: 'Die erste Antwort ist die richtige.',
    askPoll: 'Umfrage senden …', quiz: 'Quiz', anonymousPoll: 'anonyme Umfrage', openPoll: 'Umfrage', pollClosed: 'beendet',
    votes: (n) => (n === 1 ? '1 Stimme' : `${n} Stimmen`), audio: 'Aufnahme', video: 'Film',
    unsupported: 'Nachricht', opens: (url) => `Link öffnen: ${url}`, copied: 'Kopiert',
  },
  en: {
    chats: 'Chats', people: 'People', groups: 'Groups', newPerson: 'New person', search: 'Search', newGroup: 'New group',
    more: 'More', chat: 'Chat', chooseSomebody: 'Choose somebody on the left or add a new person.',
    back: 'Back to the list', as: 'as', chatMenu: 'Chat menu', topics: 'Topics', messages: 'Messages',
    typing: 'is typing …', toEnd: 'To the end', commands: 'Commands', cancel: 'Cancel', menu: 'Menu',
    attach: 'Attach a file', message: 'Message', keyboard: 'Reply keyboard', send: 'Send',
    start: 'START', unblock: 'UNBLOCK BOT', join: 'JOIN GROUP', bot: 'bot', edited: 'edited',
    you: 'You', members: (n) => `${n} members`, unread: 'unread',
    blocked: 'blocked', notStarted: 'not started yet', noMessages: 'no messages yet',
    name: 'First name', lastName: 'Last name', language: 'Language', code: 'Start code or link (optional)',
    create: 'Create', title: 'Title', supergroup: 'Supergroup', withTopics: 'with topics',
    botAdmin: 'Bot is administrator', de: 'German', en: 'English', other: 'Turkish',
    block: 'Block the bot', unblockItem: 'Unblock the bot', window: 'Open in its own window',
    startAgain: 'Open a start link …', reply: 'Reply', edit: 'Edit', copy: 'Copy text',
    sticker: 'Send a sticker', location: 'Send a location', whatCan: 'What can this bot do?',
    shareTitle: 'Share your phone number?', shareText: (number) => `The bot receives ${number}.`, share: 'Share',
    photo: 'Photo', document: 'File', contact: 'Contact', place: 'Location', poll: 'Poll',
    clock: 'Clock', now: 'Now in the sandbox', due: 'Due next', nothingDue: 'Nothing is planned.',
    jump: 'Jump', hour: '+1 hour', day: '+1 day', week: '+1 week', morning: 'Next day, 08:00',
    goTo: 'To a time', real: 'Back to real time', close: 'Close', ok: 'OK',
    next: (what, when) => `${when}: ${what}`, violations: (n) => (n === 1 ? '1 violation by the bot' : `${n} violations by the bot`),
    violationsTitle: 'What the bot did wrong', forget: 'Clear the list', today: 'Today', yesterday: 'Yesterday',
    switchLanguage: 'Deutsch', dark: 'Dark theme', light: 'Light theme', download: 'Download',
    joined: (who, whom) => (who === whom ? `${who} joined the group` : `${who} added ${whom}`),
    left: (who) => `${who} left the group`, pinnedNote: (who) => `${who} pinned a message`,
    migrated: 'The group is a supergroup now', topicMade: (name) => `Topic “${name}” created`,
    titled: (title) => `The group is now called “${title}”`, leave: 'Leave the group', migrate: 'Make it a supergroup',
    all: 'All', reacted: 'Reaction', forwarded: 'Forwarded from', via: 'via', pinned: 'Pinned',
    notSent: 'That did not work', away: 'The sandbox does not answer', options: 'More options',
    question: 'Question', answers: 'Answers, one a line', severalAnswers: 'several answers', firstIsRight: 'The first answer is the right one.',
    askPoll: 'Send a poll …', quiz: 'Quiz', anonymousPoll: 'anonymous poll', openPoll: 'Poll', pollClosed: 'closed',
    votes: (n) => (n === 1 ? '1 vote' : `${n} votes`), audio: 'Recording', video: 'Film',
    unsupported: 'Message', opens: (url) => `Open link: ${url}`, copied: 'Copied',
  },
}

export let language = localStorage.getItem('language') ?? 'de'

export const t = (key, ...values) => {
  const text = TEXTS[language][key]
  return typeof text === 'function' ? text(...values) : text
}

export function applyTexts(root = document) {
  document.documentElement.lang = language
  for (const one of root.querySelectorAll('[data-text]')) one.textContent = t(one.dataset.text)
  for (const one of root.querySelectorAll('[data-label]')) one.setAttribute('aria-label', t(one.dataset.label))
  for (const one of root.querySelectorAll('button[data-label], a[data-label]')) one.title = t(one.dataset.label)
  for (const one of root.querySelectorAll('[data-placeholder]')) one.placeholder = t(one.dataset.placeholder)
}

export function switchLanguage() {
  language = language === 'de' ? 'en' : 'de'
  localStorage.setItem('language', language)
  applyTexts()
}

const locale = () => (language === 'de' ? 'de-DE' : 'en-GB')
const format = (options) => (seconds) => new Intl.DateTimeFormat(locale(), options).format(new Date(seconds * 1000))

export const clockTime = format({ hour: '2-digit', minute: '2-digit' })
export const shortDate = format({ day: '2-digit', month: '2-digit' })
export const longDate = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
export const dateTime = format({ weekday: 'short', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' })
export const shortDateTime = format({ weekday: 'short', day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' })

/** A time as the format letters of a message ask for it: w weekday, d or D date, t or T time, r relative. */
export function readersTime(unix, letters, now) {
  if (letters === 'r') {
    const minutes = Math.round((unix - now) / 60)
    const [amount, unit] = Math.abs(minutes) < 90 ? [minutes, 'minute']
      : Math.abs(minutes) < 2880 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day']
    return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(amount, unit)
  }
  const options = {}
  if (letters.includes('w')) options.weekday = 'long'
  if (letters.includes('d')) Object.assign(options, { day: '2-digit', month: '2-digit', year: '2-digit' })
  if (letters.includes('D')) Object.assign(options, { day: 'numeric', month: 'long', year: 'numeric' })
  if (/t/i.test(letters)) Object.assign(options, { hour: '2-digit', minute: '2-digit' })
  if (letters.includes('T')) options.second = '2-digit'
  return format(options)(unix)
}
