import { canonicalJson } from '../../composition/hash.ts'
import { programBuilder } from '../../composition/packaging/builders.ts'
import type { Build } from '../../composition/packaging/packaging.ts'
import type { RunSpec } from '../../composition/spec.ts'
import { sha256Of } from '../build/digest.ts'
import { goProgram } from '../build/go/program.ts'
import { speaksRedis } from '../build/go/sdk.ts'
import type { PrepareOptions } from '../harness.ts'
import type { CommandLine } from '../machine/own.ts'
import { programCommand, programFile } from '../machine/program.ts'

/** A program of this machine that instances are processes of. */
export interface Artifact {
  readonly builder: string
  readonly command: CommandLine
  /** Hex. */
  readonly sha256: string
  /** Version of Testground's sdk-go in it, or null. */
  readonly sdk: string | null
  /** Whether it keeps its sync state in a Redis, past the sync service. */
  readonly redis: boolean
  /** Whether it may open ports on every address, as that SDK does. */
  readonly opensPorts: boolean
}

/**
 * The program of every group, by its id; one that several share is made once.
 *
 * @throws AbsentError where a builder lacks something, InputError where the sources cannot be built.
 */
export async function artifactsOf(
  { groups }: RunSpec,
  options: PrepareOptions,
): Promise<ReadonlyMap<string, Artifact>> {
  const made = new Map<string, Artifact>()
  const artifacts = new Map<string, Artifact>()
  for (const { id } of groups) {
    const packed = options.packaging.groups[id]
    if (packed === undefined) throw new Error(`group ${id} has no packaging`)
    const { resources, ...build } = packed
    const key = canonicalJson(build)
    const artifact = made.get(key) ?? (await artifactOf(build, options))
    made.set(key, artifact)
    artifacts.set(id, artifact)
  }
  return artifacts
}

async function artifactOf(build: Build, options: PrepareOptions): Promise<Artifact> {
  const { builder, config } = build
  if (builder === 'exec:go') {
    const { file, sha256, sdk } = await goProgram(build, options)
    const redis = typeof config.redis === 'boolean' ? config.redis : speaksRedis(sdk)
    return { builder, command: { command: file, args: [] }, sha256, sdk, redis, opensPorts: true }
  }
  const file = programFile(options.plan)
  if (file === null) throw new Error(`plan ${options.plan.manifest.name} brings no program`)
  return {
    builder: builder ?? programBuilder,
    command: programCommand(file),
    sha256: await sha256Of(file),
    sdk: null,
    redis: config.redis === true,
    opensPorts: false,
  }
}
