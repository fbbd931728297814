import { join } from 'node:path'
import type { Composition } from '../../../kernel-lib/composition/composition.ts'
import { type Experiment, prepare } from '../../../kernel-lib/run/experiment.ts'
import { freshFolder } from './fresh-folder.ts'

const root = join(import.meta.dirname, '../../fixtures')

/** The workspace whose plans are the fixtures. */
export const fixtures = { root, commands: [], plans: [join(root, 'plans')], observers: [] }

/** An experiment on one of the fixture plans. */
export function experimentOf(composition: Composition): Promise<Experiment> {
  return prepare(composition, { workspace: fixtures })
}

/** A folder for runs that is the test's alone. */
export function freshRuns(): string {
  return join(freshFolder(), 'runs')
}
