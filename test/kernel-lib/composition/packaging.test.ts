import * as assert from 'uvu/assert'
import type { Composition } from '../../../kernel-lib/composition/composition.ts'
import { canonicalJson, specHash } from '../../../kernel-lib/composition/hash.ts'
import { readManifest } from '../../../kernel-lib/composition/manifest-file.ts'
import type { Overrides } from '../../../kernel-lib/composition/overrides.ts'
import { quantity } from '../../../kernel-lib/composition/packaging/resources.ts'
import { readComposition } from '../../../kernel-lib/composition/read.ts'
import { readObject } from '../../../kernel-lib/composition/read-composition.ts'
import { type Resolved, resolve } from '../../../kernel-lib/composition/resolve.ts'
import { describe } from '../../suite.ts'
import { refusal, resolveToy } from './toy.ts'

const cases = '[[testcases]]\nname = "ping"\ninstances = { min = 1, max = 200 }\n'
const { manifest: net } = readManifest(
  `name = "net"
[defaults]
builder = "docker:go"
[builders."exec:go"]
module_path = "example.org/net"
exec_pkg = "."
[builders."docker:go"]
module_path = "example.org/net"
go_proxy_mode = "direct"
[builders."docker:generic"]
[runners."local:docker"]
log_level = "warn"
ulimits = ["nofile=1024:1024"]
[extra_sources]
docker_go = ["../one"]
"docker:generic" = ["../two"]
[versions."old"]
selectors = ["old"]
config = { modfile = "go.old.mod" }
[versions.new]
dependencies = [{ module = "m/sdk", version = "v3" }]
${cases}`,
  'manifest.toml',
)

function prepared(text: string, overrides: Overrides = {}): Resolved {
  return resolve(readComposition(text, { file: 'c.toml', env: {}, resource: () => '' }), net, overrides)
}

function packed(composition: Partial<Composition> & Pick<Composition, 'groups'>) {
  const { packaging } = resolve(readObject({ plan: 'net', case: 'ping', ...composition }), net)
  return packaging[0]?.groups.a
}

/** Tables of the TOML parser are no plain objects. */
const plain = (value: unknown): unknown => JSON.parse(canonicalJson(value))

const head = 'plan = "net"\ncase = "ping"\n'
const foreign = '[global]\nplan = "net"\ncase = "ping"\nrunner = "local:docker"\nbuilder = "docker:go"\n'

describe('packaging', (test) => {
  test("trickles down in Testground's compositions: group over global over manifest, selectors whole, dependencies by module", () => {
    const { packaging, specs } = prepared(`${foreign}[global.build_config]
go_proxy_mode = "remote"
enable_cgo = true
[global.build]
selectors = ["base"]
dependencies = [{ module = "m/a", version = "v1" }, { module = "m/b", version = "v1" }]
[global.run_config]
keep_containers = true
ulimits = ["nofile=2048:2048"]
[[groups]]
id = "a"
instances = { count = 1 }
resources = { memory = "1Gi", cpu = "500m" }
[groups.build_config]
enable_cgo = false
[groups.build]
selectors = ["x", "y"]
dependencies = [{ module = "m/b", target = "o/b", version = "v2" }]
[[groups]]
id = "b"
builder = "exec:go"
instances = { count = 1 }
`)
    assert.equal(packaging, [
      {
        groups: {
          a: {
            builder: 'docker:go',
            selectors: ['x', 'y'],
            dependencies: [
              { module: 'm/a', target: null, version: 'v1' },
              { module: 'm/b', target: 'o/b', version: 'v2' },
            ],
            config: { module_path: 'example.org/net', go_proxy_mode: 'remote', enable_cgo: false },
            resources: { memoryBytes: 2 ** 30, cpus: 0.5 },
          },
          b: {
            builder: 'exec:go',
            selectors: ['base'],
            dependencies: [
              { module: 'm/a', target: null, version: 'v1' },
              { module: 'm/b', target: null, version: 'v1' },
            ],
            config: { module_path: 'example.org/net', exec_pkg: '.', go_proxy_mode: 'remote', enable_cgo: true },
            resources: { memoryBytes: null, cpus: null },
          },
        },
        settings: { log_level: 'warn', ulimits: ['nofile=2048:2048'], keep_containers: true },
      },
    ])
    assert.equal(
      specs[0]?.groups.map(({ version }) => version),
      ['x+y+m/a@v1+m/b=o/b@v2+enable_cgo=false', 'base+m/a@v1+m/b@v1'],
    )
  })

  test('of each run is its own, resources of the run over those of the group', () => {
    const { packaging } = prepared(`${foreign}[[groups]]
id = "a"
instances = { count = 1 }
resources = { memory = "64Mi", cpu = "1" }
[[runs]]
id = "2"
[[runs.groups]]
id = "big"
group_id = "a"
resources = { memory = "128Mi" }
[[runs]]
id = "1"
[[runs.groups]]
id = "a"
`)
    const resources = packaging.map(({ groups }) =>
      Object.fromEntries(Object.entries(groups).map(([id, group]) => [id, group.resources])),
    )
    assert.equal(resources, [{ a: { memoryBytes: 2 ** 26, cpus: 1 } }, { big: { memoryBytes: 2 ** 27, cpus: 1 } }])
  })

  test('in our format is said at the top and by group, in TOML as in an object', () => {
    const text = `${head}runner = "docker"
builder = "docker:generic"
[build.config]
path = "go"
[docker]
base_image = "node:20"
ulimits = ["nofile=512:512"]
exposed_ports = { http = 8080 }
[[groups]]
id = "a"
count = 1
[groups.build.config]
build_args = { A = "1" }
[groups.resources]
memory = "128Mi"
`
    const object = {
      plan: 'net',
      case: 'ping',
      runner: 'docker',
      builder: 'docker:generic',
      build: { config: { path: 'go' } },
      docker: { baseImage: 'node:20', ulimits: ['nofile=512:512'], exposedPorts: { http: 8080 } },
      groups: [{ id: 'a', count: 1, build: { config: { build_args: { A: '1' } } }, resources: { memory: '128Mi' } }],
    }
    const [fromText, fromObject] = [prepared(text), resolve(readObject(object), net)]
    assert.is(canonicalJson(fromText.packaging), canonicalJson(fromObject.packaging))
    assert.is(canonicalJson(prepared(fromObject.source).packaging), canonicalJson(fromObject.packaging))
    assert.equal(plain(fromText.packaging[0]?.settings), {
      log_level: 'warn',
      ulimits: ['nofile=512:512'],
      base_image: 'node:20',
      exposed_ports: { http: 8080 },
    })
    assert.equal(plain(fromText.packaging[0]?.groups.a), {
      builder: 'docker:generic',
      selectors: [],
      dependencies: [],
      config: { path: 'go', build_args: { A: '1' } },
      resources: { memoryBytes: 2 ** 27, cpus: null },
    })
    assert.is(fromText.specs[0]?.groups[0]?.version, 'build_args.A=1')
  })

  test('of a version that the manifest builds is that build, by its name', () => {
    const groups = [{ id: 'a', count: 1, version: 'old' }]
    assert.equal(packed({ groups, builder: 'exec:go', build: { selectors: ['top'], config: { modfile: 'top' } } }), {
      builder: 'exec:go',
      selectors: ['old'],
      dependencies: [],
      config: { module_path: 'example.org/net', exec_pkg: '.', modfile: 'go.old.mod' },
      resources: { memoryBytes: null, cpus: null },
    })
    assert.is(prepared(`${head}[[groups]]\nid = "a"\ncount = 1\nversion = "old"\n`).specs[0]?.groups[0]?.version, 'old')
    assert.equal(net.versions, ['old', 'new'])
  })

  test('takes the builder that the plan prefers, among those whose artifacts the runner can use', () => {
    const groups = [{ id: 'a', count: 1 }]
    assert.is(packed({ groups, runner: 'docker' })?.builder, 'docker:go')
    assert.is(packed({ groups, runner: 'exec' })?.builder, 'exec:go')
  })

  test('of a plan that brings its program is the program, whatever is named, and that is said', () => {
    const { packaging, warnings } = resolveToy(
      '[global]\nplan = "toy"\ncase = "find"\nrunner = "local:docker"\nbuilder = "docker:go"\n[[groups]]\nid = "a"\ninstances = { count = 2 }\n',
    )
    assert.is(packaging[0]?.groups.a?.builder, 'exec:node')
    assert.equal(warnings, ['c.toml: builder docker:go is passed over: plan toy brings its program'])
  })

  test('stands beside the spec: settings and resources leave its hash as it is', () => {
    const bare = `${head}[[groups]]\nid = "a"\ncount = 1\n`
    const dressed = `${head}builder = "docker:generic"\n[docker]\nulimits = ["nofile=9:9"]\n[[groups]]\nid = "a"\ncount = 1\nresources = { cpu = 2 }\n`
    const [one, other] = [bare, dressed].map((text) => prepared(text).specs[0])
    if (one === undefined || other === undefined) throw new Error('no spec')
    assert.is(specHash(one), specHash(other))
  })

  test('repeats with its run', () => {
    const { specs, packaging } = prepared(`${head}repetitions = 3\n[[groups]]\nid = "a"\ncount = 1\n`)
    assert.is(specs.length, 3)
    assert.equal(packaging, Array(3).fill(packaging[0]))
  })

  test('knows extra sources in both spellings', () => {
    assert.equal(net.extraSources, { 'docker:go': ['../one'], 'docker:generic': ['../two'] })
  })

  test('reads quantities as Kubernetes writes them', () => {
    assert.equal(['128Mi', '0.5', '500m', '1G', '.5Ki', '2'].map(quantity), [2 ** 27, 0.5, 0.5, 1e9, 512, 2])
    for (const none of ['', '1 Gi', 'Mi', '-1', '0', '1Mb', '1e3']) assert.is(quantity(none), null, none)
  })
})

describe('packaging is refused', (test) => {
  test('with everything that is wrong in it', () => {
    const message = refusal(() =>
      prepared(`${head}builder = "docker:genric"
[build]
selectors = "a"
colour = "red"
[docker]
ulimit = ["x"]
[[groups]]
id = "a"
count = 1
builder = "docker:node"
resources = { memory = "much", gpu = 1 }
[groups.build]
dependencies = [{ module = "m" }]
`),
    )
    assert.equal(message.split('\n'), [
      'c.toml: 8 problems',
      '  builder: unknown builder "docker:genric"; did you mean docker:generic?',
      '  build.selectors: is the text "a"; write a list of texts, ["a", "b"]',
      '  build.colour: unknown key',
      '  docker.ulimit: unknown key; did you mean ulimits?',
      '  group "a".build.dependencies[0]: write module = "…" and version = "…"',
      '  group "a".resources.memory: is the text "much"; write memory = "128Mi"',
      '  group "a".resources.gpu: unknown key; did you mean cpu?',
      '  group "a".builder: plan net does not declare "docker:node"',
      '  builders: exec:node, exec:go, docker:generic, docker:go, docker:node',
      '  keys of build: dependencies, selectors, config',
      '  keys of docker: base_image, ulimits, exposed_ports, instances_per_container',
      '  keys of group "a".resources: memory, cpu',
      '  its builders: exec:go, docker:go, docker:generic',
    ])
  })

  test('where a version is neither offered nor built of anything', () => {
    assert.match(
      refusal(() => prepared(`${head}[[groups]]\nid = "a"\ncount = 1\nversion = "odl"\n`)),
      'group "a".version: unknown version "odl"; did you mean old? versions of plan net: old, new',
    )
  })
})
