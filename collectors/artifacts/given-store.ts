import { InputError, type Invocation } from 'hoplab'

/**
 * The URL of the store that a command is to use: `--store`, else HOPLAB_STORE.
 *
 * @throws InputError where neither is given.
 */
export function givenStore(command: string, values: Invocation['values']): string {
  const url = values.store ?? process.env.HOPLAB_STORE
  if (typeof url === 'string' && url !== '') return url
  throw new InputError(
    `hoplab ${command}: no store; write --store with a folder or s3://bucket/prefix?endpoint=…, or set HOPLAB_STORE`,
  )
}
