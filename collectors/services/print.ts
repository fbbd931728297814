import type { ServicesStatus } from './status.ts'

/** How services do, for people. */
export function statusLines(status: ServicesStatus | null, folder: string): readonly string[] {
  if (status === null) return [`nothing was started from ${folder}; hoplab services up starts all`]
  const rows = status.services.map(({ name, state, address, version, problem }) =>
    [name.padEnd(9), state.padEnd(9), (address ?? '').padEnd(24), version ?? '', problem ?? ''].join(' ').trimEnd(),
  )
  const { store, observe, redis } = status.uses
  if (store === undefined && observe === undefined && redis === undefined) return rows
  return [
    ...rows,
    '',
    `. ${status.env}`,
    ...(store === undefined ? [] : [`  --store '${store}'`]),
    ...(observe === undefined ? [] : [`  --observe ${observe}`]),
    ...(redis === undefined ? [] : [`  HOPLAB_REDIS=${redis}`]),
    `passwords are in ${status.folder}/settings.env; Grafana's user is hoplab`,
  ]
}
