import { isAlive, nameProcess, type ProcessName, processSpace } from '../harness/machine/process.ts'

/** The process that makes or runs something, and where its pid means something. */
export type Owner = ProcessName & { readonly space: string }

/** This process. */
export function thisOwner(): Owner {
  return { ...(nameProcess(process.pid) ?? { pid: process.pid, start: '' }), space: processSpace() }
}

/** Whether an owner has ended; null where its processes cannot be seen from here. */
export function isGone(owner: Owner): boolean | null {
  return owner.start !== '' && owner.space === processSpace() ? !isAlive(owner) : null
}
