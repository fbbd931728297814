// A sync service of its own process: server.ts RUN INSTANCES [REDIS]. Prints its port, and ends when its input does.
import { openSyncStore } from 'hoplab/sync/open.ts'
import { startSync } from 'hoplab/sync/start.ts'

const [run = '', count = '', redis] = process.argv.slice(2)
const facts = { run, plan: 'p', case: 'c' }
const instances = Array.from({ length: Number(count) }, (_, index) => ({ group: 'g', index }))
const store = await openSyncStore(redis ?? null, facts)
const sync = startSync({ ...facts, instances, barrierTimeoutMs: 600_000, store })
console.log((await sync.door(null)).port)
process.stdin.resume().on('end', () => sync.close().then(() => process.exit()))
