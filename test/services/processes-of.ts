import { readdirSync, readFileSync } from 'node:fs'

/** Command lines of the processes of a run that are there: its instances. */
export function processesOf(run: string): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const own = readFileSync(`/proc/${entry}/environ`, 'latin1').split('\0').includes(`TEST_RUN=${run}`)
        return own ? [readFileSync(`/proc/${entry}/cmdline`, 'latin1').replaceAll('\0', ' ')] : []
      } catch {
        return []
      }
    })
}
