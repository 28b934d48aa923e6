import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A stretch of network between hosts and a coordinator, which can fail. */
export interface Wire {
  readonly url: string;
  /** Carries nothing more, and says so to nobody. */
  readonly cut: () => void;
  /** Carries again, what it held included. */
  readonly heal: () => void;
  /** Forgets the connections that it has: nothing comes through them ever again, new ones are well. */
  readonly forget: () => void;
  /** Every piece takes so many milliseconds more. */
  readonly delay: (ms: number) => void;
  readonly close: () => void;
}

/** Opens a wire to the port of a coordinator on this machine. */
export async function wireTo(url: string): Promise<Wire> {
  const { port } = new URL(url);
  const flows = new Set<readonly Socket[]>();
  const every = new Set<Socket>();
  let [isCut, ms] = [false, 0];
  const carry = (from: Socket, to: Socket): void => {
    const later = (act: () => void): void => void (ms === 0 ? act() : setTimeout(act, ms));
    from.on('data', (bytes) => later(() => void to.write(bytes)));
    from.on('end', () => later(() => void to.end()));
    from.on('error', () => later(() => void to.destroy()));
    every.add(from);
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const flow = [near, far];
    carry(near, far);
    carry(far, near);
    flows.add(flow);
    if (isCut) for (const socket of flow) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const each = (act: (socket: Socket) => void): void => [...flows].flat().forEach(act);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      each((socket) => socket.pause());
    },
    heal: () => {
      isCut = false;
      each((socket) => socket.resume());
    },
    forget: () => {
      each((socket) => socket.pause());
      flows.clear();
    },
    delay: (given) => void (ms = given),
    close: () => {
      server.close();
      for (const socket of every) socket.destroy();
    },
  };
}
