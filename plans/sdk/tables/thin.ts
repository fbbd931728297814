import type { Random } from '../random.ts'

/** The share `fill` of a table's entries (above 0, up to 1; on average where it is no whole number of them), drawn at random, in their order: what a table that could hold all of them holds. With `fill` 1 nothing is drawn. */
export function thinned(table: Uint32Array, fill: number, random: Random): Uint32Array {
  if (fill === 1) return table
  const wanted = fill * table.length
  const count = Math.floor(wanted) + (random.float() < wanted % 1 ? 1 : 0)
  const places = Array.from(table, (_, place) => place)
  const kept = random.shuffle(places).slice(0, count)
  return Uint32Array.from(
    kept.sort((a, b) => a - b),
    (place) => table[place] as number,
  )
}
