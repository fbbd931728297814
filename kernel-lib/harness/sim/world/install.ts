import { readFileSync, writeSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { putWorld } from '@hoplab/sdk'
import { type Told, toldFile, type WorldSettings } from '../settings.ts'
import { quickenKeys } from './chance/fast-keys.ts'
import { quickenSignatures } from './chance/fast-signatures.ts'
import { replaceRandomness } from './chance/randomness.ts'
import { nothingAway } from './outside/away.ts'
import { replaceChannels } from './outside/channels.ts'
import { replaceCollected } from './outside/collected.ts'
import { holesAt } from './outside/holes.ts'
import { watchNumbers, watchOutside } from './outside/watch.ts'
import { replaceDates } from './time/dates.ts'
import { replaceTimers } from './time/timers.ts'
import { virtualTime } from './time/virtual-time.ts'
import { traceIn } from './trace/trace.ts'
import { worldOf } from './world.ts'

const settings = JSON.parse(readFileSync(process.env.HOPLAB_WORLD ?? '', 'utf8')) as WorldSettings

const tell = (told: Told): void => {
  writeSync(toldFile, `${JSON.stringify(told)}\n`)
}

const time = virtualTime()
const away = nothingAway()
const holes = holesAt(
  () => time.nowMs,
  ({ what, by, atMs }) => tell({ kind: 'hole', what, by, atMs }),
)
// Streams of the process are made when they are first named; what makes them is no doing of the program.
void [process.stdout, process.stderr, process.stdin]
const trace = traceIn(settings.trace, time)
replaceTimers(time)
replaceDates(time)
quickenKeys()
quickenSignatures()
replaceRandomness(settings.spec.seed, holes)
replaceChannels()
replaceCollected()
watchOutside(away, holes)
syncBuiltinESMExports()
watchNumbers(holes)
putWorld(worldOf({ settings, time, away, holes, trace, tell }))
