import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import * as assert from 'uvu/assert'
import { check, isOlder } from '../../../../kernel-lib/harness/docker/check.ts'
import { demux } from '../../../../kernel-lib/harness/docker/demux.ts'
import { engineSocket, ownerGone, runLabels } from '../../../../kernel-lib/harness/docker/engine.ts'
import { inLanes } from '../../../../kernel-lib/harness/docker/lanes.ts'
import { refuse } from '../../../../kernel-lib/harness/docker/refuse.ts'
import { harnessOf } from '../../../../kernel-lib/harness/harnesses.ts'
import { describe } from '../../../suite.ts'
import { experimentOf } from '../../run/experiment-of.ts'

async function specOf(count: number, plan = 'contained') {
  const experiment = await experimentOf({ plan, case: 'end', groups: [{ id: 'a', count }] })
  const { specs, packaging, plan: found } = experiment
  const [[spec], [packed]] = [specs, packaging]
  if (spec === undefined || packed === undefined) throw new Error('no spec')
  return { spec, plan: found, packaging: packed }
}

function frame(stream: number, said: string): Buffer {
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(Buffer.byteLength(said), 4)
  return Buffer.concat([header, Buffer.from(said)])
}

/** Runs with another DOCKER_HOST. */
async function withHost<T>(host: string, body: () => Promise<T>): Promise<T> {
  const before = process.env.DOCKER_HOST
  process.env.DOCKER_HOST = host
  try {
    return await body()
  } finally {
    if (before === undefined) delete process.env.DOCKER_HOST
    else process.env.DOCKER_HOST = before
  }
}

describe('harness docker', (test) => {
  test('is what local:docker means', async () => {
    assert.is((await harnessOf('local:docker')).name, 'docker')
  })

  test('says what to install and start where no engine listens, and what to write where it is elsewhere', async () => {
    const [absent] = await withHost('unix:///nowhere/docker.sock', check)
    assert.match(absent?.missing ?? '', 'nothing is at /nowhere/docker.sock')
    assert.match(absent?.fix ?? '', /docker\.io.*systemctl start docker/)
    const [elsewhere] = await withHost('ssh://lab', check)
    assert.match(elsewhere?.missing ?? '', 'DOCKER_HOST is ssh://lab')
  })

  test('sweeps nothing where there is no engine', async () => {
    const harness = await harnessOf('docker')
    assert.is(await withHost('unix:///nowhere/docker.sock', () => harness.sweep('/nowhere/RUN')), 0)
  })

  test('knows its engine by DOCKER_HOST', () => {
    assert.is(engineSocket(''), '/var/run/docker.sock')
    assert.is(engineSocket('unix:///run/user/1/docker.sock'), '/run/user/1/docker.sock')
    assert.is(engineSocket('unix://'), '/var/run/docker.sock')
    assert.is(engineSocket('tcp://10.0.0.1:2375'), null)
  })

  test('compares versions by their numbers', () => {
    assert.ok(isOlder('1.9', '1.41'))
    assert.not(isOlder('1.41', '1.41'))
    assert.not(isOlder('2.0', '1.41'))
  })

  test('takes a network shape, and refuses a version that is not offered, by name', async () => {
    const { spec, plan, packaging } = await specOf(1)
    assert.equal(refuse(spec, plan, packaging), [])
    const network = { latencyMs: 50, jitterMs: 0, bandwidthBps: 0, loss: 0, corrupt: 0, reorder: 0, duplicate: 0 }
    const [version, ...more] = refuse(
      { ...spec, network, groups: spec.groups.map((one) => ({ ...one, version: 'v9' })) },
      plan,
      packaging,
    )
    assert.equal(more, [])
    assert.match(version ?? '', /^groups\[0\].version: plan contained does not offer "v9"/)
  })

  test('refuses programs that would not be in an image: none, unbuilt, TypeScript, outside the plan', async () => {
    const { spec, plan, packaging } = await specOf(1)
    const refused = (program: string | null) =>
      refuse(spec, { ...plan, manifest: { ...plan.manifest, program } }, packaging)[0] ?? ''
    assert.match(refused(null), 'it brings no program')
    assert.match(refused('dist/none.js'), /dist\/none\.js is not there; build it/)
    assert.match(refused('program.ts'), 'TypeScript')
    assert.match(refused('../ends/program.mjs'), 'outside its folder')
  })

  test('refuses more containers than a bridge carries', async () => {
    const { spec, plan, packaging } = await specOf(1)
    const groups = spec.groups.map((one) => ({ ...one, count: 1024 }))
    assert.match(refuse({ ...spec, groups }, plan, packaging).join(), /a bridge carries 1023 containers/)
  })

  test('takes frames apart however they are cut, and what was cut off at the end', async () => {
    const bytes = Buffer.concat([
      frame(1, 'out 1\n'),
      frame(2, 'err\n'),
      frame(1, ''),
      frame(1, 'out 2'),
      frame(2, 'lost').subarray(0, 10),
    ])
    for (const size of [1, 3, 7, 9, 1000]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      )
      const { stdout, stderr } = demux(Readable.from(chunks))
      assert.equal(await Promise.all([text(stdout), text(stderr)]), ['out 1\nout 2', 'err\nlo'])
    }
  })

  test('reads no faster than what it reads is taken', async () => {
    let given = 0
    function* endless() {
      for (; given < 1000; given += 1) yield frame(1, 'x'.repeat(10_000))
    }
    const { stdout, stderr } = demux(Readable.from(endless()))
    stderr.resume()
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.ok(given < 50, `${given} frames were read while nobody took any`)
    assert.is((await text(stdout)).length, 10_000_000)
  })

  test('takes an owner for gone only where it can tell', () => {
    const own = runLabels('R')['hoplab.owner'] ?? ''
    assert.not(ownerGone(own))
    assert.ok(ownerGone(JSON.stringify({ ...JSON.parse(own), start: '1' })))
    assert.not(ownerGone(JSON.stringify({ ...JSON.parse(own), start: '1', space: 'another machine' })))
    for (const none of [undefined, '', 'null', '{}', '3']) assert.not(ownerGone(none))
  })

  test('works in lanes: so many at a time, all in order, the first failure told at the end', async () => {
    let now = 0
    let most = 0
    const done: number[] = []
    await inLanes([1, 2, 3, 4, 5], 2, async (item) => {
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setImmediate(resolve))
      done.push(item)
      now -= 1
    })
    assert.is(most, 2)
    assert.equal(done, [1, 2, 3, 4, 5])
    await inLanes([1, 2], 2, async (item) => {
      if (item === 1) throw new Error('first')
    }).then(
      () => assert.unreachable(),
      (error) => assert.is(error.message, 'first'),
    )
  })
})
