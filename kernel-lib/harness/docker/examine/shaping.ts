import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Finding } from '../../harness.ts'

const finding = { what: 'shaping', blocks: false, mend: null }

/** Tells how links can be shaped: by the kernel's netem, or by a program of ours that `cc` compiles. */
export async function examineShaping(): Promise<Finding> {
  const netem = await triesNetem()
  if (netem === 'yes') return { ...finding, found: 'by the kernel (netem)', fix: null }
  const compiler = await says('cc', ['--version'])
  const kernel = netem === 'no' ? 'this kernel has no netem' : 'whether this kernel has netem shows at the first run'
  if (compiler !== null) return { ...finding, found: `in user space, compiled by ${compiler} (${kernel})`, fix: null }
  const fix =
    'modprobe sch_netem, or apt-get install gcc libc6-dev: a run that asks for a shape is refused without either'
  return { ...finding, found: `${kernel}, and there is no cc`, fix: netem === 'no' ? fix : null }
}

/** Asks the kernel in a network namespace of our own, where this user may make one. */
async function triesNetem(): Promise<'yes' | 'no' | 'unknown'> {
  const own = process.getuid?.() === 0 ? ['--net'] : ['--user', '--map-root-user', '--net']
  try {
    await promisify(execFile)('unshare', [...own, 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms'])
    return 'yes'
  } catch (error) {
    return /qdisc kind is unknown|specified qdisc (?:kind )?(?:not found|is unknown)/i.test(
      String((error as { stderr?: string }).stderr),
    )
      ? 'no'
      : 'unknown'
  }
}

/** The first line that a program prints; null where it is not to be had. */
async function says(command: string, args: readonly string[]): Promise<string | null> {
  return promisify(execFile)(command, [...args]).then(
    ({ stdout }) => stdout.split('\n')[0] ?? '',
    () => null,
  )
}
