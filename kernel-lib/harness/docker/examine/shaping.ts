import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { compileShaper } from '../../../network/shaper.ts'
import type { Finding } from '../../harness.ts'

const finding = { what: 'shaping', blocks: false, mend: null }

/** Tells how links can be shaped: by the kernel's netem, or by the shaper that `cc` compiles. Without either, a run that asks for a shape is refused. */
export async function examineShaping(): Promise<Finding> {
  const netem = await triesNetem()
  if (netem === 'yes') return { ...finding, found: 'by the kernel (netem)', fix: null }
  const kernel = netem === 'no' ? 'this kernel has no netem' : 'whether this kernel has netem shows at the first run'
  return compileShaper().then(
    () => ({ ...finding, found: `in user space, by a shaper that cc compiled; ${kernel}`, fix: null }),
    (error: Error) => ({ ...finding, found: kernel, fix: netem === 'no' ? error.message : null }),
  )
}

/** Asks the kernel in a network namespace of our own, where this user may make one. */
async function triesNetem(): Promise<'yes' | 'no' | 'unknown'> {
  const own = process.getuid?.() === 0 ? ['--net'] : ['--user', '--map-root-user', '--net']
  try {
    await promisify(execFile)('unshare', [...own, 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms'])
    return 'yes'
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string }
    return /qdisc (?:kind )?(?:is unknown|not found)/i.test(stderr) ? 'no' : 'unknown'
  }
}
