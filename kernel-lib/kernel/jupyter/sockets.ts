/** What a kernel needs of zeromq. */
export interface Zeromq {
  readonly Publisher: new () => Socket
  readonly Router: new () => Socket
  readonly Reply: new () => Socket
}

/** A socket of zeromq. */
interface Socket extends AsyncIterable<Buffer[]> {
  /** Messages that may wait, after which a publisher drops; 0 is no limit. */
  sendHighWaterMark: number
  bind(address: string): Promise<void>
  send(frames: readonly Buffer[]): Promise<void>
  close(): void
}

/** Jupyter's connection file. */
export interface Connection {
  readonly transport: string
  readonly ip: string
  readonly key: string
  readonly iopub_port: number
  readonly shell_port: number
  readonly control_port: number
  readonly stdin_port: number
  readonly hb_port: number
}

/** A socket that is read one message after another, and written without losing any. */
export interface Channel {
  send(frames: readonly Buffer[]): void
  /** Hears every message; what `heard` throws is told to `failed`, and the next one is heard. */
  listen(heard: (frames: readonly Buffer[]) => void, failed: (error: unknown) => void): Promise<void>
  /** Resolves when all that was sent has left. */
  sent(): Promise<void>
}

/** The address of a port; for `ipc` the number at the end of a file's name. */
export function address({ transport, ip }: Pick<Connection, 'transport' | 'ip'>, port: number): string {
  return `${transport}://${ip}${transport === 'ipc' ? '-' : ':'}${port}`
}

/** The five channels of a kernel, bound. Heartbeats are answered. */
export async function openChannels(
  zeromq: Zeromq,
  connection: Connection,
): Promise<Record<'iopub' | 'shell' | 'control', Channel>> {
  const bind = async (socket: Socket, port: number): Promise<Channel> => {
    socket.sendHighWaterMark = 0
    await socket.bind(address(connection, port))
    return channel(socket)
  }
  const [iopub, shell, control, , heartbeat] = await Promise.all([
    bind(new zeromq.Publisher(), connection.iopub_port),
    bind(new zeromq.Router(), connection.shell_port),
    bind(new zeromq.Router(), connection.control_port),
    bind(new zeromq.Router(), connection.stdin_port),
    bind(new zeromq.Reply(), connection.hb_port),
  ])
  void heartbeat.listen((frames) => heartbeat.send(frames), console.error)
  return { iopub, shell, control }
}

/** zeromq refuses a send while another is under way, so they wait in line. */
function channel(socket: Socket): Channel {
  let line: Promise<void> = Promise.resolve()
  return {
    send(frames) {
      line = line.then(() => socket.send(frames)).catch(() => {})
    },
    async listen(heard, failed) {
      for await (const frames of socket)
        try {
          heard(frames)
        } catch (error) {
          failed(error)
        }
    },
    sent: () => line,
  }
}
