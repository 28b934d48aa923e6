import type { Outcome } from './outcome.js';
import { isSelfFulfilling, type StressTest } from './stress-test.js';

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

const byChannel = (pick: (losses: Float64Array) => number, { stress }: Outcome): Record<string, number> =>
  Object.fromEntries(Object.entries(stress.byChannel).map(([name, { losses }]) => [name, pick(losses)]));

/** What shareholders lose: no more than they have. The rest of a loss is a shortfall that creditors bear. */
const equityLost = (equity: Float64Array, { stress }: Outcome): number =>
  total(stress.losses.map((loss, i) => Math.min(loss, equity[i]!)));

/** The system in one solution. */
const systemIn = ({ book }: StressTest, outcome: Outcome) => ({
  loss: total(outcome.stress.losses),
  equityLostRatio: equityLost(book.equity, outcome) / total(book.equity),
  shortfall: total(outcome.stress.losses) - equityLost(book.equity, outcome),
  directLoss: total(outcome.stress.directLosses),
  lossByChannel: byChannel(total, outcome),
  defaults: total(outcome.defaulted),
  defaulted: book.ids.filter((_, i) => outcome.defaulted[i] === 1),
  prices: Object.fromEntries(book.assets.map((name, a) => [name, outcome.prices[a]!])),
  iterations: outcome.iterations,
  residual: outcome.residual,
});

/** An institution in the mildest solution. `loss` is the direct one and those by channel; `equityAfter` below 0 is
 * what creditors lack. */
const bankIn = (test: StressTest, i: number) => {
  const { book, least, vulnerability } = test;
  const { stress, defaulted, soldShare } = least;
  return {
    bank: book.ids[i]!,
    equity: book.equity[i]!,
    leverage: test.totalAssets[i]! / book.equity[i]!,
    directLoss: stress.directLosses[i]!,
    lossByChannel: byChannel((losses) => losses[i]!, least),
    loss: stress.losses[i]!,
    lossRatio: stress.losses[i]! / book.equity[i]!,
    equityAfter: book.equity[i]! - stress.losses[i]!,
    soldShare: soldShare[i]!,
    withdrawnFunding: stress.withdrawn[i]!,
    defaulted: defaulted[i] === 1,
    systemicness: vulnerability.systemicness[i]!,
    indirectVulnerability: vulnerability.indirectVulnerability[i]!,
  };
};

/** A stress test as plain data: what `--format json` prints. */
export const summaryOf = (test: StressTest) => ({
  institutions: test.book.ids.length,
  links: test.exposures.value.length,
  equity: total(test.book.equity),
  shock: test.terms.shock,
  channels: Object.keys(test.channels),
  priceImpact: test.terms.priceImpact,
  leverageCap: test.terms.leverageCap,
  selfFulfilling: isSelfFulfilling(test),
  system: systemIn(test, test.least),
  worst: systemIn(test, test.greatest),
  aggregateVulnerability: test.vulnerability.aggregateVulnerability,
  banks: test.book.ids.map((_, i) => bankIn(test, i)),
  curve: test.curve,
});

export type StressSummary = ReturnType<typeof summaryOf>;
