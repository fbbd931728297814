import { tmpdir } from 'node:os'
import { go } from './command.ts'

const sdk = 'github.com/testground/sdk-go'

/** Version of Testground's sdk-go in a Go program, as its own build information tells; null where it holds none. */
export async function sdkOf(file: string): Promise<string | null> {
  const lines = (await go(['version', '-m', file], { folder: tmpdir() }))
    .split('\n')
    .map((line) => line.trim().split('\t'))
  const at = lines.findIndex(([kind, module]) => kind === 'dep' && module === sdk)
  const [dep, next] = [lines[at], lines[at + 1]]
  if (dep === undefined) return null
  return (next?.[0] === '=>' ? next[2] : dep[2]) ?? null
}

/** Whether an sdk-go of a version keeps its state in Redis (before 0.3), and not in the sync service. */
export function speaksRedis(version: string | null): boolean {
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version ?? '') ?? []
  return major === '0' && Number(minor) < 3
}
