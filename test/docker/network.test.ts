// time limit: 240 s
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { labels, openEngine } from '../../kernel-lib/harness/docker/engine.ts'
import type { NetworkReport } from '../../kernel-lib/harness/docker/sidecar/report.ts'
import type { RunEvent } from '../../kernel-lib/run/observer.ts'
import type { RunRecord } from '../../kernel-lib/run/record.ts'
import { run } from '../../kernel-lib/run/run.ts'
import { experimentOf, freshRuns } from '../kernel-lib/run/experiment-of.ts'
import { freshFolder } from '../kernel-lib/run/fresh-folder.ts'
import { describe } from '../suite.ts'
import { leftAfter } from './left.ts'
import { engine } from './needs.ts'

function networkOf({ placement }: RunRecord): NetworkReport {
  return placement?.network as NetworkReport
}

const reasons = ({ instances }: RunRecord): string => JSON.stringify(instances.map(({ reason }) => reason))
const meeting = (count: number) => [{ id: 'meet', count, params: { how: 'meet' } }]

describe(
  'the network that a composition asks for',
  (test) => {
    test('is there, and measured within 10 %, before a program runs: 50 ms and 10 Mbit/s', async () => {
      const experiment = await experimentOf({
        plan: 'contained',
        case: 'end',
        runner: 'docker',
        groups: meeting(4),
        network: { latencyMs: 50, bandwidthBps: 10_000_000 },
      })
      const record = await run(experiment, { runsFolder: freshRuns() })
      assert.is(record.outcome, 'success', reasons(record))
      const { links, by, versions } = networkOf(record)
      assert.ok(['netem', 'user space'].includes(by) && versions.tc)
      assert.equal(
        links.map(({ from, to }) => [from, to]),
        [
          ['meet/0', 'meet/2'],
          ['meet/1', 'meet/3'],
        ],
      )
      for (const { rtt, throughput, within } of links) {
        assert.ok(within, JSON.stringify(links))
        assert.is(rtt?.configured, 100)
        assert.ok(Math.abs((rtt?.measured ?? 0) - 100) <= 10, `${rtt?.measured} ms`)
        assert.ok(Math.abs((throughput?.measured ?? 0) - 1e7) <= 1e6, `${throughput?.measured} bit/s`)
      }
      assert.equal(await leftAfter(record.run), [])
    })

    test('is there as well for instances that share containers, in one and across', async () => {
      const experiment = await experimentOf({
        plan: 'contained',
        case: 'end',
        runner: 'docker',
        groups: meeting(4),
        network: { latencyMs: 50 },
        docker: { instancesPerContainer: 2 },
      })
      const record = await run(experiment, { runsFolder: freshRuns() })
      assert.is(record.outcome, 'success', reasons(record))
      const places = Object.values(record.placement?.instances as Readonly<Record<string, { readonly pod: number }>>)
      assert.equal(
        places.map(({ pod }) => pod),
        [0, 0, 1, 1],
      )
      const { links } = networkOf(record)
      assert.is(links.length, 2)
      for (const { rtt } of links) assert.ok((rtt?.measured ?? 0) >= 90, `${rtt?.measured} ms`)
      assert.equal(await leftAfter(record.run), [])
    })

    test('is refused, with all that is missing by name, where this machine can shape no packets', async () => {
      const experiment = await experimentOf({
        plan: 'contained',
        case: 'end',
        runner: 'docker',
        groups: meeting(2),
        network: { latencyMs: 50 },
      })
      const path = process.env.PATH
      process.env.PATH = pathWithout('cc')
      try {
        const record = await run(experiment, { runsFolder: freshRuns() })
        // Where the kernel has netem, it needs no compiler.
        assert.is(networkOf(record).by, 'netem')
      } catch (error) {
        assert.match((error as Error).message, /kernel has no netem.*modprobe sch_netem.*cc: not on PATH/)
      } finally {
        process.env.PATH = path
      }
    })
  },
  [engine],
)

describe(
  'the agent of a run',
  (test) => {
    test('that ends is told: every instance is a failure that says so, and nothing is left', async () => {
      const experiment = await experimentOf({
        plan: 'networked',
        case: 'waiting',
        runner: 'docker',
        timeoutSecs: 60,
        groups: [{ id: 'single', count: 2 }],
      })
      const notices: string[] = []
      let id = ''
      let waiting = 0
      async function observer(event: RunEvent): Promise<void> {
        if (event.kind === 'run-started') id = event.run
        if (event.kind === 'notice') notices.push(event.text)
        if (event.kind !== 'plan' || !('message_event' in event.event)) return
        waiting += 1
        if (waiting === 2) await killAgent(id)
      }
      const record = await run(experiment, { runsFolder: freshRuns(), observers: [observer] })
      assert.is(record.outcome, 'failure', reasons(record))
      for (const { reason, ending } of record.instances) {
        assert.match(reason, /^failure after .*the network agent ended/)
        assert.is(ending.killed, 'fault')
      }
      assert.ok(notices.some((text) => text.includes('the network agent ended')))
      assert.equal(await leftAfter(record.run), [])
    })
  },
  [engine],
)

async function killAgent(run: string): Promise<void> {
  const filters = { label: [`${labels.run}=${run}`, `${labels.part}=agent`] }
  const [agent] = await openEngine().listContainers({ filters })
  if (agent === undefined) throw new Error(`run ${run} has no agent`)
  await openEngine().getContainer(agent.Id).kill()
}

/** A folder with the programs that a run needs of this machine, but one. */
function pathWithout(missing: string): string {
  const folder = join(freshFolder(), 'bin')
  mkdirSync(folder, { recursive: true })
  for (const name of ['ldd', 'sh', 'bash', 'cat', 'ip', 'tc', 'nsenter', 'iptables', 'docker', 'cc', 'git', 'node']) {
    const file = ['/usr/bin', '/usr/sbin'].map((one) => join(one, name)).find((one) => existsSync(one))
    if (file !== undefined && name !== missing) symlinkSync(file, join(folder, name))
  }
  return folder
}
