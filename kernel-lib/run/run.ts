import { ulid } from 'ulid'
import { specHash } from '../composition/hash.ts'
import type { Packaging } from '../composition/packaging/packaging.ts'
import type { RunSpec } from '../composition/spec.ts'
import { AbsentError, InputError } from '../errors.ts'
import type { Harness, Instance, Plan, Session } from '../harness/harness.ts'
import { harnessOf } from '../harness/harnesses.ts'
import { listArtifacts } from './artifacts.ts'
import { cellSignal } from './cell-signal.ts'
import type { Experiment } from './experiment.ts'
import { finish, makeRunFolder } from './folder.ts'
import { judge, worstOf } from './judge.ts'
import { watchLease } from './lease.ts'
import { type LiveRun, writeLive } from './live.ts'
import { thisMachine } from './machine.ts'
import { type Audience, audience, type Observer } from './observer.ts'
import { thisOwner } from './owner.ts'
import { cellCard } from './progress/card.ts'
import type { Artifact, InstanceRecord, RunRecord } from './record.ts'
import { runsFolderOf } from './runs-folder.ts'
import { abandon, settle } from './settle.ts'
import { saidUnwritable } from './unwritable.ts'
import { versionsOf } from './versions.ts'

export interface RunOptions {
  /** Which of the experiment's specs, from 0. Default 0. */
  readonly repetition?: number
  /** Default: the one that the composition's runner names. */
  readonly harness?: Harness
  /** Default: as `runsFolderOf` tells. */
  readonly runsFolder?: string
  /** Told of what happens. In a notebook cell the run card is added to them. */
  readonly observers?: readonly Observer[]
  /** Ends the run; what had not ended is judged canceled. Default in a notebook: the interruption of the cell. */
  readonly signal?: AbortSignal
  /** Count sync events alone. Default false. */
  readonly strict?: boolean
}

interface Job {
  readonly plan: Plan
  readonly packaging: Packaging
  readonly harness: Harness
  readonly live: LiveRun
  readonly folder: string
  readonly hall: Audience
  readonly signal: AbortSignal
}

/**
 * Runs an experiment once: starts its instances, waits for them, and writes the record of how they ended.
 *
 * @returns The record, which also stands in `<runsFolder>/<run id>/record.json`. An instance that fails is an outcome in it, not an exception.
 * @throws InputError where the harness cannot give what the composition asks for, AbsentError where this machine lacks something.
 */
export async function run(experiment: Experiment, options: RunOptions = {}): Promise<RunRecord> {
  const { signal = cellSignal(), repetition = 0, runsFolder = runsFolderOf(), observers = [], strict = false } = options
  const { plan, runner, source } = experiment
  const spec = experiment.specs[repetition]
  const packaging = experiment.packaging[repetition]
  if (spec === undefined || packaging === undefined)
    throw new InputError(
      `repetition ${repetition}: there are ${experiment.specs.length}; write 0 to ${experiment.specs.length - 1}`,
    )
  const harness = options.harness ?? (await harnessOf(runner))
  await settle(runsFolder)
  const hall = audience([...observers, ...cellCard()])
  await demand(harness, spec, { plan, packaging, signal: signal ?? new AbortController().signal, hall })
  const live = liveRun(spec, { plan, harness: harness.name, strict })
  const folder = await makeRunFolder(runsFolder, live, { composition: source, plan: plan.folder })
  const { run: id, specHash: hash, startedMs } = live
  hall.tell({
    kind: 'run-started',
    atMs: startedMs,
    run: id,
    folder,
    harness: harness.name,
    spec,
    specHash: hash,
    source,
  })
  const lease = watchLease(folder, signal)
  try {
    return await carryOut({ plan, packaging, harness, live, folder, hall, signal: lease.signal })
  } catch (error) {
    const record = await abandon(folder, live, `hoplab failed: ${(error as Error).message}`).catch(() => null)
    if (record !== null) hall.tell({ kind: 'run-ended', atMs: record.endedMs, record, folder })
    throw saidUnwritable(error, runsFolder)
  } finally {
    lease.end()
    await hall.heard()
  }
}

async function demand(
  harness: Harness,
  spec: RunSpec,
  { plan, packaging, signal, hall }: Pick<Job, 'plan' | 'packaging' | 'signal' | 'hall'>,
): Promise<void> {
  const refused = harness.refuse(spec, plan, packaging)
  if (refused.length > 0)
    throw new InputError([`${harness.name} cannot run this:`, ...refused.map((line) => `  ${line}`)].join('\n'))
  const missing = await harness.check()
  if (missing.length > 0)
    throw new AbsentError(missing.map((one) => `${harness.name} needs ${one.missing}: ${one.fix}`).join('\n'))
  const onNotice = noticesTo(hall)
  await harness.prepare(spec, { plan, packaging, signal, onNotice }).finally(() => hall.heard())
}

function noticesTo(hall: Audience): (text: string) => void {
  return (text) => hall.tell({ kind: 'notice', atMs: Date.now(), text })
}

function liveRun(spec: RunSpec, { plan, harness, strict }: { plan: Plan; harness: string; strict: boolean }): LiveRun {
  return {
    schema: 'hoplab/live/1',
    run: ulid(),
    spec,
    specHash: specHash(spec),
    harness,
    strict,
    startedMs: Date.now(),
    owner: thisOwner(),
    placement: null,
    versions: versionsOf(plan),
    machine: thisMachine(),
  }
}

async function carryOut(job: Job): Promise<RunRecord> {
  const { plan, packaging, harness, live, folder, hall, signal } = job
  const session = await harness.open(live.spec, {
    run: live.run,
    plan,
    packaging,
    folder,
    signal,
    onEvent: ({ group, index, atMs, event }) => hall.tell({ ...event, group, index, atMs }),
    onNotice: noticesTo(hall),
    onVirtualTime: (virtualMs) => hall.tell({ kind: 'clock', atMs: Date.now(), virtualMs }),
    onMade: (progress) => hall.tell({ kind: 'making', atMs: Date.now(), ...progress }),
  })
  const placed = { ...live, placement: session.placement }
  const { instances, artifacts } = await watch(session, { ...job, live: placed })
  const record: RunRecord = {
    schema: 'hoplab/record/1',
    run: live.run,
    spec: live.spec,
    specHash: live.specHash,
    harness: live.harness,
    strict: live.strict,
    placement: session.placement,
    versions: live.versions,
    machine: live.machine,
    startedMs: live.startedMs,
    endedMs: Date.now(),
    outcome: worstOf(instances.map(({ outcome }) => outcome)),
    instances,
    artifacts,
    imported: null,
  }
  await finish(folder, record)
  hall.tell({ kind: 'run-ended', atMs: record.endedMs, record, folder })
  return record
}

/** Waits for every instance and closes the session, whatever happens. */
async function watch(
  session: Session,
  { live, folder, hall }: Job,
): Promise<{ instances: readonly InstanceRecord[]; artifacts: readonly Artifact[] }> {
  try {
    await writeLive(folder, live)
    const ended = await Promise.all(session.instances.map((instance) => watchOne(instance, { live, folder, hall })))
    const logs = await listArtifacts(folder, 'processes')
    return {
      instances: ended.map(({ record }) => record),
      artifacts: [...ended.flatMap(({ files }) => files), ...logs],
    }
  } finally {
    await session.close()
  }
}

async function watchOne(
  { group, index, seq, ended }: Instance,
  { live, folder, hall }: Pick<Job, 'live' | 'folder' | 'hall'>,
): Promise<{ record: InstanceRecord; files: readonly Artifact[] }> {
  const ending = await ended
  const record = { group, index, seq, ...judge(ending, live), ending }
  const files = await listArtifacts(folder, `${group}/${index}`)
  for (const artifact of files) hall.tell({ kind: 'wrote', atMs: Date.now(), artifact })
  hall.tell({ kind: 'ended', atMs: Date.now(), instance: record })
  return { record, files }
}
