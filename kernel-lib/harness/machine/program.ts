import { existsSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import type { Plan } from '../harness.ts'
import { type CommandLine, fromSource, sourceOptions } from './own.ts'

/** The file that starts a plan's instances, absolute; null where the plan brings none. */
export function programFile(plan: Plan): string | null {
  const { program } = plan.manifest
  return program === null ? null : fileOf(plan, program)
}

/** A program that a manifest names, absolute: from source, `x.ts` is taken for a `dist/x.js` that stands for it. */
export function fileOf(plan: Plan, program: string): string {
  const file = resolve(plan.folder, program)
  if (!fromSource() || basename(dirname(file)) !== 'dist' || extname(file) !== '.js') return file
  const source = resolve(dirname(dirname(file)), basename(file).replace(/\.js$/, '.ts'))
  return existsSync(source) ? source : file
}

/** How a program is started: JavaScript by this node, TypeScript by this node from source, anything else by itself. */
export function programCommand(file: string): CommandLine {
  if (/\.[cm]?js$/.test(file)) return { command: process.execPath, args: [file] }
  if (/\.[cm]?ts$/.test(file)) return { command: process.execPath, args: [...sourceOptions(), file] }
  return { command: file, args: [] }
}
