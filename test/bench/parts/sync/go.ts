import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const version = 'v0.1.0'

/** Testground's own sync service, built from its Go module and kept in the user's cache folder: the program's path, or why it is not there. It keeps its state in memory, listens on every address of its network, and ends when its input does. */
export async function goProgram(): Promise<{ readonly path: string } | { readonly why: string }> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hoplab')
  const path = join(cache, `sync-service-${version}`)
  if (existsSync(path)) return { path }
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'build-'))
  try {
    writeFileSync(join(folder, 'go.mod'), module)
    writeFileSync(join(folder, 'main.go'), main)
    const env = { ...process.env, GOFLAGS: '-mod=mod', CGO_ENABLED: '0', GOTOOLCHAIN: 'local' }
    await promisify(execFile)('go', ['build', '-trimpath', '-o', 'program', '.'], { cwd: folder, env })
    renameSync(join(folder, 'program'), path)
    return { path }
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    return { why: code === 'ENOENT' ? 'there is no go on PATH' : message }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const module = `module program

go 1.21

require (
	github.com/testground/sync-service ${version}
	go.uber.org/zap v1.16.0
)
`

const main = `package main

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
