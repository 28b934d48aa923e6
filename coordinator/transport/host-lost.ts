/** Thrown where a host is gone, and with it what its institutions know: the run cannot go on. */
export class HostLost extends Error {
  constructor(host: string, reason: string) {
    super(`${host} was lost: ${reason}`);
    this.name = 'HostLost';
  }
}
