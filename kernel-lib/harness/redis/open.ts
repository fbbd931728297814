import { givenRedis } from './check.ts'
import { forward } from './forward.ts'
import type { RedisPlace, RunRedis } from './place.ts'
import { startServer } from './server.ts'

/**
 * A Redis for a run whose programs speak to one directly: the one that `HOPLAB_REDIS` names, else a server of this machine, started for the run.
 * Instances reach it through this process, which listens where they are.
 *
 * @throws AbsentError where there is none, InputError where HOPLAB_REDIS names none that such programs can use.
 */
export async function openRedis(place: RedisPlace): Promise<RunRedis> {
  const given = givenRedis()
  if (given !== null)
    return { ...(await forward(place.listen, given.address.options)), url: given.url, about: 'HOPLAB_REDIS' }
  const server = await startServer(place)
  const { host, port, close } = await forward(place.listen, { path: server.socket })
  return {
    url: `unix://${server.socket}`,
    host,
    port,
    about: `redis-server ${server.version}`,
    async close() {
      await close()
      await server.end()
    },
  }
}
