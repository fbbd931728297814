import { InputError } from '../../errors.ts'
import { stepsOf } from '../key.ts'

/** Where a store lies in S3. */
export interface Location {
  readonly bucket: string
  /** What its keys begin with: empty, or text that ends in a slash. */
  readonly prefix: string
  /** Null: Amazon's, or what the SDK's own settings say. */
  readonly endpoint: string | null
  /** Null: as the SDK's own settings say. */
  readonly region: string | null
  /** What people call it. */
  readonly name: string
}

const form = 'write s3://bucket/prefix, with ?endpoint=http://host:port for a server that is not Amazon, and &region=…'

/**
 * Reads `s3://bucket/prefix?endpoint=…&region=…`.
 *
 * @throws InputError that says what is wrong; a password in the URL is not repeated.
 */
export function parseLocation(url: string): Location {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const shown = parsed === null ? url : url.replace(/\/\/[^/?#]*@/, '//')
  const refuse = (why: string): never => {
    throw new InputError(`store "${shown}": ${why}; ${form}`)
  }
  if (parsed === null) return refuse('is no URL')
  if (parsed.username !== '' || parsed.password !== '')
    refuse(
      'holds credentials; give them as the SDK takes them (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile)',
    )
  const bucket = parsed.host
  if (!/^[a-z0-9][a-z0-9._-]{1,62}$/.test(bucket)) refuse(`"${bucket}" cannot be the name of a bucket`)
  const unknown = [...parsed.searchParams.keys()].filter((name) => name !== 'endpoint' && name !== 'region')
  if (unknown.length > 0) refuse(`${unknown.join(', ')} is not known`)
  const endpoint = parsed.searchParams.get('endpoint')
  if (endpoint !== null && !/^https?:\/\/[^/@]+\/?$/.test(endpoint)) refuse('its endpoint is no http or https address')
  const prefix = decodeURIComponent(parsed.pathname).replace(/^\/|\/$/g, '')
  if (prefix !== '') stepsOf(prefix)
  return {
    bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    endpoint,
    region: parsed.searchParams.get('region'),
    name: `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`,
  }
}
