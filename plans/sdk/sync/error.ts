/** Why an operation on the sync service did not succeed: there was no service, the connection ended, or the service refused. */
export type SyncErrorKind = 'unreachable' | 'closed' | 'refused'

/** An operation on the sync service that did not succeed. */
export class SyncError extends Error {
  override name = 'SyncError'
  readonly kind: SyncErrorKind

  constructor(kind: SyncErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
