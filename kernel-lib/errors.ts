/** Bad input or usage: printed without a stack, exit code 2. */
export class InputError extends Error {
  override name = 'InputError'
}

/** Something needed is not on this machine: the message says what to install or start, exit code 3. */
export class AbsentError extends Error {
  override name = 'AbsentError'
}
