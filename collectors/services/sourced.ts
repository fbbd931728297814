import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { portSetting, type ServiceName } from './names.ts'
import { influxToken } from './servers/influxdb.ts'
import { bucket } from './servers/s3.ts'
import { servers } from './servers/servers.ts'
import { type Settings, setting } from './settings.ts'

/** The file of a folder that a shell can read: `. FILE`. */
export const sourcedFile = (folder: string): string => join(folder, 'hoplab.env')

/** What other commands are to be given, without secrets. */
export interface Uses {
  /** For `--store`. */
  readonly store?: string
  /** For `--observe`. */
  readonly observe?: string
  /** For HOPLAB_REDIS. */
  readonly redis?: string
}

/** How the services that run are used. */
export function usesOf(names: readonly ServiceName[], settings: Settings): Uses {
  const at = (name: ServiceName): string => servers[name].address(Number(setting(settings, portSetting(name))))
  return {
    ...(names.includes('s3') ? { store: `s3://${bucket}/runs?endpoint=${at('s3')}&region=us-east-1` } : {}),
    ...(names.includes('influxdb') ? { observe: `influx=${at('influxdb')}` } : {}),
    ...(names.includes('redis') ? { redis: at('redis') } : {}),
  }
}

/** Writes the file that a shell can read, for this user alone: addresses and credentials of the services that run. */
export async function writeSourced(folder: string, names: readonly ServiceName[], settings: Settings): Promise<void> {
  const { store, observe, redis } = usesOf(names, settings)
  const values = {
    ...(store === undefined
      ? {}
      : {
          AWS_ACCESS_KEY_ID: setting(settings, 'HOPLAB_S3_ACCESS_KEY'),
          AWS_SECRET_ACCESS_KEY: setting(settings, 'HOPLAB_S3_SECRET_KEY'),
          HOPLAB_STORE: store,
        }),
    ...(observe === undefined ? {} : { INFLUX_TOKEN: influxToken(settings), HOPLAB_OBSERVE: observe }),
    ...(redis === undefined ? {} : { HOPLAB_REDIS: redis }),
  }
  const lines = Object.entries(values).map(([name, value]) => `export ${name}='${value}'\n`)
  const temp = join(folder, `.${process.pid}.tmp`)
  await writeFile(temp, lines.join(''), { mode: 0o600 })
  await rename(temp, sourcedFile(folder))
}
