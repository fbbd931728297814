import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'

const delimiter = Buffer.from('<IDS|MSG>')

/** A message of Jupyter's protocol 5. */
export interface JupyterMessage {
  /** Frames that route a reply to whoever asked. */
  readonly identities: readonly Buffer[]
  readonly header: { readonly msg_type: string; readonly session: string; readonly username: string }
  readonly content: Record<string, unknown>
}

/** Reads a message from its frames. Throws where its signature is not that of the connection's key. */
export function readMessage(frames: readonly Buffer[], key: string): JupyterMessage {
  const start = frames.findIndex((frame) => frame.equals(delimiter))
  const [signature, ...parts] = frames.slice(start + 1)
  const [header, , , content] = parts
  if (start === -1 || signature === undefined || header === undefined || content === undefined)
    throw new Error('jupyter: a message without delimiter or parts')
  const expected = Buffer.from(sign(parts.slice(0, 4), key))
  if (key !== '' && (signature.length !== expected.length || !timingSafeEqual(signature, expected)))
    throw new Error('jupyter: a message whose signature is wrong')
  return {
    identities: frames.slice(0, start),
    header: JSON.parse(header.toString()),
    content: JSON.parse(content.toString()),
  }
}

/** What is to be sent, about which message. */
export interface Answer {
  readonly type: string
  readonly content: object
  readonly parent: JupyterMessage
}

/** The frames of a message; `identities` are the asker's on a socket for replies, the topic where all listen. */
export function writeMessage({ type, content, parent }: Answer, identities: readonly Buffer[], key: string): Buffer[] {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    session: parent.header.session,
    username: parent.header.username,
    date: new Date().toISOString(),
    version: '5.3',
  }
  const parts = [header, parent.header, {}, content].map((part) => Buffer.from(JSON.stringify(part)))
  return [...identities, delimiter, Buffer.from(sign(parts, key)), ...parts]
}

function sign(parts: readonly Buffer[], key: string): string {
  if (key === '') return ''
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest('hex')
}
