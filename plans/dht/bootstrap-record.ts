import { defineRecord } from '@hoplab/sdk'

/** How far bootstrap had come after a round, and whether and why it ended. */
export const bootstrapRecord = defineRecord({
  name: 'bootstrap',
  file: 'bootstrap.ndjson',
  about: 'The measure that ends bootstrap, after each round.',
  columns: {
    ts_ms: { type: 'number', unit: 'ms', about: 'When, since the Unix epoch (virtual on `sim`).' },
    round: { type: 'integer', about: 'Rounds of refreshing so far; 0 is the state when all have joined.' },
    share: {
      type: 'number',
      about: 'Share of the own k nearest peers (servers that can be dialed) that the own table holds, 0 to 1.',
    },
    mean_share: { type: 'number', about: 'Mean of `share` over all nodes of the run.' },
    target: { type: 'number', about: 'Mean share that ends bootstrap (parameter bootstrap_target).' },
    ending: {
      type: 'string',
      values: ['reached', 'bound', 'none'],
      about: '`reached`: the target was; `bound`: the time was over (bootstrap_secs); `none`: another round follows.',
    },
  },
})
