// time limit: 240 s
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { Composition } from '../../kernel-lib/composition/composition.ts'
import { openEngine } from '../../kernel-lib/harness/docker/engine.ts'
import { prepare } from '../../kernel-lib/run/experiment.ts'
import type { RunEvent } from '../../kernel-lib/run/observer.ts'
import type { RunRecord } from '../../kernel-lib/run/record.ts'
import { run } from '../../kernel-lib/run/run.ts'
import { experimentOf, freshRuns } from '../kernel-lib/run/experiment-of.ts'
import { describe, type Need } from '../suite.ts'
import { leftAfter } from './left.ts'
import { engine } from './needs.ts'

interface Ran {
  readonly record: RunRecord
  readonly notices: readonly string[]
  readonly facts: (instance: string) => Record<string, unknown>
  readonly image: (group: string) => Placed
}

interface Placed {
  readonly builder: string
  readonly tag: string
  readonly id: string
  readonly digest: string
  readonly built: boolean
}

async function ran(
  composition: Pick<Composition, 'plan' | 'groups'> & Partial<Composition>,
  onEvent = (_: RunEvent): unknown => undefined,
  runsFolder = freshRuns(),
): Promise<Ran> {
  const notices: string[] = []
  const hear = (event: RunEvent): void => {
    if (event.kind === 'notice') notices.push(event.text)
    onEvent(event)
  }
  const experiment = await experimentOf({ case: 'tell', runner: 'docker', timeoutSecs: 60, ...composition })
  const record = await run(experiment, { runsFolder, observers: [hear] })
  assert.equal(await leftAfter(record.run), [])
  const images = record.placement?.images as Record<string, Placed>
  return {
    record,
    notices,
    facts: (instance) => JSON.parse(readFileSync(join(runsFolder, record.run, instance, 'facts.json'), 'utf8')),
    image(group) {
      const image = images[group]
      if (image === undefined) throw new Error(`group ${group} has no image`)
      return image
    },
  }
}

const succeeded = ({ record }: Ran): void =>
  assert.is(record.outcome, 'success', JSON.stringify(record.instances.map(({ reason }) => reason)))

async function refusal(composition: Parameters<typeof ran>[0], runsFolder = freshRuns()): Promise<Error> {
  try {
    await ran(composition, undefined, runsFolder)
  } catch (error) {
    return error as Error
  }
  throw new Error('was not refused')
}

/** A value that no earlier run of this suite has built with. */
const fresh = `${process.pid}-${Date.now()}`
const greets = (id: string, word: string) => ({ id, count: 1, build: { config: { build_args: { GREETING: word } } } })

describe(
  'builder docker:generic',
  (test) => {
    test('builds each group with its own arguments, on the base image of hoplab, of what is not ignored', async () => {
      const told = await ran({ plan: 'boxed', groups: [greets('one', `a ${fresh}`), greets('two', `b ${fresh}`)] })
      succeeded(told)
      const [one, two] = [told.facts('one/0'), told.facts('two/0')]
      assert.equal([one.greeting, one.made, two.greeting], [`a ${fresh}`, `a ${fresh}`, `b ${fresh}`])
      assert.equal(one.plan, [
        '.dockerignore',
        '.testgroundignore',
        'Dockerfile',
        'app',
        'app/main.cjs',
        'app/top.txt',
        'manifest.toml',
      ])
      assert.equal([one.extra, one.planPath, one.cwd, one.user], [['words', 'words/word.txt'], './', '/plan', 0])
      const [first, second] = [told.image('one'), told.image('two')]
      assert.equal([first.built, first.builder], [true, 'docker:generic'])
      assert.is.not(first.id, second.id)
      assert.is(first.id, `sha256:${first.digest}`)
      assert.is(told.notices.filter((line) => line.startsWith('builds image hoplab/plan-boxed:')).length, 2)
      const { Config } = await openEngine().getImage(first.tag).inspect()
      assert.is(Config.Labels?.['hoplab.image'], 'plan-boxed')
    })

    test('builds the same once', async () => {
      const groups = [greets('one', fresh), greets('same', fresh)]
      const first = await ran({ plan: 'boxed', groups })
      const again = await ran({ plan: 'boxed', groups })
      succeeded(again)
      assert.is(first.image('one').id, first.image('same').id)
      assert.equal([again.image('one').built, again.image('one').digest], [false, first.image('one').digest])
      assert.equal(again.notices, [])
    })

    test('names the step that fails, and what it printed, and is no run', async () => {
      const runs = freshRuns()
      const failing = { plan: 'boxed-badly', build: { config: { path: 'failing' } }, groups: [{ id: 'a', count: 1 }] }
      const error = await refusal(failing, runs)
      assert.equal(existsSync(runs) ? readdirSync(runs).filter((name) => !name.startsWith('.')) : [], [])
      assert.is(error.name, 'InputError')
      assert.match(
        error.message,
        /boxed-badly\/failing\/Dockerfile: step 3\/\d+ : RUN .* failed: .*code: 3\n {2}about to fail$/,
      )
    })

    test('names the image that the engine lacks, and asks no registry for it', async () => {
      const error = await refusal({
        plan: 'boxed-badly',
        build: { config: { path: 'absent' } },
        groups: [{ id: 'a', count: 1 }],
      })
      assert.is(error.name, 'AbsentError')
      assert.match(error.message, 'does not have hoplab.invalid/nobody/has-this:1, and hoplab pulls none: docker pull')
    })

    test('says before anything is made what it cannot build', async () => {
      const asks = (path: string) =>
        refusal({ plan: 'boxed-badly', build: { config: { path } }, groups: [{ id: 'a', count: 1 }] })
      assert.match((await asks('nowhere')).message, 'plan boxed-badly has no nowhere/Dockerfile')
      assert.match((await asks('../boxed')).message, 'path: ../boxed is outside the plan')
    })
  },
  [engine],
)

describe(
  'builder docker:node',
  (test) => {
    test('runs what npm start would, where it would, with the packages that are installed here', async () => {
      const told = await ran({ plan: 'started', groups: [{ id: 'a', count: 1 }] })
      succeeded(told)
      assert.equal(told.facts('a/0'), {
        words: ['--from-start'],
        beside: 'beside',
        depends: true,
        user: process.getuid?.(),
      })
      assert.is(told.image('a').builder, 'docker:node')
    })

    test('begins with the image that it is told, where the engine has it', async () => {
      const { tag } = await (await import('../../kernel-lib/harness/docker/image/ensure.ts')).baseImage(openEngine())
      const told = await ran({
        plan: 'started',
        build: { config: { base_image: tag } },
        groups: [{ id: 'a', count: 1 }],
      })
      succeeded(told)
      assert.is(told.facts('a/0').user, process.getuid?.())
      const { RootFS } = await openEngine().getImage(told.image('a').tag).inspect()
      const base = await openEngine().getImage(tag).inspect()
      assert.is(RootFS.Layers?.[0], base.RootFS.Layers?.[0])
      const error = await refusal({
        plan: 'started',
        build: { config: { base_image: 'hoplab.invalid/none:1' } },
        groups: [{ id: 'a', count: 1 }],
      })
      assert.match(error.message, 'docker pull hoplab.invalid/none:1')
    })
  },
  [engine],
)

const go: Need = {
  name: 'go',
  found() {
    try {
      return execFileSync('go', ['version'], { encoding: 'utf8' })
    } catch {
      return null
    }
  },
}

describe(
  'builder exec:go',
  (test) => {
    test('is packed into an image that holds the program and no system, once', async () => {
      const plans = [join(import.meta.dirname, '../../plans')]
      const workspace = { root: join(import.meta.dirname, '../..'), commands: [], plans, observers: [] }
      const experiment = await prepare(
        {
          plan: 'example-go',
          case: 'ok',
          runner: 'docker',
          timeoutSecs: 60,
          groups: [{ id: 'a', version: 'sdk-0.3.1', count: 2 }],
        },
        { workspace },
      )
      const records = []
      for (let time = 0; time < 2; time += 1) records.push(await run(experiment, { runsFolder: freshRuns() }))
      const [first, again] = records.map(({ placement }) => (placement?.images as Record<string, Placed>).a)
      for (const record of records) assert.is(record.outcome, 'success')
      assert.equal([first?.builder, again?.built], ['exec:go', false])
      assert.is(first?.digest, again?.digest)
      const { Config, RootFS, Size } = await openEngine()
        .getImage(first?.tag ?? '')
        .inspect()
      assert.equal([Config.Cmd, RootFS.Layers?.length], [['/app/program'], 1])
      assert.ok(Size < 40e6, `${Size} bytes`)
    })
  },
  [engine, go],
)

describe(
  'a container may take',
  (test) => {
    test('the memory that its group has, and is a crash beyond it', async () => {
      const told = await ran({
        plan: 'boxed',
        groups: [
          { id: 'small', count: 1, params: { how: 'memory' }, resources: { memory: '80Mi', cpu: '500m' } },
          { id: 'other', count: 1 },
        ],
      })
      const [small, other] = told.record.instances
      assert.equal([small?.outcome, small?.ending.killed, other?.outcome], ['crash', 'memory', 'success'])
      const limits = told.record.placement?.limits as Record<string, unknown>
      assert.equal(limits.small, { memoryBytes: 80 * 2 ** 20, cpus: 0.5 })
      assert.match(
        (await refusal({ plan: 'boxed', groups: [{ id: 'a', count: 1, resources: { cpu: 4096, memory: '1Mi' } }] }))
          .message,
        /group "a"\.resources\.memory: is 1048576 bytes; write at least 6Mi\n.*resources\.cpu: is 4096; this machine has/,
      )
    })

    test('as many files as ulimits say; what the engine does not give is told in its words', async () => {
      const told = await ran({
        plan: 'boxed',
        docker: { ulimits: ['nofile=321:654'] },
        groups: [{ id: 'a', count: 1 }],
      })
      succeeded(told)
      // Node raises its own to the hard one.
      assert.equal(told.facts('a/0').files, ['654', '654'])
      const error = await refusal({
        plan: 'boxed',
        docker: { ulimits: ['nofile=2147483584:2147483584'] },
        groups: [{ id: 'a', count: 1 }],
      })
      assert.is(error.name, 'InputError')
      assert.match(error.message, /the engine does not give nofile=2147483584:2147483584: .*rlimit/)
    })

    test('a port by its label, which this machine reaches on 127.0.0.1 alone', async () => {
      const answers: string[] = []
      let folder = ''
      const ask = async (event: RunEvent): Promise<void> => {
        if (event.kind === 'run-started') folder = event.folder
        if (event.kind !== 'plan' || event.event.message_event === undefined) return
        const { placement } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))
        const place = placement.instances[`${event.group}/${event.index}`].ports.http
        assert.match(place, /^127\.0\.0\.1:\d+$/)
        answers.push(await (await fetch(`http://${place}/`)).text())
      }
      const told = await ran(
        {
          plan: 'boxed',
          docker: { exposedPorts: { http: 8642 } },
          groups: [{ id: 'a', count: 2, params: { how: 'serve' } }],
        },
        ask,
      )
      succeeded(told)
      assert.equal(answers, ['served', 'served'])
    })
  },
  [engine],
)
