import * as assert from 'uvu/assert'
import { readManifest } from '../../../kernel-lib/composition/manifest-file.ts'
import { readComposition } from '../../../kernel-lib/composition/read.ts'
import { type Resolved, resolve } from '../../../kernel-lib/composition/resolve.ts'
import { plainTopology, plainWorld } from '../../../kernel-lib/composition/world/plain.ts'
import { describe } from '../../suite.ts'
import { refusal, toy } from './toy.ts'

const { manifest: foreign } = readManifest(
  `name = "net"
[[testcases]]
name = "ping"
instances = { min = 1, max = 200 }
[testcases.params]
size = { type = "int", default = 1 }
mode = { type = "string", default = "a" }
walk = { type = "bool", default = false }
rate = { type = "float", default = 1.5 }
`,
  'manifest.toml',
)
const head = '[global]\nplan = "net"\ncase = "ping"\nrunner = "local:exec"\nbuilder = "exec:go"\n'
const group = (id: string, instances: string, more = ''): string =>
  `[[groups]]\nid = "${id}"\ninstances = { ${instances} }\n${more}`
function prepared(text: string, env: Record<string, string> = {}): Resolved {
  return resolve(readComposition(text, { file: 'c.toml', env, resource: () => '' }), foreign)
}
const counts = (text: string): (readonly [string, number])[] =>
  (prepared(text).specs[0]?.groups ?? []).map(({ id, count }) => [id, count] as const)

describe("Testground's composition", (test) => {
  test('is typed by the manifest, with defaults filled in and runner names made ours', () => {
    const { specs, runner } = prepared(
      `${head}${group('a', 'count = 2', '[groups.run.test_params]\nsize = "7"\nwalk = "TRUE"\nrate = "0.0"\n')}`,
    )
    assert.is(runner, 'exec')
    assert.equal(specs, [
      {
        schema: 'hoplab/spec/4',
        plan: 'net',
        case: 'ping',
        seed: 1,
        groups: [
          {
            id: 'a',
            count: 2,
            program: true,
            role: '',
            version: '',
            params: { size: 7, mode: 'a', walk: true, rate: 0 },
            ...plainWorld,
          },
        ],
        network: null,
        topology: plainTopology,
        start: null,
        timeoutMs: 600_000,
      },
    ])
    const runnerOf = (name: string): string =>
      prepared(`${head}${group('a', 'count = 1')}`.replace('local:exec', name)).runner
    assert.equal([runnerOf('local:docker'), runnerOf('cluster:k8s')], ['docker', 'cluster:k8s'])
  })

  test('parameters trickle down, first given wins, empty text is not given', () => {
    const { specs } = prepared(`${head}[global.run.test_params]
size = "1"
mode = "global"
rate = "1"
walk = "true"
${group('a', 'count = 1', '[groups.run.test_params]\nsize = "2"\nmode = "group"\nrate = "2"\n')}
[[runs]]
id = "r"
[runs.test_params]
size = "3"
mode = ""
rate = "3"
[[runs.groups]]
id = "x"
group_id = "a"
[runs.groups.test_params]
size = "4"
`)
    assert.equal(specs[0]?.groups[0]?.params, { size: 4, mode: 'group', walk: true, rate: 3 })
    assert.is(specs[0]?.groups[0]?.id, 'x')
  })

  test('plain numbers and booleans count as text', () => {
    const { specs } = prepared(
      `${head}${group('a', 'count = 1', '[groups.run]\ntest_params = { size = 5, walk = true, mode = 3 }\n')}`,
    )
    assert.equal(specs[0]?.groups[0]?.params, { size: 5, mode: '3', walk: true, rate: 1.5 })
  })

  test('runs go by sorted id', () => {
    const run = (id: string, count: number): string =>
      `[[runs]]\nid = "${id}"\n[[runs.groups]]\nid = "a"\ninstances = { count = ${count} }\n`
    const { specs } = prepared(`${head}${group('a', 'count = 1')}${run('b', 3)}${run('a', 2)}${run('c', 1)}`)
    assert.equal(
      specs.map((spec) => spec.groups[0]?.count),
      [2, 3, 1],
    )
  })

  test('a percentage is a fraction of the total, rounded half away from zero, and a count beats it', () => {
    const total = `${head}total_instances = 50\n`
    assert.equal(
      counts(
        `${total}${group('a', 'percentage = 0.45')}${group('b', 'percentage = 0.25')}${group('c', 'count = 14, percentage = 1.0')}`,
      ),
      [
        ['a', 23],
        ['b', 13],
        ['c', 14],
      ],
    )
    assert.equal(
      counts(
        `${head}${group('a', 'count = 3')}[[runs]]\nid = "r"\ntotal_instances = 3\n[[runs.groups]]\nid = "a"\ninstances = { percentage = 0.1 }\n`,
      ),
      [['a', 3]],
    )
  })

  test('a group without instances is left out, and that is said', () => {
    const { specs, warnings } = prepared(
      `${head}${group('a', 'count = 2')}${group('none', 'count = 0, percentage = 0.0')}`,
    )
    assert.equal(
      specs[0]?.groups.map(({ id }) => id),
      ['a'],
    )
    assert.equal(warnings, ['c.toml: group "none": has no instance and is left out'])
  })

  test('what a group is built of becomes the name of its version', () => {
    const build = (text: string): string | undefined =>
      prepared(
        `${head}[global.build]\nselectors = ["base"]\ndependencies = [{ module = "m/a", version = "v1" }]\n${group('a', 'count = 1', text)}`,
      ).specs[0]?.groups[0]?.version
    assert.is(build(''), 'base+m/a@v1')
    assert.is(
      build(
        '[groups.build]\nselectors = ["x", "y"]\ndependencies = [{ module = "m/b", target = "o/b", version = "v2" }, { module = "m/a", version = "v3" }]\n',
      ),
      'x+y+m/a@v3+m/b=o/b@v2',
    )
  })

  test('groups of one plan that are built otherwise are other versions', () => {
    const built = (text: string): string | undefined =>
      prepared(`${head}[global.build_config]\ngo_proxy_mode = "remote"\n${group('a', 'count = 1', text)}`).specs[0]
        ?.groups[0]?.version
    assert.is(built(''), '')
    assert.is(
      built('builder = "docker:generic"\n[groups.build_config]\npath = "./rust/"\nbuild_args = { FEATURE = "v49" }\n'),
      'build_args.FEATURE=v49+path=./rust/',
    )
    assert.is(
      built('[groups.build_config.dockerfile_extensions]\npre_build = "a\\nb"\n'),
      'dockerfile_extensions.pre_build=sha256:7e18f737',
    )
  })

  test('a template sees the environment, and the expanded text is what is kept', () => {
    const text = `{{ $n := atoi .Env.N }}[global]\nplan = "net"\ncase = "ping"\nrunner = "local:exec"\n{{ range split .Env.IDS }}${group('{{ . }}', 'count = {{ $n }}')}{{ end }}`
    const { specs, source } = prepared(text, { N: '4', IDS: 'x,y' })
    assert.equal(
      specs[0]?.groups.map(({ id, count }) => [id, count]),
      [
        ['x', 4],
        ['y', 4],
      ],
    )
    assert.not.match(source, '{{')
    assert.equal(prepared(source).specs, specs)
  })

  test('keys that Testground knows are accepted, others and those without effect are warnings', () => {
    const { warnings } = prepared(`[metadata]
name = "x"
[global]
plan = "net"
case = "ping"
builder = "docker:go"
runner = "cluster:k8s"
concurrent_builds = 2
disable_metrics = true
colour = "red"
[global.build_config]
push_registry = true
[global.run_config]
run_timeout_min = 20
${group('a', 'count = 1', '[groups.resources]\nmemory = "1Gi"\n[groups.build_config]\npath = "x"\n[groups.run.profiles]\ncpu = "true"\n')}`)
    assert.equal(warnings, ['c.toml: group "a".run.profiles: is not used here', 'c.toml: global.colour: unknown key'])
  })
})

describe("Testground's composition is refused", (test) => {
  test('with everything that is wrong in it', () => {
    const message = refusal(() =>
      prepared(`[global]
plan = "net"
case = "ping"
runner = "local:dokcer"
total_instances = 9
[global.run.test_params]
sise = "1"
${group('a', 'count = 2', '[groups.run.test_params]\nsize = "many"\nwalk = "1"\n')}
${group('a', 'percentage = 0.5')}
[[runs]]
id = "r"
total_instances = 7
[[runs.groups]]
id = "a"
[[runs.groups]]
id = "b"
group_id = "bb"
`),
    )
    assert.equal(message.split('\n'), [
      'c.toml: 7 problems',
      '  global.runner: unknown runner "local:dokcer"; did you mean local:docker? there are exec, docker, sim, local:exec, local:docker, cluster:*',
      '  group "a": stands more than once; give each group an id of its own',
      '  run "r" group "b": unknown group_id "bb"',
      '  run "r" total_instances: is 7, and the groups come to 2 (a 2 + b 0); write total_instances = 2 or leave it out',
      '  global.run.test_params.sise: unknown parameter; did you mean size?',
      '  group "a".run.test_params.size: is the text "many"; write a whole number',
      '  group "a".run.test_params.walk: is the text "1"; write true or false',
      '  groups: a, a',
      '  parameters of case ping: size, mode, walk, rate',
    ])
  })

  test('when its instances do not add up or nothing says of what a percentage is', () => {
    assert.match(
      refusal(() => prepared(`${head}total_instances = 9\n${group('a', 'count = 8')}`)),
      'total_instances: is 9, and the groups come to 8 (a 8)',
    )
    assert.match(
      refusal(() => prepared(`${head}${group('a', 'percentage = 0.5')}`)),
      'total_instances: is missing, and a would be a share of it',
    )
    assert.match(
      refusal(() => prepared(`${head}${group('a', 'count = 201')}`)),
      'instances: 201 in all; case ping takes 1 to 200',
    )
  })

  test('where the plan offers other versions', () => {
    const text = `${head}${group('a', 'count = 2', '[groups.build]\nselectors = ["cypress"]\n')}`
      .replace('"net"', '"toy"')
      .replace('"ping"', '"find"')
    assert.is(
      refusal(() => resolve(readComposition(text, { file: 'c.toml', env: {}, resource: () => '' }), toy)),
      'c.toml: group "a".version: unknown version "cypress"; versions of plan toy: next',
    )
  })

  test('at a line of the expanded text when its template makes bad TOML', () => {
    assert.match(
      refusal(() => prepared(`${head}x = {{ .Env.X }}\n`, {})),
      /^c\.toml \(expanded\):6:5: /,
    )
  })
})
