import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { once } from 'node:events';

/** A Redis of a test's own, which can go down and come back on the same port. */
export interface TestRedis {
  readonly url: string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  await new Promise((resolve) => holder.close(resolve));
  return port;
}

/** Starts redis-server on a free port; undefined, with a line that says so, where there is none on this machine. */
export async function testRedis(): Promise<TestRedis | undefined> {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    console.log('      redis-server is not installed: skipped');
    return undefined;
  }
  const port = await freePort();
  let child: ChildProcess;
  const redis = {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      child = spawn('redis-server', [...words, '--dir', tmpdir()]);
      let said = '';
      for await (const bytes of child.stdout!) {
        said += String(bytes);
        if (/ready to accept connections/i.test(said)) break;
      }
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
  await redis.start();
  return redis;
}
