/** What package.json declares under `hoplab`, as absolute folders. */
export interface Workspace {
  readonly root: string
  readonly commands: readonly string[]
  readonly plans: readonly string[]
  readonly observers: readonly string[]
}
