/** Services that could not be started, ended or reached: exit code 1. */
export class ServiceError extends Error {
  override name = 'ServiceError'
}
