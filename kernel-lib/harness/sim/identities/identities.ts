import { createHash } from 'node:crypto'
import { identitiesFile } from '@hoplab/sdk'
import { nodeCount } from '../../../composition/groups.ts'
import { sha256Of } from '../../build/digest.ts'
import type { Plan } from '../../harness.ts'
import type { SessionFacts } from '../../instances/environment.ts'
import type { Keeper } from '../../machine/keep.ts'
import { fileOf } from '../../machine/program.ts'
import { makeIdentities } from './make.ts'
import { type Identities, openShelf } from './shelf.ts'

/** For whom identities are wanted. */
interface Wanting {
  readonly plan: Plan
  readonly facts: SessionFacts
  readonly keeper: Keeper
  readonly signal: AbortSignal
  /** Told how many nodes of how many have an identity. */
  readonly onMade: (made: number, of: number) => void
}

/** Variables of the launcher that the program may see. */
const passedOn = ['PATH', 'HOME'] as const

/**
 * The identities of all nodes of a network that begins warm: kept ones, or those that the plan's program makes now, on the machine's time. They are kept by the seed, the
 * number of nodes, the derivation and the program's text.
 *
 * @returns Null where the network begins cold.
 * @throws AbsentError where they cannot be made, the signal's reason where that ends it.
 */
export async function identitiesOf({ plan, facts, keeper, signal, onMade }: Wanting): Promise<Identities | null> {
  const { spec, run, folder, temp } = facts
  const { name, identities } = plan.manifest
  if (spec.start === null || identities === null) return null
  const program = fileOf(plan, identities)
  const size = nodeCount(spec)
  const { seed } = spec
  const shelf = await openShelf(run)
  const key = keyOf([name, identitiesFile.schema, await sha256Of(program), seed, size])
  const kept = await shelf.find(key)
  if (kept !== null) return kept
  const own = Object.fromEntries(passedOn.flatMap((one) => (process.env[one] ? [[one, process.env[one]]] : [])))
  const env = { ...own, TZ: 'UTC', LANG: 'C', TMPDIR: temp, TEST_RUN: run }
  onMade(0, size)
  return shelf.add(key, (file) =>
    makeIdentities(file, {
      program,
      seed,
      size,
      keeper,
      folder,
      temp,
      env,
      signal,
      onMade: (made) => onMade(made, size),
    }),
  )
}

/** Digits enough that no two are alike. */
const keyDigits = 32

function keyOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, keyDigits)
}
