import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { AbsentError } from '../../../errors.ts'
import { type Entry, fileEntry } from './tar.ts'

/** Where images have Node. */
export const nodePath = '/usr/bin/node'

const certificates = '/etc/ssl/certs/ca-certificates.crt'
/** What glibc loads by name when a program resolves names. */
const loadedLate = ['libnss_dns.so.2', 'libnss_files.so.2', 'libresolv.so.2']

/**
 * The layer that every image begins with: this machine's own Node and the libraries it is linked to, and no registry asked.
 *
 * @throws AbsentError where `ldd` is missing.
 */
export async function baseEntries(): Promise<readonly Entry[]> {
  const libraries = await librariesOf(process.execPath)
  const beside = libraries.filter((path) => /\/libc\.so/.test(path)).map((path) => dirname(path))
  const late = beside
    .flatMap((folder) => loadedLate.map((name) => join(folder, name)))
    .filter((path) => existsSync(path))
  const copied = [...new Set([...libraries, ...late])].sort()
  return [copy(process.execPath, nodePath, 0o755), ...copied.map((path) => copy(path, path, 0o755)), ...surroundings()]
}

/** What programs look for wherever they run: certificates, users, how names are looked up, scratch folders. */
export function surroundings(): readonly Entry[] {
  return [
    ...(existsSync(certificates) ? [copy(certificates, certificates, 0o644)] : []),
    fileEntry('/etc/passwd', 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534::/:/sbin/nologin\n'),
    fileEntry('/etc/group', 'root:x:0:\nnogroup:x:65534:\n'),
    fileEntry('/etc/nsswitch.conf', 'hosts: files dns\n'),
    { kind: 'folder', path: '/temp', mode: 0o1777 },
    { kind: 'folder', path: '/tmp', mode: 0o1777 },
  ]
}

function copy(from: string, path: string, mode: number): Entry {
  return { kind: 'copy', path, mode, from }
}

/** Libraries of a program, the loader included, by their absolute paths. */
export async function librariesOf(program: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('ldd', [program]).catch((error) => {
    throw new AbsentError(
      `docker needs the libraries of ${program} for its base image, and ldd failed: ${error.message}`,
    )
  })
  return stdout.split('\n').flatMap((line) => /(?:=> |^\s*)(\/\S+) \(0x/.exec(line)?.[1] ?? [])
}
