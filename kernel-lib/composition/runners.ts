import { suggest } from './nearest.ts'

const ours: Readonly<Record<string, string>> = { 'local:exec': 'exec', 'local:docker': 'docker' }
const names = ['exec', 'docker', 'sim']

/** Our name of a runner: `local:exec` is `exec`, `local:docker` is `docker`; `cluster:*` stays and is refused when it is run. Null for an unknown one. */
export function runnerName(name: string): string | null {
  if (names.includes(name) || name.startsWith('cluster:')) return name
  return ours[name] ?? null
}

/** What to say of a runner that `runnerName` does not know. */
export function unknownRunner(name: string): string {
  return `unknown runner "${name}"; ${suggest(name, [...names, ...Object.keys(ours)], 'there are')}, cluster:*`
}
