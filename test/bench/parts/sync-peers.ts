import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { redisServerPath } from '../../services/needs.ts'
import { startRedis } from '../../services/redis-server.ts'

/** A sync service that is measured. */
export interface Peer {
  readonly name: string
  readonly port: number
  stop(): Promise<void>
}

/** A service that cannot be had on this machine, and why. */
export interface Absent {
  readonly name: string
  readonly why: string
}

const server = join(import.meta.dirname, 'sync-server.ts')
const goVersion = 'v0.1.0'

/** Ours with its store in memory. */
export async function memoryPeer(run: string, instances: number): Promise<Peer> {
  return ours('memory', [run, String(instances)])
}

/** Ours with its store in a Redis of its own. */
export async function redisPeer(run: string, instances: number): Promise<Peer | Absent> {
  if (redisServerPath() === null) return { name: 'redis', why: 'there is no redis-server on PATH' }
  const redis = await startRedis()
  const peer = await ours('redis', [run, String(instances), redis.url])
  return { ...peer, stop: () => peer.stop().then(redis.stop) }
}

async function ours(name: string, words: readonly string[]): Promise<Peer> {
  const args = ['--conditions=hoplab-source', '--import', 'tsx', server, ...words]
  return listening(name, spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] }))
}

/** Testground's own, built here as a Go module; it keeps its state in memory, and listens on every address. */
export async function goPeer(): Promise<Peer | Absent> {
  if (!process.env.HOPLAB_BENCH_GO)
    return { name: 'go', why: 'it listens on all addresses of this machine; set HOPLAB_BENCH_GO=1 to allow that' }
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-go-sync-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    writeFileSync(join(folder, 'go.mod'), goModule)
    writeFileSync(join(folder, 'main.go'), goMain)
    const env = { ...process.env, GOFLAGS: '-mod=mod', CGO_ENABLED: '0', GOTOOLCHAIN: 'local' }
    await promisify(execFile)('go', ['build', '-trimpath', '-o', 'peer', '.'], { cwd: folder, env })
    const peer = await listening('go', spawn(join(folder, 'peer'), { stdio: ['pipe', 'pipe', 'ignore'] }))
    return { ...peer, stop: () => peer.stop().then(remove) }
  } catch (error) {
    remove()
    const { code, message } = error as { code?: unknown; message: string }
    return { name: 'go', why: code === 'ENOENT' ? 'there is no go on PATH' : message }
  }
}

const goModule = `module peer

go 1.21

require github.com/testground/sync-service ${goVersion}
`

const goMain = `package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"

	"github.com/testground/sync-service"
	"go.uber.org/zap"
)

func main() {
	service, err := sync.NewDefaultService(context.Background(), zap.NewNop().Sugar())
	if err != nil {
		panic(err)
	}
	server, err := sync.NewServer(service, 0)
	if err != nil {
		panic(err)
	}
	_, port, _ := net.SplitHostPort(server.Addr())
	fmt.Println(port)
	go server.Serve()
	io.Copy(io.Discard, os.Stdin)
}
`

async function listening(name: string, child: ChildProcess): Promise<Peer> {
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let out = ''
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', (text) => {
      out += text
      if (out.includes('\n')) resolve(Number(out))
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`the sync service "${name}" ended before it listened`)))
  })
  return {
    name,
    port,
    async stop() {
      child.stdin?.end()
      await over
    },
  }
}
