import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import * as s3 from '@aws-sdk/client-s3'
import { type BucketLocationConstraint, S3Client } from '@aws-sdk/client-s3'
import type { Need } from '../suite.ts'
import { freePort } from './free-port.ts'
import { s3ServerPath } from './needs.ts'

/** An S3 server with an empty bucket of its own. */
export interface S3Server {
  readonly endpoint: string
  readonly bucket: string
  /** URL of a store in its bucket. */
  url(prefix: string): string
  readonly client: S3Client
  /** Kills it as a power cut would; null where it is not ours to kill. */
  readonly kill: (() => Promise<void>) | null
  /** Starts it again on the same data. */
  start(): Promise<void>
  /** Removes all. */
  stop(): Promise<void>
}

/** A make of server that checks run on. */
export interface Make {
  readonly name: string
  readonly need: Need
  open(options?: { readonly folder?: string }): Promise<S3Server>
}

const credentials = { accessKeyId: 'hoplab-test', secretAccessKey: 'hoplab-test-secret' }

interface Program {
  readonly name: string
  words(port: number, folder: string): readonly string[]
  readonly env: NodeJS.ProcessEnv
}

const programs: readonly Program[] = [
  {
    name: 'versitygw',
    words(port, folder) {
      for (const part of ['iam', 'data']) mkdirSync(join(folder, part), { recursive: true })
      const settings = ['--port', `127.0.0.1:${port}`, '--quiet', '--iam-dir', join(folder, 'iam')]
      return [...settings, 'posix', join(folder, 'data')]
    },
    env: { ROOT_ACCESS_KEY: credentials.accessKeyId, ROOT_SECRET_KEY: credentials.secretAccessKey },
  },
  {
    name: 'minio',
    words: (port, folder) => [
      'server',
      '--quiet',
      '--address',
      `127.0.0.1:${port}`,
      '--console-address',
      '127.0.0.1:0',
      join(folder, 'data'),
    ],
    env: {
      MINIO_ROOT_USER: credentials.accessKeyId,
      MINIO_ROOT_PASSWORD: credentials.secretAccessKey,
      MINIO_CI_CD: 'on',
      MINIO_UPDATE: 'off',
    },
  },
]

/** The makes of server to check on: the one that HOPLAB_S3_ENDPOINT names, else those that are built here. */
export function makes(): readonly Make[] {
  const outside = process.env.HOPLAB_S3_ENDPOINT
  if (outside !== undefined)
    return [{ name: outside, need: { name: outside, found: () => true }, open: () => openOutside(outside) }]
  return programs.map((program) => ({
    name: program.name,
    need: { name: program.name, found: () => s3ServerPath(program.name) },
    open: ({ folder } = {}) => openOwn(program, folder ?? mkdtempSync(join(tmpdir(), `hoplab-${program.name}-`))),
  }))
}

/** The first make, for what one server is enough for. */
export const firstMake = (): Make => makes()[0] as Make

async function openOwn(program: Program, folder: string): Promise<S3Server> {
  useCredentials()
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  async function start(): Promise<void> {
    const env = { PATH: process.env.PATH, HOME: folder, ...program.env }
    child = spawn(s3ServerPath(program.name) ?? program.name, program.words(port, folder), { stdio: 'ignore', env })
    await answers(endpoint)
  }
  async function kill(): Promise<void> {
    const dying = child
    if (dying === null) return
    child = null
    const over = new Promise((resolve) => dying.once('close', resolve))
    dying.kill('SIGKILL')
    await over
  }
  // A suite that dies must not leave its server behind.
  process.once('exit', () => child?.kill('SIGKILL'))
  await start()
  const server = await inBucket(endpoint)
  return {
    ...server,
    kill,
    start,
    async stop() {
      server.client.destroy()
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openOutside(endpoint: string): Promise<S3Server> {
  const server = await inBucket(endpoint)
  return { ...server, kill: null, start: async () => {}, stop: () => empty(server.client, server.bucket) }
}

/** The SDK's own chain finds them in the environment, here and in processes that are started. */
function useCredentials(): void {
  process.env.AWS_ACCESS_KEY_ID = credentials.accessKeyId
  process.env.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey
}

async function inBucket(endpoint: string): Promise<Pick<S3Server, 'endpoint' | 'bucket' | 'url' | 'client'>> {
  const bucket = `hoplab-${randomBytes(6).toString('hex')}`
  const region = process.env.AWS_REGION ?? 'us-east-1'
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const elsewhere =
    region === 'us-east-1'
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } }
  await client.send(new s3.CreateBucketCommand({ Bucket: bucket, ...elsewhere }))
  return { endpoint, bucket, client, url: (prefix) => `s3://${bucket}/${prefix}?endpoint=${endpoint}&region=${region}` }
}

async function empty(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Contents = [] } = await client.send(new s3.ListObjectsV2Command({ Bucket }))
    if (Contents.length === 0) break
    for (const { Key } of Contents) await client.send(new s3.DeleteObjectCommand({ Bucket, Key }))
  }
  await client.send(new s3.DeleteBucketCommand({ Bucket }))
  client.destroy()
}

async function answers(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const status = await fetch(endpoint).then(
      ({ status }) => status,
      () => 0,
    )
    if (status > 0 && status < 500) return
    await delay(100)
  }
  throw new Error(`${endpoint} did not answer within 30 s`)
}
