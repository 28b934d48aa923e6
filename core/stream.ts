import { normalQuantile } from './normal-law.js';
import { log } from './logarithm.js';
import { philox } from './philox.js';
import { gammaDraw, poissonDraw, studentTDraw, unitStudentTDraw } from './distributions.js';
import type { StreamKey } from './stream-key.js';

/** 2^-52. */
const GRID = 2.220446049250313e-16;

/** The random numbers of one address, in order. A stream's whole state is how many words it has given. */
export interface Stream {
  /** A whole number in [0, 2^32). Takes one word. */
  uint32(): number;
  /** A number in the open interval (0, 1), the odd multiples of 2^-53. Takes two words. */
  uniform(): number;
  /** Standard normal, by inversion: monotone in one uniform. Takes two words. */
  normal(): number;
  /** Student's t with df > 0 degrees of freedom; its variance is df / (df - 2), not 1. Takes four words. */
  studentT(df: number): number;
  /** Student's t scaled to variance 1; df > 2. Takes four words. */
  unitStudentT(df: number): number;
  /** Exponential of mean 1, by inversion. Takes two words. */
  exponential(): number;
  /** Gamma of a shape > 0 and scale 1. Takes a random number of words. */
  gamma(shape: number): number;
  /** Poisson of a mean >= 0. Takes two words below a mean of 10, a random number above. */
  poisson(mean: number): number;
  /** A whole number in [0, n), unbiased; 1 <= n <= 2^53. Takes one word up to 2^32 and two above, rarely more. */
  integer(n: number): number;
  /** One of the items, each as likely. */
  choice<T>(items: ArrayLike<T>): T;
  /** Shuffles in place (Fisher-Yates) and returns the array. */
  shuffle<A extends { readonly length: number; [index: number]: unknown }>(array: A): A;
}

/** Words are buffered a Philox block at a time; block b of an address is the counter (day, round, b, 0). */
class PhiloxStream implements Stream {
  private readonly words = new Uint32Array(4);
  private place = 4;
  private block = 0;

  constructor(
    private readonly key: StreamKey,
    private readonly day: number,
    private readonly round: number,
  ) {}

  uint32(): number {
    if (this.place === 4) this.refill();
    const word = this.words[this.place]!;
    this.place += 1;
    return word;
  }

  private refill(): void {
    philox(this.words, this.day, this.round, this.block, 0, this.key.low, this.key.high);
    this.block += 1;
    this.place = 0;
  }

  /** The upper 26 bits of a word: small enough that engines keep it an integer. */
  private bits26(): number {
    if (this.place === 4) this.refill();
    const bits = this.words[this.place]! >>> 6;
    this.place += 1;
    return bits;
  }

  uniform(): number {
    // The odd multiples of 2^-53: exact, symmetric about 1/2, and never 0 or 1.
    return (this.bits26() * 67108864 + this.bits26() + 0.5) * GRID;
  }

  normal(): number {
    return normalQuantile(this.uniform());
  }

  studentT(df: number): number {
    return studentTDraw(this, df);
  }

  unitStudentT(df: number): number {
    return unitStudentTDraw(this, df);
  }

  exponential(): number {
    return -log(this.uniform());
  }

  gamma(shape: number): number {
    return gammaDraw(this, shape);
  }

  poisson(mean: number): number {
    return poissonDraw(this, mean);
  }

  integer(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= 2 ** 53))
      throw new RangeError(`integer: ${n} is not a whole number from 1 to 2^53`);
    return n <= 2 ** 32 ? this.narrowInteger(n) : this.wideInteger(n);
  }

  /** Words past the last whole multiple of n are drawn again: the remainders of the others are equally likely. */
  private narrowInteger(n: number): number {
    if (n === 2 ** 32) return this.uint32();
    const modulus = n >>> 0;
    // The last whole multiple lies within one n of 2^32: a word before that needs no division to be told.
    const safe = (2 ** 32 - n) >>> 0;
    for (;;) {
      const word = this.uint32() >>> 0;
      if (word < safe || word < 2 ** 32 - ((-modulus >>> 0) % modulus)) return (word % modulus) >>> 0;
    }
  }

  private wideInteger(n: number): number {
    const limit = 2 ** 53 - (2 ** 53 % n);
    for (;;) {
      const wide = (this.uint32() >>> 11) * 2 ** 32 + this.uint32();
      if (wide < limit) return wide % n;
    }
  }

  choice<T>(items: ArrayLike<T>): T {
    if (items.length === 0) throw new RangeError('choice: no items');
    return items[this.integer(items.length)]!;
  }

  shuffle<A extends { readonly length: number; [index: number]: unknown }>(array: A): A {
    for (let last = array.length - 1; last > 0; last -= 1) {
      const other = this.integer(last + 1);
      const kept = array[last];
      array[last] = array[other];
      array[other] = kept;
    }
    return array;
  }
}

/** The stream of a key on a day and in a round (whole numbers in [0, 2^32)), from its first word. */
export function openStream(key: StreamKey, day = 0, round = 0): Stream {
  if (day >>> 0 !== day || round >>> 0 !== round)
    throw new RangeError(`stream: day ${day} and round ${round} must be whole numbers from 0 to 2^32 - 1`);
  return new PhiloxStream(key, day, round);
}
