/** An answer in one sentence; in a cell it shows itself. */
export interface Answer {
  readonly schema: 'hoplab/answer/1'
  readonly text: string
  /** Whether the data could not tell. */
  readonly unknown: boolean
}

/** Adds what a notebook asks a value for when it shows it; not enumerable, so that JSON and equality see the answer alone. */
export function showing(answer: Answer): Answer {
  const bundle = () => ({
    'application/vnd.hoplab.answer+json': { ...answer },
    'text/plain': answer.text,
    'text/html': `<p>${answer.text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</p>`,
  })
  return Object.defineProperty({ ...answer }, Symbol.for('Jupyter.display'), { value: bundle })
}
