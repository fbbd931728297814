import { chmod, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Invocation } from 'hoplab'
import { findCommand } from 'hoplab/cli/commands.ts'

/** Writes what Grafana reads, by the workspace's command `dashboards`: a dashboard for each plan, and InfluxDB as the containers see it. */
export async function writeDashboards(folder: string, invocation: Invocation): Promise<void> {
  await mkdir(folder, { recursive: true })
  const command = await findCommand(invocation.workspace, 'dashboards')
  const values = { out: folder, influx: 'http://influxdb:8086' }
  await command.run({ ...invocation, positionals: [], values, out: () => {} })
  await openToReaders(folder)
}

/** Grafana runs as another user, and sees this folder alone: the one above keeps others out. */
async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644)
}
