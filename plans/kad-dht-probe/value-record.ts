import { defineRecord } from '@hoplab/sdk'

/** A put or a get, and how it ended for whoever called it. */
export const valueRecord = defineRecord({
  name: 'values',
  file: 'values.ndjson',
  about: 'A put or a get of a value.',
  columns: {
    start_ms: { type: 'number', unit: 'ms', about: 'Start, since the Unix epoch (virtual on `sim`).' },
    end_ms: { type: 'number', unit: 'ms', about: 'End, on the same clock.' },
    operation: { type: 'string', values: ['put', 'get'], about: 'What was done.' },
    own: { type: 'boolean', about: 'Whether the value is one that this node put itself.' },
    version: { type: 'integer', about: 'Version that was put, or that the get yielded; 0 where it yielded none.' },
    threw: {
      type: 'string?',
      about: 'Name and message of the error that the call threw; null where it ended without one.',
    },
    stored: { type: 'integer', unit: 'peers', about: 'Peers that acknowledged the value, in a put.' },
    refused: {
      type: 'integer',
      unit: 'peers',
      about:
        'Peers that were sent a value and did not acknowledge it: in a put, or when a get corrects what is out of date.',
    },
    refused_cause: {
      type: 'string?',
      about: 'Why the first of them did not, as in query events: `reset`, `timeout`, …',
    },
    offered: { type: 'integer', unit: 'peers', about: 'Peers whose answer to a get held a value, taken or not.' },
    newest: {
      type: 'integer',
      about: 'Newest version among those that the get took from answers or found at home; 0 where there was none.',
    },
  },
})
