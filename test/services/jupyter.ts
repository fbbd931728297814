import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installKernel } from '../../kernel-lib/kernel/jupyter/kernelspec.ts'
import type { Need } from '../suite.ts'

const bin = process.env.HOPLAB_JUPYTER ?? ''

/** A Python environment with JupyterLab, nbconvert and nbclient: HOPLAB_JUPYTER is the path of its `bin`. */
export const jupyter: Need = {
  name: 'jupyter (HOPLAB_JUPYTER)',
  found: () => bin !== '' && existsSync(join(bin, 'jupyter')),
}

/** Folders of Jupyter's own that nothing else on this machine sees, with our kernel installed. */
export interface JupyterHome {
  readonly folder: string
  /** Starts a program of the environment: `jupyter`, `python`. */
  start(program: string, ...words: readonly string[]): ChildProcess
  /** Starts it and resolves when it has ended. */
  run(program: string, ...words: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }>
  remove(): void
}

/** Makes such folders. */
export async function jupyterHome(): Promise<JupyterHome> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-jupyter-'))
  const env = {
    ...process.env,
    HOME: folder,
    // Before the kernels of the environment itself.
    JUPYTER_PATH: join(folder, 'data'),
    JUPYTER_DATA_DIR: join(folder, 'data'),
    JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
    JUPYTER_CONFIG_DIR: join(folder, 'config'),
    IPYTHONDIR: join(folder, 'ipython'),
  }
  await installKernel(join(folder, 'data', 'kernels'))
  const start = (program: string, ...words: readonly string[]): ChildProcess =>
    spawn(join(bin, program), words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  return {
    folder,
    start,
    run(program, ...words) {
      const child = start(program, ...words)
      let [stdout, stderr] = ['', '']
      child.stdout?.on('data', (text) => {
        stdout += text
      })
      child.stderr?.on('data', (text) => {
        stderr += text
      })
      return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  }
}
