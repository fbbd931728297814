import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as assert from 'uvu/assert'
import { readManifest } from '../../../../kernel-lib/composition/manifest-file.ts'
import { contextOf } from '../../../../kernel-lib/harness/docker/dockerfile/context.ts'
import { buildLog } from '../../../../kernel-lib/harness/docker/dockerfile/log.ts'
import { readDockerfile } from '../../../../kernel-lib/harness/docker/dockerfile/read.ts'
import { describe } from '../../../suite.ts'

const images = (text: string, args = {}): readonly string[] => readDockerfile(text, args).images

/** Paths of the context of a plan that has these files. */
async function contextWith(files: Readonly<Record<string, string>>, dockerfile = 'Dockerfile') {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-test-'))
  try {
    for (const [path, text] of Object.entries({ Dockerfile: 'FROM scratch', ...files })) {
      mkdirSync(join(folder, 'p', dirname(path)), { recursive: true })
      writeFileSync(join(folder, 'p', path), text)
    }
    symlinkSync('Dockerfile', join(folder, 'p/link'))
    const text = `name = "p"\n[extra_sources]\ndocker_generic = ["../beside"]\n[[testcases]]\nname = "c"\ninstances = { min = 1, max = 2 }\n`
    mkdirSync(join(folder, 'beside'))
    writeFileSync(join(folder, 'beside/more.txt'), '')
    const { manifest } = readManifest(text, 'manifest.toml')
    const options = { builder: 'docker:generic', dockerfile }
    return (await contextOf({ manifest, folder: join(folder, 'p') }, options)).map(({ path, kind }) =>
      kind === 'folder' ? `${path}/` : path,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('a Dockerfile', (test) => {
  test('tells the images that it begins with and copies from, its own stages aside', () => {
    const text = `# FROM commented
FROM --platform=linux/amd64 golang:1.21 AS build
FROM build AS tested
from scratch
COPY --from=build /a /a
COPY --from=1 /b /b
COPY --from=busybox:1 /c /c`
    assert.equal(images(text), ['golang:1.21', 'busybox:1'])
  })

  test('takes arguments where they are given, else their defaults', () => {
    const text = `ARG TAG=20 \\
  NAME="node"
ARG BASE=\${NAME}:$TAG
FROM \${BASE:-other}
ARG LATE=1
FROM \${LATE}\${GONE}`
    assert.equal(images(text), ['node:20'])
    assert.equal(images(text, { TAG: '22' }), ['node:22'])
    assert.equal(images(text, { BASE: 'mine' }), ['mine'])
    assert.equal(images(`ARG BASE\nFROM \${BASE:-other}`), ['other'])
    assert.equal(readDockerfile(text, {}).declared, ['TAG', 'NAME', 'BASE'])
  })
})

describe('what a Dockerfile finds around it', (test) => {
  test('is the plan and its extra sources, as Testground lays them out', async () => {
    assert.equal(await contextWith({ 'a/b.txt': '', '_left/x': '', 'plan.zip': '', 'a/_kept': '' }), [
      '/extra/',
      '/extra/beside/',
      '/extra/beside/more.txt',
      '/plan/',
      '/plan/Dockerfile',
      '/plan/a/',
      '/plan/a/_kept',
      '/plan/a/b.txt',
      '/plan/link',
    ])
  })

  test('lacks what .testgroundignore names anywhere and .dockerignore names from the top', async () => {
    const files = {
      '.testgroundignore': '*.log\nout/\n!kept.log',
      '.dockerignore': '# notes\n./top.txt\nsrc/*.md\n**/deep.txt\n!src/read.md',
      'a/x.log': '',
      'a/kept.log': '',
      'a/out/x': '',
      'top.txt': '',
      'a/top.txt': '',
      'src/some.md': '',
      'src/read.md': '',
      'a/deep.txt': '',
    }
    const found = (await contextWith(files)).filter((path) => /^\/plan\/(?:a|src|top)/.test(path))
    assert.equal(found, ['/plan/a/', '/plan/a/kept.log', '/plan/a/top.txt', '/plan/src/', '/plan/src/read.md'])
  })

  test('holds the Dockerfile, whatever is ignored', async () => {
    const found = await contextWith({ '.dockerignore': '*', 'go/Dockerfile': '', 'go/main.go': '' }, 'go/Dockerfile')
    assert.equal(
      found.filter((path) => path.startsWith('/plan/')),
      ['/plan/', '/plan/go/', '/plan/go/Dockerfile'],
    )
  })
})

describe('the answer of a build', (test) => {
  const line = (said: object): string => `${JSON.stringify(said)}\r\n`
  const step = line({ stream: 'Step 2/3 : RUN make' })

  test('tells the step that failed and what it printed, however it is cut', () => {
    const text = [
      line({ stream: 'Step 1/3 : FROM x' }),
      line({ stream: 'early\n' }),
      step,
      line({ stream: ' ---> Running in abc\n' }),
      ...Array.from({ length: 30 }, (_, at) => line({ stream: `line ${at}\n` })),
      line({ errorDetail: { code: 2 }, error: 'make returned a non-zero code: 2' }),
    ].join('')
    for (const size of [1, 7, text.length]) {
      const log = buildLog()
      for (let at = 0; at < text.length; at += size) log.take(text.slice(at, at + size))
      const [head, ...printed] = log.failure()?.split('\n') ?? []
      assert.is(head, 'step 2/3 : RUN make failed: make returned a non-zero code: 2')
      assert.equal([printed.length, printed[0], printed.at(-1)], [20, '  line 10', '  line 29'])
    }
  })

  test('is no failure where nothing says so', () => {
    const log = buildLog()
    log.take(step + line({ stream: 'error: not really\n' }))
    assert.is(log.failure(), null)
  })
})
