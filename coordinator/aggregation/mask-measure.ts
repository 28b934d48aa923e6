import { z } from 'zod';
import { measure } from '../../core/measure.js';
import { index, requireLength } from '../../core/measure-input.js';
import { mask, modularRing, remainder, unmask, type PairMasks } from '../../core/privacy/masks.js';

const whole = z
  .union([z.int(), z.string().regex(/^-?\d+$/)], 'must be a whole number (beyond 2^53: in quotes)')
  .transform((value) => BigInt(value));

/** 2^61 and its like may be written as powers. */
const modulus = z
  .union(
    [z.int().min(2), z.string().regex(/^(2\^)?\d{1,4}$|^\d+$/)],
    'must be a whole number from 2, or "2^k"',
  )
  .transform((value) => {
    const text = String(value);
    return text.startsWith('2^') ? 1n << BigInt(text.slice(2)) : BigInt(text);
  })
  .refine((value) => value >= 2n, 'must be at least 2');

const row = z.array(whole).min(1, 'must not be empty');

const input = z
  .strictObject({
    updates: z.array(row).min(1, 'must not be empty'),
    modulus,
    pairMasks: z.record(z.string().regex(/^\d+-\d+$/, 'must read "i-j"'), row),
    dropped: z.array(index).optional(),
  })
  .superRefine(checkSizes);

interface Input {
  updates: bigint[][];
  modulus: bigint;
  pairMasks: Record<string, bigint[]>;
  dropped?: number[] | undefined;
}

const pairOf = (key: string): [number, number] => key.split('-').map(Number) as [number, number];

function checkSizes({ updates, pairMasks, dropped = [] }: Input, context: z.core.$RefinementCtx): void {
  const width = updates[0]!.length;
  updates.forEach((values, i) => requireLength(context, ['updates', i], values, width, 'the first update'));
  for (const [key, values] of Object.entries(pairMasks)) {
    const [i, j] = pairOf(key);
    requireLength(context, ['pairMasks', key], values, width, 'updates');
    if (!(i < j && j < updates.length))
      context.addIssue({
        code: 'custom',
        path: ['pairMasks', key],
        message: `must name two of the ${updates.length} clients, lower first`,
      });
  }
  dropped.forEach((client, k) => {
    if (client >= updates.length || dropped.indexOf(client) < k)
      context.addIssue({ code: 'custom', path: ['dropped', k], message: `must name each client once` });
  });
}

function masksOf(pairs: Input['pairMasks'], client: number): PairMasks<bigint[]> {
  const own = Object.entries(pairs).map(([key, values]) => [pairOf(key), values] as const);
  return new Map(
    own
      .filter(([pair]) => pair.includes(client))
      .map(([[i, j], values]) => [i === client ? j : i, values] as const),
  );
}

function maskedSum({ modulus: size, pairMasks, updates, dropped = [] }: Input): {
  masked: bigint[][];
  sum: bigint[];
} {
  const ring = modularRing(size);
  const masked = updates.map((update) => update.map((value) => remainder(value, size)));
  masked.forEach((update, client) => mask(ring, update, client, masksOf(pairMasks, client)));
  const sum = updates[0]!.map(() => 0n);
  masked.forEach((update, client) => {
    if (dropped.includes(client)) return;
    ring.add(sum, update);
    const shared = [...masksOf(pairMasks, client)].filter(([other]) => dropped.includes(other));
    unmask(ring, sum, client, new Map(shared));
  });
  return { masked, sum };
}

/** Numbers where a double holds them, decimal strings beyond. */
const written = (values: readonly bigint[], size: bigint): (number | string)[] =>
  values.map((value) => (size <= 1n << 53n ? Number(value) : String(value)));

/** `herdscope measure mask`: what the coordinator sees of masked updates, and the sum it can take. */
export const maskMeasure = measure({
  summary:
    'Updates behind pairwise masks, and the sum in which the masks cancel, with dropouts’ masks removed.',
  formula:
    'y_i = x_i + Σ_{j>i} m_ij − Σ_{j<i} m_ji (mod R); sum over survivors, less their masks with the dropped',
  range: '0 to R − 1',
  source: 'Bonawitz et al. 2017, CCS',
  pitfall: 'sums wrap at R: encode so that the true sum fits',
  input,
  example: {
    updates: [
      [1, 2],
      [10, 20],
    ],
    modulus: 4294967296,
    pairMasks: { '0-1': [4000000000, 5] },
  },
  compute: (given) => {
    const { masked, sum } = maskedSum(given);
    return {
      masked: masked.map((values) => written(values, given.modulus)),
      sum: written(sum, given.modulus),
    };
  },
});
