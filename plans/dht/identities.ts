import { writeIdentities } from '@hoplab/libp2p'

const usage = 'write: identities.js <seed> <nodes> <file>'

await main(process.argv.slice(2))

/**
 * The program that a harness runs before a warm network begins, on the machine's time: writes the identities of all nodes (see `identitiesFile` of the sdk).
 * In: seed, number of nodes, file. Out: progress as JSON lines `{"derived":40000}` on stdout. Exit code: 0 the file is whole; 1 it is not there, and stderr says why; 2 usage.
 */
async function main([seed, nodes, file]: readonly string[]): Promise<void> {
  const [seedNumber, size] = [Number(seed), Number(nodes)]
  if (!Number.isSafeInteger(seedNumber) || !Number.isSafeInteger(size) || file === undefined) {
    console.error(usage)
    process.exitCode = 2
    return
  }
  const derived = (count: number): void => console.log(JSON.stringify({ derived: count }))
  await writeIdentities({ seed: seedNumber, size, file, derived }).catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
