/** Where a pod has the tools of this machine, read-only. */
export const toolsPath = '/.hoplab'
/** Where a pod keeps what is its own; instances see an empty folder there. */
export const podPath = '/.hoplab-pod'
/** Where a pod has the run's folder. */
export const runPath = `${podPath}/run`
export const emptyPath = `${podPath}/empty`
export const cgroupPath = `${podPath}/cgroup`

/** The folder that a pod keeps for an instance. */
export function placeOf(inmate: number): string {
  return `${podPath}/${inmate}`
}

const loader = `${toolsPath}/loader`

/** The command line of a tool: through this machine's own loader, so that it runs in any image. */
export function tool(name: string, ...args: readonly string[]): readonly string[] {
  return [loader, '--library-path', `${toolsPath}/lib`, `${toolsPath}/bin/${name}`, ...args]
}
