import { printed } from '../print.ts'
import type { Took } from './way.ts'

/** Lines that compare ways at one size: medians over rounds, of one container, and ours over each. */
export function tableOf(size: number, took: ReadonlyMap<string, readonly Took[]>): readonly string[] {
  const own = took.get('ours')
  const ratio = (all: readonly Took[]): string =>
    own === undefined ? '' : (middle(own, whole) / middle(all, whole)).toFixed(2)
  const each = (all: readonly Took[], part: (one: Took) => number): string => (middle(all, part) / size).toFixed(0)
  const lines = printed(
    [...took],
    [
      { head: 'containers', cell: () => String(size) },
      { head: 'way', cell: ([name]) => name },
      { head: 'up', cell: ([, all]) => each(all, ({ upMs }) => upMs) },
      { head: 'down', cell: ([, all]) => each(all, ({ downMs }) => downMs) },
      { head: 'both', cell: ([, all]) => each(all, whole) },
      { head: 'engine CPU until up', cell: ([, all]) => each(all, ({ cpuMs }) => cpuMs ?? Number.NaN) },
      { head: 'ours/this', cell: ([, all]) => ratio(all) },
    ],
  )
  return [...lines, ...partLines(size, took)]
}

function partLines(size: number, took: ReadonlyMap<string, readonly Took[]>): readonly string[] {
  return [...took].flatMap(([name, all]) => {
    const parts = Object.keys(all[0]?.parts ?? {}).map(
      (part) => `${part} ${(middle(all, (one) => one.parts[part] ?? Number.NaN) / size).toFixed(0)}`,
    )
    return parts.length === 0 ? [] : [`  of ${name}: ${parts.join(', ')}`]
  })
}

const whole = ({ upMs, downMs }: Took): number => upMs + downMs

function middle(all: readonly Took[], part: (one: Took) => number): number {
  const sorted = all.map(part).sort((a, b) => a - b)
  const half = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]]
  return (low + high) / 2
}
