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

/** An answer in words of a notebook's own; `unknown` where the data could not tell. In a cell it shows itself, and a page shows it under its question. */
export function answerInWords(text: string, { unknown = false }: { readonly unknown?: boolean } = {}): Answer {
  return showing({ schema: 'hoplab/answer/1', text, unknown })
}
