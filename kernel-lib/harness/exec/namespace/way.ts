import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { AbsentError } from '../../../errors.ts'

/** How a network namespace is made on a machine, in words of `unshare`, and how programs come into it, in words of `nsenter`. */
export interface Way {
  readonly make: readonly string[]
  readonly enter: readonly string[]
}

/** As root, and as somebody else. */
const ways: readonly Way[] = [
  { make: ['--net'], enter: ['--net'] },
  { make: ['--user', '--map-root-user', '--net'], enter: ['--user', '--preserve-credentials', '--net'] },
]

/** Whether programs that open ports on every address are to be started where nobody else sees them; false under `HOPLAB_NAMESPACE=none`. */
export function wantsNamespace(): boolean {
  return process.env.HOPLAB_NAMESPACE !== 'none'
}

/**
 * How network namespaces are made here.
 *
 * @throws AbsentError where this machine allows none, or lacks `unshare` or `ip`.
 */
export async function findWay(): Promise<Way> {
  const reasons = new Set<string>()
  for (const way of ways) {
    const reason = await tried(way)
    if (reason === null) return way
    reasons.add(reason)
  }
  throw new AbsentError(
    `exec starts programs that open ports on every address, as Testground's Go SDK does, in a network namespace, and this machine gives none (${[...reasons].join('; ')}): apt-get install util-linux iproute2; run as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0); or write --runner docker; or set HOPLAB_NAMESPACE=none, and those ports are open on this machine`,
  )
}

/** Null where a way works, else why not. */
async function tried({ make }: Way): Promise<string | null> {
  try {
    await promisify(execFile)('unshare', [...make, 'ip', 'link', 'set', 'lo', 'up'])
    return null
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string }
    return stderr?.trim() || message
  }
}
