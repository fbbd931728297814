import { join } from 'node:path'
import { ulid } from 'ulid'
import type { Composition } from '../../../../kernel-lib/composition/composition.ts'
import type { Session } from '../../../../kernel-lib/harness/harness.ts'
import { harnessOf } from '../../../../kernel-lib/harness/harnesses.ts'
import { prepare } from '../../../../kernel-lib/run/experiment.ts'
import { watchEngine } from './engine-cpu.ts'
import type { Sleeper } from './sleeper.ts'
import type { Took, Way } from './way.ts'

/** Ours: a session of harness docker. All are up when each one's program has said so and was heard. */
export function ours(sleeper: Sleeper): Way {
  return session('ours', sleeper, { perContainer: 1, network: null })
}

/** Ours with a network that is shaped before the programs run, which the others have no words for. */
export function shaped(sleeper: Sleeper): Way {
  return session('shaped', sleeper, { perContainer: 1, network: { latencyMs: 10 } })
}

/** Ours with several instances in a container. */
export function pods(sleeper: Sleeper, perContainer: number): Way {
  return session('pods', sleeper, { perContainer, network: null })
}

interface Variant {
  readonly perContainer: number
  readonly network: Composition['network'] | null
}

function session(name: string, sleeper: Sleeper, variant: Variant): Way {
  return {
    name,
    async measure(count, signal) {
      const cpu = watchEngine()
      const began = Date.now()
      const { session, up } = await open(sleeper, { ...variant, count, signal })
      const openMs = Date.now() - began
      try {
        await up
      } catch (error) {
        await session.close()
        throw error
      }
      const [upMs, cpuMs] = [Date.now() - began, cpu()]
      const downMs = await closed(session)
      return { upMs, downMs, cpuMs, parts: { openMs, ...partsOf(session) } }
    },
  }
}

/** The image that the sleeper is in, made where the engine lacks it. */
export async function sleeperImage(sleeper: Sleeper, signal: AbortSignal): Promise<string> {
  const { session, up } = await open(sleeper, { count: 1, perContainer: 1, network: null, signal })
  await up.finally(() => session.close())
  const images = session.placement.images as Readonly<Record<string, { readonly tag: string }>>
  return images.all?.tag ?? ''
}

interface Opened {
  readonly session: Session
  /** Rejects where an instance ended before all were up. */
  readonly up: Promise<void>
}

interface Asked extends Variant {
  readonly count: number
  readonly signal: AbortSignal
}

async function open({ workspace, folder }: Sleeper, { count, perContainer, network, signal }: Asked): Promise<Opened> {
  const composition: Composition = {
    plan: 'sleeper',
    case: 'sleep',
    runner: 'docker',
    timeoutSecs: 3600,
    groups: [{ id: 'all', count }],
    docker: { instancesPerContainer: perContainer },
    ...(network && { network }),
  }
  const { plan, specs, packaging } = await prepare(composition, { workspace })
  const [[spec], [packed]] = [specs, packaging]
  if (spec === undefined || packed === undefined) throw new Error('a composition without a spec')
  const harness = await harnessOf('docker')
  const run = ulid()
  const awake = new Set<number>()
  let allUp = (): void => {}
  const heard = new Promise<void>((resolve) => {
    allUp = resolve
  })
  const session = await harness.open(spec, {
    run,
    plan,
    packaging: packed,
    folder: join(folder, 'runs', run),
    signal,
    onEvent({ index, event }) {
      if (event.kind === 'plan') awake.add(index)
      if (awake.size === count) allUp()
    },
    onNotice: (text) => console.error(text),
    onVirtualTime: () => {},
    onMade: () => {},
  })
  const fell = Promise.race(session.instances.map(({ ended }) => ended)).then(({ exit, lastWords }) => {
    throw new Error(`an instance ended with ${JSON.stringify(exit)} before all were up: ${lastWords}`)
  })
  fell.catch(() => {})
  return { session, up: Promise.race([heard, fell]) }
}

async function closed(session: Session): Promise<number> {
  const began = Date.now()
  await session.close()
  if (session.placement.left !== undefined) console.error(`left: ${JSON.stringify(session.placement.left)}`)
  return Date.now() - began
}

function partsOf({ placement }: Session): Took['parts'] {
  const { launch = {} } = placement as { readonly launch?: Readonly<Record<string, unknown>> }
  return Object.fromEntries(
    Object.entries(launch).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  )
}
