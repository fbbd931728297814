import type { DecidedDraft, GroupDraft } from '../draft.ts'
import type { Manifest } from '../manifest.ts'
import type { Problem } from '../problems.ts'
import { noBuild, overBuild } from './build.ts'
import { builderNames, buildersFor, programBuilder } from './builders.ts'
import type { Build, GroupPackaging, Settings } from './packaging.ts'

/** What packaging is held against, and where is said what is wrong. */
export interface PackagingContext {
  readonly draft: DecidedDraft
  readonly manifest: Manifest
  readonly problems: Problem[]
  readonly warnings: string[]
}

/** How a group is built: what it says itself, then what its version is built of, then what the composition says of all, then the manifest's settings of its builder. */
export function resolveGroup(group: GroupDraft, context: PackagingContext): GroupPackaging {
  const { draft, manifest } = context
  const version = Object.hasOwn(manifest.builds, group.version) ? manifest.builds[group.version] : undefined
  const said = overBuild(overBuild(group.build, version ?? noBuild), draft.build)
  const builder = resolveBuilder(said.builder, group, context)
  const defaults: Build = { ...noBuild, config: (builder === null ? undefined : manifest.builders[builder]) ?? {} }
  return { ...overBuild(said, defaults), builder, resources: group.resources }
}

/**
 * The builder of a group: the one that is named, else that of a plan that brings its program, else the manifest's default or
 * the first that it declares whose artifacts the runner can use. A plan that declares none and brings its program is
 * packed as it is, whatever is named: compositions of Testground name one always.
 */
function resolveBuilder(named: string | null, { where }: GroupDraft, context: PackagingContext): string | null {
  const { draft, manifest, problems, warnings } = context
  const declared = Object.keys(manifest.builders)
  const offered = manifest.program === null ? declared : [programBuilder, ...declared]
  if (named === null) return defaultBuilder(offered, draft.runner, manifest)
  if (offered.includes(named) || offered.length === 0) return named
  if (declared.length === 0) {
    warnings.push(`${draft.file}: builder ${named} is passed over: plan ${manifest.name} brings its program`)
    return programBuilder
  }
  problems.push({
    where: `${where}.builder`,
    what: `plan ${manifest.name} does not declare "${named}"`,
    allowed: `its builders: ${offered.join(', ')}`,
  })
  return null
}

function defaultBuilder(offered: readonly string[], runner: string, { defaultBuilder }: Manifest): string | null {
  const usable = buildersFor(runner)
  const known = offered.filter((name) => builderNames.includes(name))
  const order = [...known].sort((a, b) => rank(a, defaultBuilder) - rank(b, defaultBuilder))
  return order.find((name) => usable.includes(name)) ?? order[0] ?? null
}

const rank = (name: string, preferred: string | null): number => {
  if (name === programBuilder) return 0
  return name === preferred ? 1 : 2
}

/** Settings of a runner: the composition's over the manifest's, by name. */
export function resolveSettings({ settings, runner }: DecidedDraft, { runners }: Manifest): Settings {
  return { ...runners[runner], ...settings[runner] }
}
