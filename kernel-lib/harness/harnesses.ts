import { AbsentError, InputError } from '../errors.ts'
import type { Harness } from './harness.ts'

/** Harnesses by the names that runners have in a composition. */
const harnesses: Readonly<Record<string, () => Promise<Harness>>> = {
  exec: async () => (await import('./exec/exec.ts')).execHarness(),
  sim: async () => (await import('./sim/sim.ts')).simHarness(),
  docker: async () => (await import('./docker/docker.ts')).dockerHarness(),
}

/** Every harness that there is. */
export async function allHarnesses(): Promise<readonly Harness[]> {
  return Promise.all(Object.values(harnesses).map((open) => open()))
}

/** Names that `--runner` and a composition may give, Testground's included. */
const known = ['sim', 'exec', 'docker', 'local:exec', 'local:docker']

/**
 * The harness that a runner name means; `local:exec` and `local:docker` mean ours.
 *
 * @throws AbsentError for a runner that is known and not to be had here, InputError for another name.
 */
export async function harnessOf(runner: string): Promise<Harness> {
  const open = harnesses[runner.replace(/^local:/, '')]
  if (open !== undefined) return open()
  if (runner.startsWith('cluster:'))
    throw new AbsentError(`runner "${runner}": there is no cluster to run on; write --runner exec`)
  throw new InputError(`runner "${runner}" is unknown; write one of ${known.join(', ')}`)
}
