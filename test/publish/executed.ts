import {
  type CellOutput,
  type Notebook,
  type NotebookCell,
  sourceHash,
} from '../../kernel-lib/kernel/document/notebook.ts'

const hostile = '<script>alert(1)</script>"&'

/** An executed code cell as the kernel leaves it. */
export function executed(source: string, count: number, outputs: CellOutput[] = []): NotebookCell {
  return {
    cell_type: 'code',
    id: `cell-${count}`,
    source,
    execution_count: count,
    metadata: { hoplab: { source_sha256: sourceHash(source) } },
    outputs,
  }
}

/** A small executed notebook: title and question, a run, an answer, a figure with hostile text, printed lines. */
export function notebook(): Notebook {
  const run = {
    summary: {
      run: '01K0000000000000000000TEST',
      spec: '3f9c21aa'.padEnd(64, '0'),
      outcome: 'success',
      harness: 'exec',
      seed: 7,
      instances: { expected: 2, success: 2, failure: 0, crash: 0, timeout: 0, canceled: 0, unknown: 0 },
    },
    record: {
      spec: { plan: 'dht', case: 'find-peers', groups: [{ count: 2 }] },
      versions: { node: '20.20.2', libp2p: '3.3.11' },
      harness: 'exec',
      outcome: 'success',
      instances: [0, 1].map((index) => ({ group: 'nodes', index, outcome: 'success', reason: 'success' })),
      startedMs: 1_700_000_000_000,
      endedMs: 1_700_000_006_800,
    },
  }
  const figure = {
    schema: 'hoplab/figure/1',
    id: 'hops',
    title: `Lookups take one hop ${hostile}`,
    subtitle: 'D4: hops to the closest successful query',
    caption: 'n 2 of 2, 0 failed, 0 missing, 0 censored.',
    description: 'Both lookups took one hop.',
    svg: '<svg viewBox="0 0 20 10" role="img" aria-label="bars"><rect width="10" height="10" fill="currentColor"/></svg>',
    columns: ['hops', 'peer'],
    rows: [
      [1, hostile],
      [1, 'a,"b"'],
    ],
    runs: [run.summary.run],
  }
  const display = (data: Record<string, unknown>) => ({ output_type: 'display_data' as const, data, metadata: {} })
  return {
    cells: [
      {
        cell_type: 'markdown',
        id: 'text-1',
        source: '# How far is a peer?\n\nHow many hops does a lookup take?\n\nTwo nodes look for each other.',
        metadata: {},
      },
      executed('const nodes: number = 2', 1),
      {
        cell_type: 'markdown',
        id: 'text-2',
        source: '## The run\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<b>not markup</b>',
        metadata: {},
      },
      executed('const record = await run(experiment)', 2, [display({ 'application/vnd.hoplab.run+json': run })]),
      executed('answer(data)', 3, [
        display({
          'application/vnd.hoplab.answer+json': { text: 'A lookup takes 1.00 hops (n 2 of 2).', unknown: false },
        }),
      ]),
      { cell_type: 'markdown', id: 'text-3', source: '## Hops', metadata: {} },
      executed('hopDistribution(data)', 4, [display({ 'application/vnd.hoplab.figure+json': figure })]),
      executed('for (let i = 0; i < 60; i++) console.log(i)', 5, [
        {
          output_type: 'stream',
          name: 'stdout',
          text: Array.from({ length: 60 }, (_, i) => `line ${i} ${hostile}\n`).join(''),
        },
      ]),
    ],
    metadata: { hoplab: { parameters: { nodes: 2 }, source: 'notebooks/far.ipynb' } },
    nbformat: 4,
    nbformat_minor: 5,
  }
}
