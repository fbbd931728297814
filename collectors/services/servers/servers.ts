import type { ServiceName } from '../names.ts'
import { grafana } from './grafana.ts'
import { influxdb } from './influxdb.ts'
import { redis } from './redis.ts'
import { s3 } from './s3.ts'
import type { ServerKind } from './server.ts'

export const servers: Readonly<Record<ServiceName, ServerKind>> = { s3, influxdb, redis, grafana }
