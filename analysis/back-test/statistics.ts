import { exp, log } from '../../core/numeric.js';
import type { Account, BackTest } from '../../core/back-test.js';
import type { Statistic } from '../metrics/block-bootstrap.js';
import { maximumDrawdown } from '../measures/performance/drawdown.js';

/** Trading days in a year. */
const year = 252;

/** Daily returns of an account, the first against the 1 it started with. */
export const returnsOf = ({ wealth }: Account): Float64Array =>
  wealth.map((value, t) => (t === 0 ? value - 1 : value / wealth[t - 1]! - 1));

/** A figure of any sample of days, read straight from the whole series: resampling asks for it thousands of times. */
type OfDays = (at: Int32Array) => number;

const meanOf =
  (values: Float64Array): OfDays =>
  (at) => {
    let total = 0;
    for (let i = 0; i < at.length; i++) total += values[at[i]!]!;
    return total / at.length;
  };

/** Growth of a year that a sample of daily returns compounds to. */
function growthOf(returns: Float64Array): OfDays {
  const logs = returns.map((r) => log(Math.max(1e-300, 1 + r)));
  const daily = meanOf(logs);
  return (at) => exp(daily(at) * year) - 1;
}

const spreadOf = (returns: Float64Array): OfDays => {
  const centre = meanOf(returns);
  return (at) => {
    const middle = centre(at);
    let total = 0;
    for (let i = 0; i < at.length; i++) total += (returns[at[i]!]! - middle) ** 2;
    return Math.sqrt((year * total) / Math.max(1, at.length - 1));
  };
};

/** Root mean square of what falls short of the risk-free return, a year. */
const shortfallOf = (returns: Float64Array, riskFree: number): OfDays => {
  const square = meanOf(returns.map((r) => Math.min(0, r - riskFree) ** 2));
  return (at) => Math.sqrt(year * square(at));
};

const drawdownOf =
  (returns: Float64Array): OfDays =>
  (at) => {
    const wealth = new Float64Array(at.length + 1);
    wealth[0] = 1;
    for (let i = 0; i < at.length; i++) wealth[i + 1] = wealth[i]! * (1 + returns[at[i]!]!);
    return maximumDrawdown(wealth);
  };

export interface Labelled {
  readonly label: string;
  readonly unit: 'per year' | 'ratio' | 'share' | 'basis points per year';
  readonly meaning: string;
  readonly statistic: Statistic;
}

/** What is measured of every strategy, on any sample of its days.
 * @source Sharpe 1994, JPM 21(1); Sortino & Price 1994, Journal of Investing 3(3); Young 1991, Futures 20(1) (Calmar)
 */
export function statisticsOf({ plain, taxed }: BackTest, cashRate: number): Record<string, Labelled> {
  const returns = returnsOf(plain);
  const riskFree = cashRate / year;
  const [growth, spread, drawdown] = [growthOf(returns), spreadOf(returns), drawdownOf(returns)];
  const shortfall = shortfallOf(returns, riskFree);
  const daily = meanOf(returns);
  const excess: OfDays = (at) => year * (daily(at) - riskFree);
  const yearly = (values: Float64Array, scale: number): OfDays => {
    const perDay = meanOf(values);
    return (at) => scale * year * perDay(at);
  };
  return {
    annualReturn: {
      label: 'Annual return',
      unit: 'per year',
      meaning: 'Compound growth after costs, before tax.',
      statistic: growth,
    },
    volatility: {
      label: 'Volatility',
      unit: 'per year',
      meaning: 'Standard deviation of daily returns, times the square root of 252.',
      statistic: spread,
    },
    sharpe: {
      label: 'Sharpe ratio',
      unit: 'ratio',
      meaning: 'Mean return above cash per unit of volatility.',
      statistic: (at) => excess(at) / spread(at),
    },
    sortino: {
      label: 'Sortino ratio',
      unit: 'ratio',
      meaning: 'Mean return above cash per unit of what falls short of it.',
      statistic: (at) => excess(at) / shortfall(at),
    },
    maxDrawdown: {
      label: 'Maximum drawdown',
      unit: 'share',
      meaning: 'Largest fall from a peak.',
      statistic: drawdown,
    },
    calmar: {
      label: 'Calmar ratio',
      unit: 'ratio',
      meaning: 'Annual return per unit of maximum drawdown.',
      statistic: (at) => growth(at) / drawdown(at),
    },
    turnover: {
      label: 'Turnover',
      unit: 'per year',
      meaning: 'Value of one-way trades over wealth.',
      statistic: yearly(plain.turnover, 1),
    },
    costBps: {
      label: 'Trading cost',
      unit: 'basis points per year',
      meaning: 'What trading took from wealth.',
      statistic: yearly(plain.cost, 1e4),
    },
    ...(taxed && afterTax(taxed)),
  };
}

function afterTax({ plain, harvesting }: NonNullable<BackTest['taxed']>): Record<string, Labelled> {
  const [before, after] = [growthOf(returnsOf(plain)), growthOf(returnsOf(harvesting))];
  return {
    afterTaxReturn: {
      label: 'After-tax return',
      unit: 'per year',
      meaning: 'Compound growth after costs and tax on realised gains, without harvesting.',
      statistic: before,
    },
    harvestedReturn: {
      label: 'After-tax return with harvesting',
      unit: 'per year',
      meaning: 'The same where losses are realised on purpose.',
      statistic: after,
    },
    harvestingBps: {
      label: 'Added by harvesting',
      unit: 'basis points per year',
      meaning: 'After-tax return with harvesting less without; tax put off is not tax saved.',
      statistic: (at) => 1e4 * (after(at) - before(at)),
    },
  };
}
