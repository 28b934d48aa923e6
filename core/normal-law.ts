import { erf, gaussian, scaledErfc } from './error-function.js';
import { log } from './logarithm.js';
import { polynomial7 } from './polynomial.js';

/** Distribution function of the standard normal, within 6 ulp in both tails. @range [0, 1] */
export function normalCdf(z: number): number {
  if (z !== z) return NaN;
  const size = Math.abs(z) * Math.SQRT1_2;
  if (size < 0.6) return 0.5 + 0.5 * erf(z * Math.SQRT1_2);
  const tail = size > 28 ? 0 : 0.5 * gaussian(z, 0.5) * scaledErfc(size);
  return z > 0 ? 1 - tail : tail;
}

/** Density of the standard normal. @formula e^(-z^2/2) / sqrt(2 pi) */
export function normalPdf(z: number): number {
  return z !== z ? NaN : Math.abs(z) > 40 ? 0 : 0.3989422804014327 * gaussian(z, 0.5);
}

function middleTop(r: number): number {
  return polynomial7(
    r,
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227,
  );
}

function middleBottom(r: number): number {
  return polynomial7(
    r,
    1,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854,
  );
}

function tailTop(r: number): number {
  return polynomial7(
    r,
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414,
  );
}

function tailBottom(r: number): number {
  return polynomial7(
    r,
    1,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-9,
  );
}

function farTop(r: number): number {
  return polynomial7(
    r,
    6.657904643501103,
    5.463784911164114,
    1.7848265399172913,
    0.29656057182850487,
    0.026532189526576124,
    0.0012426609473880784,
    2.7115555687434876e-5,
    2.0103343992922881e-7,
  );
}

function farBottom(r: number): number {
  return polynomial7(
    r,
    1,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-5,
    1.421511758316446e-7,
    2.0442631033899397e-15,
  );
}

/** Quantile of the standard normal, within 5 ulp.
 * @range  -Infinity at 0, Infinity at 1, NaN outside [0, 1]
 * @source Wichura 1988, Applied Statistics 37(3), algorithm AS 241 (PPND16)
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * middleTop(r)) / middleBottom(r);
  }
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const size = tailQuantile(Math.sqrt(-log(q < 0 ? p : 1 - p)));
  return q < 0 ? -size : size;
}

/** The quantile's size where r = sqrt(-log(tail probability)). */
function tailQuantile(r: number): number {
  return r <= 5 ? tailTop(r - 1.6) / tailBottom(r - 1.6) : farTop(r - 5) / farBottom(r - 5);
}
