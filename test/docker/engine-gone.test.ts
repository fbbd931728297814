// time limit: 240 s
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { openEngine } from '../../kernel-lib/harness/docker/engine.ts'
import { recordFile } from '../../kernel-lib/run/folder.ts'
import type { RunRecord } from '../../kernel-lib/run/record.ts'
import { freshRuns } from '../kernel-lib/run/experiment-of.ts'
import { describe } from '../suite.ts'
import { type OwnEngine, ownEngine, startOwnEngine } from './own-engine.ts'

interface Launched {
  readonly launcher: ChildProcess
  readonly printed: Promise<string>
  readonly said: Promise<string>
  readonly runsFolder: string
}

/** A launcher beside the engine's networks that asks for so many containers through a socket. */
function launch({ inside }: OwnEngine, socket: string, count: number): Launched {
  const runsFolder = freshRuns()
  const node = [process.execPath, '--conditions=hoplab-source', '--import', 'tsx']
  const [command = '', ...args] = [...inside(), ...node, join(import.meta.dirname, 'launch.ts'), runsFolder, `${count}`]
  const env = { ...process.env, DOCKER_HOST: `unix://${socket}` }
  const launcher = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
  return { launcher, printed: text(launcher.stdout), said: text(launcher.stderr), runsFolder }
}

async function upIn(socket: string, count: number): Promise<void> {
  for (let waited = 0; waited < 600; waited += 1) {
    await sleep(100)
    const filters = { label: ['hoplab.group'], status: ['running'] }
    if ((await openEngine(socket).listContainers({ filters })).length === count) return
  }
  throw new Error(`${count} containers did not come up`)
}

async function leftIn(socket: string): Promise<readonly string[]> {
  const engine = openEngine(socket)
  const filters = { label: ['hoplab.run'] }
  const [containers, networks] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listNetworks({ filters }),
  ])
  return [...containers.map(({ Names }) => Names.join()), ...networks.map(({ Name }) => Name)]
}

async function nothingIn(socket: string, withinMs: number): Promise<readonly string[]> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const left = await leftIn(socket)
    if (left.length === 0 || Date.now() > deadline) return left
    await sleep(200)
  }
}

function recordIn(runsFolder: string): RunRecord {
  const [run = ''] = readdirSync(runsFolder).filter((name) => !name.startsWith('.'))
  return JSON.parse(readFileSync(recordFile(join(runsFolder, run)), 'utf8'))
}

/** Passes connections on to a socket until they are cut, and none after that. */
async function proxy(target: string) {
  const path = `${target}.cut`
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target)
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => open.delete(one))
    }
  }).listen(path)
  await once(server, 'listening')
  return {
    path,
    cut() {
      server.close()
      for (const one of open) one.destroy()
    },
  }
}

describe(
  'a run in containers whose engine',
  (test) => {
    let engine: OwnEngine
    test.before(async () => {
      engine = await startOwnEngine()
    })
    test.after(() => engine.end())

    test('is killed ends in no success and says so; when the engine is back, nothing of it is left', async () => {
      const { launcher, printed, runsFolder } = launch(engine, engine.socket, 3)
      await upIn(engine.socket, 3)
      await engine.kill()
      await once(launcher, 'exit')
      assert.not.equal((await printed).trim(), 'success')
      const record = recordIn(runsFolder)
      assert.is(record.instances.length, 3)
      for (const { reason } of record.instances) assert.match(reason, 'the engine')
      await engine.start()
      assert.equal(await nothingIn(engine.socket, 60_000), [])
    })

    test('cannot be reached any more ends in no success, and has nothing left', async () => {
      const { path, cut } = await proxy(engine.socket)
      const { launcher, printed, runsFolder } = launch(engine, path, 3)
      await upIn(engine.socket, 3)
      cut()
      await once(launcher, 'exit')
      assert.not.equal((await printed).trim(), 'success')
      assert.is(recordIn(runsFolder).instances.length, 3)
      const health = ['kernel-lib/bin/hoplab.js', 'healthcheck', '--runner', 'docker', '--fix', '--runs', runsFolder]
      const env = { ...process.env, DOCKER_HOST: `unix://${engine.socket}` }
      execFileSync(process.execPath, health, { cwd: join(import.meta.dirname, '../..'), env })
      assert.equal(await leftIn(engine.socket), [])
    })

    test('has no subnet free is refused with what to remove, and leaves nothing', async () => {
      const [command = '', ...args] = engine.inside()
      const ip = (...words: readonly string[]) => execFileSync(command, [...args, 'ip', ...words])
      for (const subnet of ['198.18.0.0/15', '192.168.0.0/16']) ip('route', 'add', subnet, 'dev', 'lo')
      const host = openEngine(engine.socket)
      const theirs = await host.createNetwork({ Name: 'of-somebody', Internal: true })
      try {
        const { launcher, said } = launch(engine, engine.socket, 1)
        const [code] = await once(launcher, 'exit')
        assert.is.not(code, 0)
        assert.match(
          await said,
          /docker needs a free subnet: 96 from 198\.18\.0\.0\/21 to 192\.168\.248\.0\/21 are all in use/,
        )
        assert.match(await said, /of-somebody.*docker network rm NAME/)
        assert.equal(await leftIn(engine.socket), [])
      } finally {
        await theirs.remove()
        for (const subnet of ['198.18.0.0/15', '192.168.0.0/16']) ip('route', 'del', subnet)
      }
    })
  },
  [ownEngine],
)
