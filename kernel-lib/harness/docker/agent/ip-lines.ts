import type { Devices, Link, LinkChange, Route, Way } from './link.ts'

/** Number by which our routes are known among others. */
const protocol = 77
/** A bridge without ports that resolves no addresses: what is sent there is gone, and the sender is not told, as it is by a blackhole route. */
const nowhere = 'hoplab-nowhere'
const everybody = 'ff:ff:ff:ff:ff:ff'

/** Lines for `ip -batch -` that make a namespace's addresses and routes what they are to be. Empty where nothing changes. */
export function ipLines(devices: Devices, { before, after }: LinkChange): readonly string[] {
  const moved = addressOf(before) !== addressOf(after)
  const toggled = before.up !== after.up
  const kept = before.routes.filter(({ way }) => survives(way, { moved, toggled }))
  const gone = kept.filter(({ subnet }) => !after.routes.some((route) => route.subnet === subnet))
  const fresh = after.routes.filter(
    (route) => !kept.some((one) => one.subnet === route.subnet && one.way === route.way),
  )
  const needsNowhere = leadsNowhere(after) && !leadsNowhere(before)
  return [
    ...(needsNowhere ? [`link add name ${nowhere} type bridge`, `link set dev ${nowhere} arp off up`] : []),
    ...(toggled ? [`link set dev ${devices.data} ${after.up ? 'up' : 'down'}`] : []),
    // The first address of a subnet takes the others of that subnet along when it goes.
    ...(moved
      ? [
          `address del ${addressOf(before)} dev ${devices.data}`,
          `address add ${addressOf(after)} broadcast + dev ${devices.data}`,
        ]
      : []),
    ...fresh.flatMap((route) =>
      after.up || route.way !== 'data' ? [`route replace ${words(route, devices, after)}`] : [],
    ),
    ...gone.map((route) => `route del ${words(route, devices, before)}`),
    ...(leadsNowhere(before) && !leadsNowhere(after) ? [`link del dev ${nowhere}`] : []),
    ...(after.up && (moved || toggled) ? [announcement(devices, after)] : []),
  ]
}

/** The line for `ip -batch -` that tells all neighbours who has an address now: a question for it that its owner sends to everybody. Those who remember another owner take it at once. */
export function announcement({ data }: Devices, { address }: Link): string {
  return `neighbour replace ${address} lladdr ${everybody} dev ${data} nud probe`
}

/** Lines for `ip -batch -` that take from a namespace the ways that the control network offers: to all that is on it, and by it to everywhere else where the engine gave it a default route. */
export function closeControlLines(
  { control }: Devices,
  { subnet, isDefault }: { readonly subnet: string; readonly isDefault: boolean },
): readonly string[] {
  const closed = [`route del ${subnet} dev ${control} proto kernel`]
  return isDefault ? [`route del default dev ${control}`, ...closed] : closed
}

function addressOf({ address, prefix }: Link): string {
  return `${address}/${prefix}`
}

function leadsNowhere({ routes }: Link): boolean {
  return routes.some(({ way }) => way === 'nowhere')
}

/** The kernel takes routes away with the address that they send from, or with their interface. */
function survives(way: Way, { moved, toggled }: { readonly moved: boolean; readonly toggled: boolean }): boolean {
  if (way === 'data') return !moved && !toggled
  return way !== 'nowhere' || !moved
}

function words({ subnet, way }: Route, { data, control }: Devices, { address }: Link): string {
  const out = {
    refused: `prohibit ${subnet}`,
    nowhere: `${subnet} dev ${nowhere} src ${address}`,
    data: `${subnet} dev ${data} src ${address}`,
    control: `${subnet} dev ${control}`,
  }
  return `${out[way]} proto ${protocol}`
}
