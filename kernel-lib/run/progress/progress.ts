import { instanceCount } from '../../composition/groups.ts'
import { sizeWords, startWords } from '../../composition/start/start-words.ts'
import type { PlanEvent } from '../../harness/harness.ts'
import { outcomeOf } from '../../harness/output/events.ts'
import type { RunEvent } from '../observer.ts'
import { type InstanceRecord, type Outcome, outcomes, type RunRecord } from '../record.ts'
import { simulated } from '../simulated.ts'
import { instanceLine } from '../summary.ts'

/** A stage that instances told of, and how many are in it and through it. */
export interface Stage {
  readonly name: string
  readonly entered: number
  readonly left: number
  readonly started: Moment
  /** When the last one that entered left; null while somebody is in it. */
  readonly ended: Moment | null
}

/** A time on the machine, and in the simulated network where there is one. ms */
export interface Moment {
  readonly realMs: number
  readonly virtualMs: number | null
}

/** A run as somebody who watches sees it. */
export interface Progress {
  readonly run: string
  readonly folder: string
  readonly harness: string
  /** `dht/find-peers`. */
  readonly title: string
  readonly seed: number
  readonly specHash: string
  /** What the composition was run with beside the seed, as on the command line: `-p nodes="10"`. */
  readonly overrides: readonly string[]
  /** Instances. */
  readonly expected: number
  /** How many nodes there are: `40 nodes`, `5 instances among 100,000 nodes`. */
  readonly size: string
  /** How the network begins: `warm start: …`; null where it begins cold. */
  readonly start: string | null
  readonly waiting: number
  readonly running: number
  readonly byOutcome: Readonly<Record<Outcome, number>>
  readonly stages: readonly Stage[]
  /** `single/3: text`, or null. */
  readonly lastMessage: string | null
  /** What the harness said that the user should know, a line each. */
  readonly notices: readonly string[]
  /** What instances wait for, before one has started; null where for nothing. */
  readonly making: { readonly what: string; readonly done: number; readonly of: number } | null
  /** The first instances that did not succeed, a line each. */
  readonly problems: readonly string[]
  /** How many more there are. */
  readonly moreProblems: number
  readonly startedMs: number
  readonly elapsedMs: number
  /** How far the simulated network's time is; null where there is none. */
  readonly virtualMs: number | null
  readonly record: RunRecord | null
}

/** Follows the events of a run. */
export interface Tracker {
  take(event: RunEvent): void
  /** Null before the run has started. */
  view(nowMs: number): Progress | null
}

type Start = Extract<RunEvent, { kind: 'run-started' }>

const problemsKept = 5

/** Makes a tracker for one run. */
export function trackProgress(): Tracker {
  let start: Start | null = null
  let record: RunRecord | null = null
  let lastMessage: string | null = null
  const states = new Map<string, 'running' | Outcome>()
  const stages = new Map<string, Stage>()
  const notices: string[] = []
  const problems: string[] = []
  const paths: string[] = []
  let moreProblems = 0
  let making: Progress['making'] = null
  /** As last told, and the most that was told: processes are heard through more than one pipe. */
  const clock: { lastMs: number | null; furthestMs: number | null } = { lastMs: null, furthestMs: null }

  function plan(who: string, event: PlanEvent, realMs: number): void {
    const at: Moment = { realMs, virtualMs: clock.lastMs }
    const outcome = outcomeOf(event)
    if (outcome !== null) states.set(who, outcome)
    const text = event.message_event?.message
    if (typeof text === 'string') lastMessage = `${who}: ${text}`
    const entered = event.stage_start_event?.name
    if (typeof entered === 'string') stages.set(entered, enter(stages.get(entered), entered, at))
    const left = stages.get(String(event.stage_end_event?.name))
    if (left !== undefined) stages.set(left.name, leave(left, at))
  }

  function ended(instance: InstanceRecord): void {
    const { group, index, outcome } = instance
    states.set(`${group}/${index}`, outcome)
    if (outcome === 'success') return
    if (problems.length < problemsKept) problems.push(instanceLine(instance, paths, start?.folder ?? ''))
    else moreProblems += 1
  }

  return {
    take(event) {
      if (event.kind === 'run-started') start = event
      // What was said before there was a run was shown then.
      if (event.kind === 'notice' && start !== null) notices.push(event.text)
      if (event.kind === 'clock') {
        clock.lastMs = event.virtualMs
        clock.furthestMs = Math.max(clock.furthestMs ?? 0, event.virtualMs)
      }
      if (event.kind === 'making') making = { what: event.what, done: event.done, of: event.of }
      if (event.kind === 'started' || event.kind === 'ended') making = null
      if (event.kind === 'started') states.set(`${event.group}/${event.index}`, 'running')
      if (event.kind === 'plan') plan(`${event.group}/${event.index}`, event.event, event.atMs)
      if (event.kind === 'wrote') paths.push(event.artifact.path)
      if (event.kind === 'ended') ended(event.instance)
      if (event.kind === 'run-ended') record = event.record
    },
    view(nowMs) {
      if (start === null) return null
      const known = knownFrom(start)
      return {
        ...known,
        waiting: Math.max(0, known.expected - states.size),
        running: countOf(states, 'running'),
        byOutcome: Object.fromEntries(outcomes.map((one) => [one, countOf(states, one)])) as Record<Outcome, number>,
        stages: [...stages.values()],
        lastMessage,
        notices: [...notices],
        making,
        problems: [...problems],
        moreProblems,
        elapsedMs: (record?.endedMs ?? nowMs) - known.startedMs,
        virtualMs: (record === null ? null : simulated(record)?.virtualMs) ?? clock.furthestMs,
        record,
      }
    },
  }
}

/** What is known of a run from its start. */
function knownFrom({ run, folder, harness, spec, specHash, source, atMs }: Start) {
  return {
    run,
    folder,
    harness,
    title: `${spec.plan}/${spec.case}`,
    seed: spec.seed,
    specHash,
    overrides: overridesIn(source),
    expected: instanceCount(spec),
    size: sizeWords(spec),
    start: spec.start === null ? null : startWords(spec.start),
    startedMs: atMs,
  }
}

/** The composition's source begins with what beat it. */
function overridesIn(source: string): readonly string[] {
  const said = /^# run with (.*)$/m.exec(source.split('\n', 1)[0] ?? '')?.[1] ?? ''
  const words = said.replace(/ ?--seed \d+/, '').trim()
  return words === '' ? [] : [words]
}

function enter(stage: Stage | undefined, name: string, at: Moment): Stage {
  if (stage === undefined) return { name, entered: 1, left: 0, started: at, ended: null }
  return { ...stage, entered: stage.entered + 1, ended: null }
}

function leave(stage: Stage, at: Moment): Stage {
  const left = stage.left + 1
  return { ...stage, left, ended: left === stage.entered ? at : null }
}

function countOf(states: ReadonlyMap<string, string>, wanted: string): number {
  let count = 0
  for (const state of states.values()) if (state === wanted) count += 1
  return count
}
