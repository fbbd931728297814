import * as assert from 'uvu/assert'
import { readManifest } from '../../../../kernel-lib/composition/manifest-file.ts'
import { limitsOf, refuseResources } from '../../../../kernel-lib/harness/docker/limits.ts'
import { readSettings } from '../../../../kernel-lib/harness/docker/settings.ts'
import { describe } from '../../../suite.ts'
import { toyManifest } from '../../composition/toy.ts'

describe('settings of runner docker', (test) => {
  test('are read, those of Testground that mean nothing here by name', () => {
    const given = {
      ulimits: ['nofile=1024:2048', 'nproc=9'],
      exposed_ports: { http: 8080, Pprof: '6060' },
      log_level: 'debug',
      enabled: true,
      keep_containers: true,
      background: false,
    }
    assert.equal(readSettings(given, {}), {
      settings: {
        baseImage: null,
        ulimits: [
          { name: 'nofile', soft: 1024, hard: 2048 },
          { name: 'nproc', soft: 9, hard: 9 },
        ],
        ports: { http: 8080, Pprof: 6060 },
        logLevel: 'debug',
        instancesPerContainer: 1,
      },
      refused: [],
      passedOver: ['keep_containers', 'background'],
    })
  })

  test('name a base image, or HOPLAB_BASE_IMAGE does', () => {
    const base = (given: object, env: Record<string, string>) => readSettings({ ...given }, env).settings.baseImage
    assert.is(base({ base_image: 'node:20' }, { HOPLAB_BASE_IMAGE: 'node:22' }), 'node:20')
    assert.is(base({}, { HOPLAB_BASE_IMAGE: 'node:22' }), 'node:22')
    assert.is(base({}, { HOPLAB_BASE_IMAGE: '' }), null)
  })

  test('are refused with everything that is wrong in them', () => {
    const { refused } = readSettings(
      { ulimits: ['nofile', 'nofile=9:8', 7], exposed_ports: { 'a-b': 1, http: 70_000 }, base_image: 3 },
      {},
    )
    assert.equal(refused, [
      'docker.base_image: is no text; write base_image = "…"',
      'docker.ulimits: "nofile" is no limit; write name=soft:hard, as "nofile=1024:2048"',
      'docker.ulimits: "nofile=9:8" is no limit; write name=soft:hard, as "nofile=1024:2048"',
      'docker.ulimits: "7" is no limit; write name=soft:hard, as "nofile=1024:2048"',
      'docker.exposed_ports.a-b: is 1; write a label of letters and a port, http = 8080',
      'docker.exposed_ports.http: is 70000; write a label of letters and a port, http = 8080',
    ])
  })
})

describe('limits of containers', (test) => {
  const { manifest } = readManifest(toyManifest, 'manifest.toml')

  test("are the composition's, else by the memory that the manifest says of an instance", () => {
    const mib = 2 ** 20
    assert.equal(limitsOf(manifest, { memoryBytes: 5, cpus: 2 }), { memoryBytes: 5, cpus: 2 })
    assert.equal(limitsOf(manifest, { memoryBytes: null, cpus: null }), {
      memoryBytes: (192 + 4 * 128) * mib,
      cpus: null,
    })
  })

  test('are refused where no engine gives them', () => {
    assert.equal(refuseResources({ memoryBytes: 2 ** 26, cpus: 1.5 }, 2), [])
    assert.equal(refuseResources({ memoryBytes: 2 ** 20, cpus: 2.5 }, 2), [
      'memory: is 1048576 bytes; write at least 6Mi',
      'cpu: is 2.5; this machine has 2, write 0.01 to 2',
    ])
  })
})
