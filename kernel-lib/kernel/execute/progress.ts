import type { DisplayContent } from '../cells/message.ts'
import type { NotebookEvent } from './execute.ts'

const cardType = 'application/vnd.hoplab.run+json'
/** A cell that takes longer is told of when it starts to, not only when it ends. */
const quietMs = 1_000
/** A live card is told of at most this often. */
const cardIntervalMs = 1_000

/** Tells a notebook's execution in lines: each cell with its time, and what run cards say as it changes. */
export function tellProgress(line: (text: string) => void, now: () => number): (event: NotebookEvent) => void {
  let started = 0
  let announce: NodeJS.Timeout | undefined
  const card = tellCards(line, now)
  return (event) => {
    if (event.kind === 'output') {
      const { message } = event
      if (message.type === 'display_data' || message.type === 'update_display_data') card(message.content)
      return
    }
    const name = `cell ${String(event.cell).padStart(String(event.of).length)} of ${event.of}`
    clearTimeout(announce)
    if (event.kind === 'started') {
      started = now()
      announce = setTimeout(() => line(`${name}   runs…   ${firstLine(event.source)}`), quietMs)
    } else line(`${name}  ${seconds(now() - started)}   ${firstLine(event.source)}`)
  }
}

/** Prints the lines of a run's card that it has not said before. */
function tellCards(line: (text: string) => void, now: () => number): (content: DisplayContent) => void {
  const said = new Map<string, { lines: ReadonlySet<string>; atMs: number }>()
  return ({ data, transient }) => {
    const card = data[cardType] as { record?: unknown } | undefined
    const text = data['text/plain']
    if (card === undefined || typeof text !== 'string') return
    const id = transient.display_id ?? ''
    const before = said.get(id)
    const over = card.record !== null && card.record !== undefined
    if (before !== undefined && !over && now() - before.atMs < cardIntervalMs) return
    const lines = text.split('\n').filter((one) => one.trim() !== '')
    for (const one of lines) if (!before?.lines.has(timeless(one))) line(`  ${one}`)
    said.set(id, { lines: new Set(lines.map(timeless)), atMs: now() })
  }
}

/** A line without its times: that a clock went on is no news. */
function timeless(line: string): string {
  return line.replace(/\d+(\.\d+)? (ms|s|min|h)\b/g, '')
}

function firstLine(source: string): string {
  const lines = source.split('\n').map((line) => line.trim())
  const line = lines.find((one) => one !== '' && !one.startsWith('import ') && !one.startsWith('//')) ?? lines[0] ?? ''
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`.padStart(8)
}
