import type { Member } from '../../instances/members.ts'

const longest = 63

/** A name of its own for every instance's host, by the instance's seq: `<group>-<index>` in what host names may hold, told apart by seq where two would be the same. */
export function hostnamesOf(members: readonly Member[]): ReadonlyMap<number, string> {
  const taken = new Set<string>()
  return new Map(
    members.map(({ group, index, seq }) => {
      const plain = nameOf(group.id, `-${index}`)
      const name = taken.has(plain) ? nameOf(group.id, `-${index}-${seq}`) : plain
      taken.add(name)
      return [seq, name]
    }),
  )
}

function nameOf(group: string, ending: string): string {
  const begin = group.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+/, '') || 'instance'
  return `${begin.slice(0, longest - ending.length)}${ending}`
}
