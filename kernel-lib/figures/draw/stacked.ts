import type { Drawing } from './drawing.ts'

/** Drawings of one width, one below the other. */
export function stacked(drawings: readonly Drawing[]): Drawing {
  let height = 0
  const parts = drawings.map((drawing) => {
    const part = `<g transform="translate(0,${height})">${drawing.body}</g>`
    height += drawing.height
    return part
  })
  return { width: drawings[0]?.width ?? 0, height, body: parts.join('') }
}
