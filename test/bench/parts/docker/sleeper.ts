import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Workspace } from '../../../../kernel-lib/command.ts'

/** A workspace with one plan, `sleeper`: its program says that it is up, and sleeps until it is told to end. */
export interface Sleeper {
  readonly folder: string
  readonly workspace: Workspace
  remove(): void
}

/** The least that a program can be, so that what is measured is the containers' cost and not the program's. */
const source = `#include <signal.h>
#include <unistd.h>

static void leave(int number) {
  (void)number;
  _exit(0);
}

int main(void) {
  static const char up[] = "{\\"event\\":{\\"message_event\\":{\\"message\\":\\"up\\"}}}\\n";
  signal(SIGTERM, leave);
  if (write(1, up, sizeof up - 1) < 0) return 1;
  for (;;) pause();
}
`

const manifest = `name = "sleeper"
about = "Sleeps until it is told to end."
program = "sleeper"
memory_mb = 1

[[testcases]]
name = "sleep"
about = "Sleeps."
instances = { min = 1, max = 1000 }
`

/** What is on our own SDK does not configure its network, as nothing does in the other ways. */
const packageFile = JSON.stringify({ name: 'sleeper', files: ['sleeper'], dependencies: { '@hoplab/sdk': '*' } })

/** Writes the plan to a folder of its own; its program is compiled by `cc`. */
export function sleeperPlan(): Sleeper {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-bench-docker-'))
  const plan = join(folder, 'plans', 'sleeper')
  mkdirSync(plan, { recursive: true })
  writeFileSync(join(folder, 'sleeper.c'), source)
  execFileSync('cc', ['-O2', '-o', join(plan, 'sleeper'), join(folder, 'sleeper.c')], { stdio: 'inherit' })
  writeFileSync(join(plan, 'manifest.toml'), manifest)
  writeFileSync(join(plan, 'package.json'), packageFile)
  mkdirSync(join(folder, 'node_modules', '@hoplab'), { recursive: true })
  symlinkSync(join(import.meta.dirname, '../../../../plans/sdk'), join(folder, 'node_modules', '@hoplab', 'sdk'))
  return {
    folder,
    workspace: { root: folder, commands: [], plans: [join(folder, 'plans')], observers: [] },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
