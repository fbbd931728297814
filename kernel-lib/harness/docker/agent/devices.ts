import { readFile } from 'node:fs/promises'
import { rangeOf } from '../network/subnets.ts'
import { tableRoutes } from '../network/taken.ts'
import type { Devices } from './link.ts'
import type { Place } from './protocol.ts'

/** Interfaces of a container by the subnets that they lead to, and whether the control one is the default too. Rejects where one is not there. */
export async function devicesOf({
  name,
  proc,
  dataSubnet,
  controlSubnet,
}: Place): Promise<{ readonly devices: Devices; readonly isDefault: boolean }> {
  const table = await readFile(`${proc}/net/route`, 'latin1')
  const routes = tableRoutes(table)
  const device = (subnet: string): string => {
    const found = routes.find(({ range }) => range.first === rangeOf(subnet)?.first)
    if (found === undefined) throw new Error(`${name}: has no interface in ${subnet}`)
    return found.device
  }
  const devices = { data: device(dataSubnet), control: device(controlSubnet) }
  const isDefault = table.split('\n').some((line) => line.startsWith(`${devices.control}\t00000000\t`))
  return { devices, isDefault }
}
