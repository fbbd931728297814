import { InputError } from 'hoplab'

/** The services of compose.yaml. */
export const serviceNames = ['s3', 'influxdb', 'redis', 'grafana'] as const
export type ServiceName = (typeof serviceNames)[number]

/** The port that each is looked for first. */
export const usualPorts: Readonly<Record<ServiceName, number>> = {
  s3: 9000,
  influxdb: 8086,
  redis: 6379,
  grafana: 3000,
}

/** Name of the setting that holds a service's image: `HOPLAB_IMAGE_S3`. */
export const imageSetting = (name: ServiceName): string => `HOPLAB_IMAGE_${name.toUpperCase()}`
/** Name of the setting that holds a service's port on this machine: `HOPLAB_PORT_S3`. */
export const portSetting = (name: ServiceName): string => `HOPLAB_PORT_${name.toUpperCase()}`

/**
 * The services that words name, in the order of compose.yaml; all where there are no words.
 *
 * @throws InputError for a word that is none.
 */
export function servicesOf(words: readonly string[]): readonly ServiceName[] {
  const known: readonly string[] = serviceNames
  const unknown = words.filter((word) => !known.includes(word))
  if (unknown.length > 0)
    throw new InputError(`hoplab services: no service ${unknown.join(', ')}; there are ${serviceNames.join(', ')}`)
  return words.length === 0 ? serviceNames : serviceNames.filter((name) => words.includes(name))
}
