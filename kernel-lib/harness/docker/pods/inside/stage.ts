import type { Inmate, PodSpec } from './messages.ts'
import { emptyPath, placeOf, podPath, runPath, tool } from './places.ts'

/** Exit code of a program that was never let go. */
const heldCode = 75

/** What stands where an instance looks, as mount(8) reads it. Its own processes are all that it sees in /proc, which it cannot write: a root without capabilities could still set the kernel's own settings there. */
export function mountTable({ outputs }: Inmate, number: number): string {
  const place = placeOf(number)
  return [
    `${runPath}/${escaped(outputs)} /outputs none bind`,
    ...['tmp', 'temp'].map((name) => `${place}/${name} /${name} none bind`),
    `${place}/hosts /etc/hosts none bind`,
    // mount(8) passes over what is there already from the same source.
    'instance /proc proc ro,nosuid,nodev,noexec',
    `${emptyPath} ${podPath} none bind,ro`,
    '',
  ].join('\n')
}

/** Blanks end a field of the table. */
function escaped(path: string): string {
  return path.replace(/[\\\s]/g, (sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`)
}

/**
 * What an instance's first process does before its program: takes its place in the memory bound, mounts, tells (descriptor 3)
 * that its namespaces are made, waits until its links are there, configures them, tells again, and gives up every right.
 * The program is then held as in a container of its own. An input that ends lets nothing go.
 */
const script = `set -e
bound=$1 table=$2 name=$3 links=$4 folder=$5
shift 5
run() { tool=$1; shift; ${tool('').join(' ')}$tool "$@"; }
[ -z "$bound" ] || echo 0 >"$bound"
run mount -a -T "$table"
run hostname "$name"
echo >&3
read -r _ || exit ${heldCode}
run ip -b - <<END
$links
END
cd "$folder"
echo >&3
exec 3>&-
exec "$@"
`

const held = `read -r _ || exit ${heldCode}; exec "$@" </dev/null`

/** What a pod knows of itself. */
export interface Pod {
  readonly spec: PodSpec
  /** The folder in which programs are started. */
  readonly folder: string
}

/** The command line of an instance, in namespaces of its own. `bound` is the file by which it enters its memory bound, or an empty string. */
export function inmateCommand(number: number, { spec, folder }: Pod, bound: string): readonly string[] {
  const inmate = spec.inmates[number]
  if (inmate === undefined) throw new Error(`there is no instance ${number} in this pod`)
  const namespaces = ['--net', '--uts', '--ipc', '--mount', '--pid', '--fork', '--kill-child']
  return [
    ...tool('unshare', ...namespaces),
    ...['/sbin/docker-init', '--'],
    ...tool('sh', '-c', script, 'sh', bound, `${placeOf(number)}/mounts`, inmate.hostname, configured(inmate), folder),
    ...tool('setpriv', ...without(spec)),
    ...tool('sh', '-c', held, 'sh'),
    ...spec.command,
  ]
}

function without({ user, group }: PodSpec): readonly string[] {
  const capabilities = ['--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all', '--no-new-privs']
  return ['--reuid', String(user), '--regid', String(group), '--clear-groups', ...capabilities]
}

/** What makes an instance's links ready, as ip(8) reads it. */
function configured({ links }: Inmate): string {
  const each = links.flatMap(({ device, subnet, address }) => [
    `link set dev ${device} addrgenmode none`,
    `addr add ${address}/${subnet.split('/')[1]} broadcast + dev ${device}`,
    `link set dev ${device} up`,
  ])
  return ['link set dev lo up', ...each].join('\n')
}
