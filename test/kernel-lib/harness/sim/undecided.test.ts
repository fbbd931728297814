// time limit: 120 s
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { RunEvent } from '../../../../kernel-lib/run/observer.ts'
import { rerun } from '../../../../kernel-lib/run/rerun/rerun.ts'
import { run } from '../../../../kernel-lib/run/run.ts'
import { simulated, undecidedLines } from '../../../../kernel-lib/run/simulated.ts'
import { runLines, runSummary } from '../../../../kernel-lib/run/summary.ts'
import { showRun } from '../../../../kernel-lib/stats/show-run.ts'
import { runCard } from '../../../../publish/render/run-card.ts'
import { describe } from '../../../suite.ts'
import { experimentOf, fixtures, freshRuns } from '../../run/experiment-of.ts'

describe('what a seed does not decide', (test) => {
  test('is said while the run lives, at its end, where it is shown, and on its page', async () => {
    const runsFolder = freshRuns()
    const told: RunEvent[] = []
    const groups = [{ id: 'all', count: 1 }]
    const experiment = await experimentOf({ plan: 'simulated', case: 'planted', runner: 'sim', groups })
    const record = await run(experiment, { runsFolder, observers: [(event) => void told.push(event)] })
    const folder = join(runsFolder, record.run)
    const lines = undecidedLines(record)
    const found = simulated(record)?.holes.length ?? 0
    assert.ok(found > 5, `${found} holes`)
    assert.is(lines.length, 6)
    assert.is(lines[5], `not decided by the seed: ${found - 5} more; see placement.holes in record.json`)
    const notices = told.flatMap((event) => (event.kind === 'notice' ? [event.text] : []))
    assert.equal(notices.slice(0, 5), lines.slice(0, 5))
    assert.is(notices.length, found)
    assert.equal(runLines(record, folder).slice(1, -1), lines)
    const shown = await showRun(record.run, { runsFolder })
    for (const line of lines) assert.ok(shown.lines.includes(line), line)
    const card = runCard({ summary: runSummary(record, folder), record }).html
    assert.is(card.split('not decided by the seed: ').length - 1, 6)
  })

  test('is nothing for a program that asks the world alone, which comes out the same again', async () => {
    const runsFolder = freshRuns()
    const groups = [{ id: 'all', count: 3 }]
    const experiment = await experimentOf({ plan: 'ends', case: 'meet', runner: 'sim', groups })
    const record = await run(experiment, { runsFolder })
    assert.equal([record.outcome, undecidedLines(record)], ['success', []])
    const again = await rerun(record, { runsFolder, workspace: fixtures })
    assert.equal([again.identical, again.files?.differing], [true, 0])
  })
})
