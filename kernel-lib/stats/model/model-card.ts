import { hoplabVersion } from '../../version.ts'
import type { TablesStudy } from './tables-study.ts'

/** A model as a page tells of it: what stands in the place of a run's record. */
export interface ModelCard {
  readonly schema: 'hoplab/model-card/1'
  /** What was modelled, in a few words: `random and balanced tables`. */
  readonly name: string
  /** The same with everything that decides it, in a line. */
  readonly text: string
  readonly peers: number
  readonly seed: number
  /** Everything that decides the result, and the sha256 of its canonical JSON. */
  readonly spec: Readonly<Record<string, unknown>>
  readonly hash: string
  /** Versions by name: node, hoplab. */
  readonly versions: Readonly<Record<string, string>>
}

/** Adds what a notebook asks a study for when it shows it. */
export function showingModel(study: TablesStudy): TablesStudy {
  const { spec, hash } = study
  const whole = (value: number) => value.toLocaleString('en-US')
  const name = `${spec.baseline} and ${spec.candidate} tables`
  const text = `Model of tables and lookups, no network: ${name}, buckets of ${spec.bucketSizes.join(', ')}; ${whole(spec.sets)} sets of ${whole(spec.peers)} peers, ${whole(spec.lookups)} lookups in each, seed ${spec.seed}`
  const card: ModelCard = {
    schema: 'hoplab/model-card/1',
    name,
    text,
    peers: spec.peers,
    seed: spec.seed,
    spec: { ...spec },
    hash,
    versions: { hoplab: hoplabVersion(), node: process.versions.node },
  }
  const bundle = () => ({
    'application/vnd.hoplab.model+json': card,
    'text/plain': text,
    'text/html': `<p>${text}</p>`,
  })
  return Object.defineProperty({ ...study }, Symbol.for('Jupyter.display'), { value: bundle })
}
