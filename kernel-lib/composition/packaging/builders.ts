import { unknownName } from '../problems.ts'

/** Builders by name, each with the runners that can use what it makes. */
const builders: Readonly<Record<string, readonly string[]>> = {
  'exec:node': ['sim', 'exec', 'docker'],
  'exec:go': ['exec', 'docker'],
  'docker:generic': ['docker'],
  'docker:go': ['docker'],
  'docker:node': ['docker'],
}

/** Names of all builders that a composition may name. */
export const builderNames: readonly string[] = Object.keys(builders)

/** Builder of a plan that brings its program. */
export const programBuilder = 'exec:node'

/** Names of the builders whose artifacts a runner can use; none for a runner that is not ours. */
export function buildersFor(runner: string): readonly string[] {
  return builderNames.filter((name) => builders[name]?.includes(runner))
}

/** What to say of a builder that there is none of. */
export function unknownBuilder(name: string): ReturnType<typeof unknownName> {
  return unknownName(`builder "${name}"`, name, { names: builderNames, of: 'builders' })
}
