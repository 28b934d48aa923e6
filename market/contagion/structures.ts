import { z } from 'zod';
import { pow } from '../../core/numeric.js';
import type { Stream } from '../../core/random.js';

/** Probability of a link from lender i to borrower j, by their ranks in size (0 is the largest). */
export type LinkProbability = (lender: number, borrower: number) => number;

/** A kind of network: how likely each link is, before amounts are fitted to marginals. */
export interface Structure {
  readonly summary: string;
  readonly source: string;
  /** What a scenario may set, with defaults. */
  readonly options: z.ZodObject;
  /** The link probabilities among n institutions, for options that its schema has parsed. */
  readonly links: (n: number, options: Readonly<Record<string, number>>) => LinkProbability;
}

const probability = z.number().min(0).max(1);

const erdosRenyi: Structure = {
  summary: 'Every link is equally likely.',
  source: 'Erdős & Rényi 1959, Publicationes Mathematicae 6',
  options: z.object({
    meanDegree: z.number().min(0).default(5).meta({ description: 'Mean number of borrowers of a lender.' }),
  }),
  links: (n, { meanDegree }) => {
    const p = n > 1 ? Math.min(1, meanDegree! / (n - 1)) : 0;
    return () => p;
  },
};

const corePeriphery: Structure = {
  summary: 'The largest institutions lend to each other, the others to and from them.',
  source: 'Craig & von Peter 2014, Journal of Financial Intermediation 23(3)',
  options: z.object({
    coreShare: probability
      .default(0.1)
      .meta({ description: 'Share of institutions in the core, at least one.' }),
    coreDensity: probability.default(0.9).meta({ description: 'Probability of a link within the core.' }),
    crossDensity: probability
      .default(0.3)
      .meta({ description: 'Probability of a link between core and periphery.' }),
    peripheryDensity: probability
      .default(0.01)
      .meta({ description: 'Probability of a link within the periphery.' }),
  }),
  links: (n, { coreShare, coreDensity, crossDensity, peripheryDensity }) => {
    const core = Math.max(1, Math.round(coreShare! * n));
    const density = [peripheryDensity!, crossDensity!, coreDensity!];
    return (i, j) => density[Number(i < core) + Number(j < core)]!;
  },
};

/** Weights (rank + 1)^(−1/(γ−1)) give degrees with a tail exponent of γ. */
const scaleFree: Structure = {
  summary: 'Links are likelier between larger institutions, so that degrees have a power-law tail.',
  source: 'Chung & Lu 2002, Annals of Combinatorics 6(2)',
  options: z.object({
    meanDegree: z
      .number()
      .min(0)
      .default(5)
      .meta({ description: 'Mean number of borrowers, before caps at 1.' }),
    tailExponent: z
      .number()
      .gt(2)
      .default(2.5)
      .meta({ description: 'Tail exponent of the degree distribution.' }),
  }),
  links: (n, { meanDegree, tailExponent }) => {
    const weight = Float64Array.from({ length: n }, (_, rank) => pow(rank + 1, -1 / (tailExponent! - 1)));
    const total = weight.reduce((a, b) => a + b, 0);
    const scale = (meanDegree! * n) / (total * total);
    return (i, j) => Math.min(1, scale * weight[i]! * weight[j]!);
  },
};

/** Structures of interbank networks, by the name a scenario gives. */
export const structures = {
  'core-periphery': corePeriphery,
  'scale-free': scaleFree,
  'erdos-renyi': erdosRenyi,
} satisfies Record<string, Structure>;

/** Draws the links of a structure: for each lender the borrowers, both by rank. */
export function drawLinks(n: number, probabilityOf: LinkProbability, stream: Stream): [number, number][] {
  const links: [number, number][] = [];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const p = i === j ? 0 : probabilityOf(i, j);
      if (p > 0 && (p >= 1 || stream.uniform() < p)) links.push([i, j]);
    }
  return links;
}
