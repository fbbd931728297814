/** An instance of a run: its group and its index in the group, from 0. */
export interface Who {
  readonly group: string
  readonly index: number
}

/** An instance as people read it, `single/3`; also the name of its folder. */
export function whoText(who: Who): string {
  return `${who.group}/${who.index}`
}

/** Which of the instances a URL path `/<group>/<index>` names, or null where it names none of them. */
export function whoOfPath(path: string, instances: readonly Who[]): Who | null {
  const [, group, index, ...rest] = (path.split('?')[0] ?? '').split('/')
  if (group === undefined || index === undefined || rest.length > 0) return null
  const name = decoded(group)
  return instances.find((who) => who.group === name && String(who.index) === index) ?? null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
