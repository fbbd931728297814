import { queueRule } from '../../../network/shaper/rule.ts'
import { tcLines } from '../../../network/tc.ts'
import { type Namespace, runBatch, runIn } from './command.ts'
import { announcement, closeControlLines, ipLines } from './ip-lines.ts'
import type { Link, LinkChange } from './link.ts'

/** Makes addresses, routes and the kernel's part of the shape in a namespace what they are to be. Rejects with the namespace and the command that failed: then what is in force is not known. */
export async function configureNamespace(
  namespace: Namespace,
  change: LinkChange,
  { netem }: { readonly netem: boolean },
): Promise<void> {
  const { devices } = namespace
  const shapes = { before: change.before.shape, after: change.after.shape }
  // The shape comes first, so that nothing goes out by a new way unshaped.
  await runBatch(namespace, 'tc', tcLines(devices.data, shapes, { netem }))
  await runBatch(namespace, 'ip', ipLines(devices, change))
}

/** Takes from a namespace the ways that the control network offers, which would lead to the other instances past the shaped one. */
export function closeControl(
  namespace: Namespace,
  control: { readonly subnet: string; readonly isDefault: boolean },
): Promise<void> {
  return runBatch(namespace, 'ip', closeControlLines(namespace.devices, control))
}

/** Tells a namespace's neighbours who has its address. */
export function announce(namespace: Namespace, link: Link): Promise<void> {
  return runBatch(namespace, 'ip', [announcement(namespace.devices, link)])
}

/** Queues for the user-space shaper what comes in on a namespace's data network. Nothing passes while no shaper serves the queue. */
export function queueNamespace(namespace: Namespace, queue: number): Promise<void> {
  return runIn(namespace, ['iptables', ...queueRule(namespace.devices.data, queue)])
}
