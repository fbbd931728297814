import type { Unit } from '../../instances/unit.ts'

/** Instances that share a container, all of one image. */
export interface Share {
  readonly number: number
  readonly units: readonly Unit[]
}

/** Shares instances out over containers, in their order: at most so many in each, what is of one image together, and containers of one image as equal as can be. `images` is by group. */
export function sharesOf(
  units: readonly Unit[],
  images: ReadonlyMap<string, { readonly id: string }>,
  perContainer: number,
): readonly Share[] {
  const ids = units.map(({ witnesses: [one] }) => images.get(one?.instance.group ?? '')?.id)
  const shares = [...new Set(ids)].flatMap((id) => {
    const alike = units.filter((_, at) => ids[at] === id)
    const size = Math.ceil(alike.length / Math.ceil(alike.length / perContainer))
    return Array.from({ length: Math.ceil(alike.length / size) }, (_, at) => alike.slice(at * size, (at + 1) * size))
  })
  return shares.map((held, number) => ({ number, units: held }))
}
