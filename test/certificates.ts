import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** One ASN.1 value in DER. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes);
const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)))));
const time = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
const extension = (id: Buffer, value: Buffer): Buffer => sequence(id, der(0x04, value));

/** A certificate with its key, PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
  readonly name: string;
  readonly signer: KeyObject;
}

/** A certificate for so many names and so many days from now, signed by another or by itself. */
export function certificate(names: readonly string[], days: number, by?: Certified): Certified {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = names[0]!;
  const [from, until] = [-400, days].map((d) => new Date(Date.now() + d * 86_400_000));
  const addresses = names.map((n) =>
    /^[\d.]+$/.test(n) ? der(0x87, Buffer.from(n.split('.').map(Number))) : der(0x82, Buffer.from(n)),
  );
  const extensions = [
    extension(oid(0x55, 0x1d, 0x11), sequence(...addresses)),
    ...(by ? [] : [extension(oid(0x55, 0x1d, 0x13), sequence(der(0x01, Buffer.from([0xff]))))]),
  ];
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, Math.floor(names.join().length) & 127])),
    ecdsaWithSha256,
    commonName(by?.name ?? name),
    sequence(time(from!), time(until!)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signer = by?.signer ?? privateKey;
  const whole = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, signer)));
  const lines = whole.toString('base64').match(/.{1,64}/g)!;
  const cert = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  return {
    cert,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    name,
    signer: privateKey,
  };
}
