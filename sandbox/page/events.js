// A shared worker: one connection to the sandbox's events for all windows.

const ports = new Set()
const tell = (event) => ports.forEach((port) => port.postMessage(event))
const source = new EventSource('/sandbox/events')
source.onopen = () => tell({ event: 'open' })
source.onmessage = (message) => tell(JSON.parse(message.data))

onconnect = (connection) => {
  const port = connection.ports[0]
  ports.add(port)
  port.onmessage = () => ports.delete(port)
  port.start()
  if (source.readyState === EventSource.OPEN) port.postMessage({ event: 'open' })
}
