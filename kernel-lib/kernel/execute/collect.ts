import type { CellMessage, DisplayContent } from '../cells/message.ts'
import type { CellOutput, MimeBundle } from '../document/notebook.ts'

interface Shown {
  data: MimeBundle
  metadata: MimeBundle
}

/** Puts messages into the outputs of cells, as a notebook front end does. */
export interface Collector {
  add(message: CellMessage, outputs: CellOutput[]): void
}

/** A collector for one notebook: a display that is updated changes wherever it was shown. */
export function createCollector(): Collector {
  const shown = new Map<string, Shown[]>()
  const show = ({ data, metadata, transient }: DisplayContent, outputs: CellOutput[]): void => {
    const output = { output_type: 'display_data' as const, data, metadata }
    outputs.push(output)
    const id = transient.display_id
    if (id !== undefined) shown.set(id, [...(shown.get(id) ?? []), output])
  }
  const update = ({ data, metadata, transient }: DisplayContent): void => {
    for (const output of shown.get(transient.display_id ?? '') ?? []) Object.assign(output, { data, metadata })
  }
  return {
    add(message, outputs) {
      if (message.type === 'stream') print(message.content, outputs)
      else if (message.type === 'display_data') show(message.content, outputs)
      else if (message.type === 'update_display_data') update(message.content)
      else if (message.type === 'execute_result') outputs.push({ output_type: 'execute_result', ...message.content })
      else if (message.type === 'error') outputs.push({ output_type: 'error', ...message.content })
    },
  }
}

function print({ name, text }: { name: 'stdout' | 'stderr'; text: string }, outputs: CellOutput[]): void {
  const last = outputs.at(-1)
  if (last?.output_type === 'stream' && last.name === name) last.text += text
  else outputs.push({ output_type: 'stream', name, text })
}
