import { X509Certificate } from 'node:crypto';
import type { Tls } from '../coordinator/server/http.js';
import { usageError } from './errors.js';
import { pem } from './pem.js';
import type { ServingOptions } from './serving-file.js';
import { noTokens, readTokens, type Tokens } from './tokens.js';

/** How a server is reached, and what whoever comes must show. */
export type Doorway = Pick<ServingOptions, 'host' | 'tokens' | 'tlsCert' | 'tlsKey' | 'tlsCa'>;

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** A certificate's text, unless its time is over. */
function certificate(path: string): string {
  const text = pem(path);
  let until: string;
  try {
    until = new X509Certificate(text).validTo;
  } catch {
    throw usageError(`${path} is not a certificate in PEM`);
  }
  if (Date.parse(until) < Date.now()) throw usageError(`the certificate ${path} expired on ${until}`);
  return text;
}

/** Certificate, key and authority, where they are given. */
export function tlsOf({ tlsCert, tlsKey, tlsCa }: Doorway): Tls | undefined {
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw usageError('--tls-cert and --tls-key belong together');
  if (tlsCert === undefined || tlsKey === undefined) {
    if (tlsCa !== undefined) throw usageError('--tls-ca needs --tls-cert and --tls-key');
    return undefined;
  }
  return {
    cert: certificate(tlsCert),
    key: pem(tlsKey),
    ca: tlsCa === undefined ? undefined : pem(tlsCa),
  };
}

/** Who may join; beyond this machine nobody may without a token or a certificate. */
export function tokensOf({ host, tokens, tlsCa }: Doorway, roster?: readonly string[]): Tokens {
  const read = tokens === undefined ? noTokens : readTokens(tokens, roster);
  if (read.hosts === undefined && tlsCa === undefined && !isLoopback(host))
    throw usageError(
      `beyond this machine (--host ${host}) hosts must show a token (--tokens FILE) or a certificate (--tls-ca FILE)`,
    );
  return read;
}

/** Why a server cannot listen, in one line. */
export function cannotListen({ host, port }: { host: string; port: number }, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'the port is in use',
    EACCES: 'the port may not be used',
    EADDRNOTAVAIL: 'this machine does not have that address',
  };
  return usageError(`${host}:${port}: ${reasons[code ?? ''] ?? message}`);
}
