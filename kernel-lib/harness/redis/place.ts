import type { Server } from 'node:net'

/** What a Redis for the instances of a run needs of the place where they are. */
export interface RedisPlace {
  /** A server of this process on an address that instances reach; port 0 is a free one. */
  listen(port: number): Promise<Server>
  /** Folder for a socket, absolute. */
  readonly temp: string
  /** Told of its pid at once, so that whoever finds the run abandoned can end it. */
  started(pid: number): void
}

/** A Redis that holds the sync state of a run. */
export interface RunRedis {
  /** Where this process reaches it. */
  readonly url: string
  /** Where instances do. */
  readonly host: string
  readonly port: number
  /** For the record: `HOPLAB_REDIS`, or the version of a server of ours. */
  readonly about: string
  close(): Promise<void>
}
