import type { Extreme, MetricLabel, Topic, Unit } from './metric.js';
import type { Statistic } from './block-bootstrap.js';

/** A daily measure whose mean, and most extreme day, are published. */
export interface DailyMean extends MetricLabel {
  readonly which: Extreme['which'];
}

const of = (
  topic: Topic,
  label: string,
  unit: Unit,
  meaning: string,
  which: Extreme['which'] = 'highest',
): DailyMean => ({ topic, label, unit, meaning, which });

/** By column of the table of days. */
export const dailyMeans: Readonly<Record<string, DailyMean>> = {
  lsv: of(
    'herding',
    'Herding (LSV)',
    'share',
    'How far institutions stand on one side of an asset’s trading beyond what chance would give.',
  ),
  lsvBuy: of(
    'herding',
    'Buy herding (LSV)',
    'share',
    'The same over assets that more bought than on average.',
  ),
  lsvSell: of(
    'herding',
    'Sell herding (LSV)',
    'share',
    'The same over assets that fewer bought than on average.',
  ),
  sias: of(
    'herding',
    'Correlation of buying from day to day (Sias)',
    'correlation',
    'Correlation over assets of the share of buyers with that of the day before: the sum of following oneself and others.',
  ),
  siasOthers: of(
    'herding',
    'Following others (Sias)',
    'correlation',
    'The part of the correlation of buying with the day before’s that is following others.',
  ),
  siasOwn: of(
    'herding',
    'Following oneself (Sias)',
    'correlation',
    'The part of it that is following oneself, as an order spread over days is.',
  ),
  flowConcentration: of(
    'herding',
    'Concentration of order flow',
    'share',
    'Herfindahl index of gross flow over institutions: 1 is one institution trading alone.',
  ),
  flowImbalance: of(
    'herding',
    'Imbalance of order flow',
    'share',
    'Net over gross flow: 1 is everybody on one side of every asset.',
  ),
  csad: of(
    'herding',
    'Dispersion of returns (CSAD)',
    'percent',
    'Mean distance of an asset’s daily return from that of all assets.',
    'lowest',
  ),
  cssd: of(
    'herding',
    'Dispersion of returns (CSSD)',
    'percent',
    'Standard deviation of assets’ daily returns about that of all assets.',
    'lowest',
  ),
  crowding: of(
    'crowding',
    'Crowding',
    'cosine',
    'Mean cosine between the active weights of two institutions: 1 is the same bets, 0 unrelated ones.',
  ),
  overlap: of(
    'crowding',
    'Overlap of portfolios',
    'share',
    'Part of its portfolio that an institution has in common with another, on average.',
  ),
  effectiveAssets: of(
    'crowding',
    'Effective assets',
    'count',
    'How many equally large holdings would be as spread as those of all institutions together.',
    'lowest',
  ),
  effectiveSources: of(
    'monoculture',
    'Effective data sources',
    'count',
    'How many equally used data sources would be as diverse as those in use, by holdings.',
    'lowest',
  ),
  forecastDispersion: of(
    'monoculture',
    'Dispersion of forecasts',
    'ratio',
    'Standard deviation of institutions’ forecasts of one asset, in standard deviations of its return.',
    'lowest',
  ),
  signDisagreement: of(
    'monoculture',
    'Disagreement on sign',
    'share',
    'Pairs of institutions of which one expects a rise and the other a fall.',
    'lowest',
  ),
  errorShare: of(
    'monoculture',
    'Wrong forecasts',
    'share',
    'Institutions whose forecasts of the day before pointed the wrong way, weighed over assets.',
  ),
  forecastCorrelation: of(
    'monoculture',
    'Correlation of forecasts',
    'correlation',
    'Mean correlation across assets between the forecasts of two institutions.',
  ),
  effectiveArchitectures: of(
    'monoculture',
    'Effective architectures',
    'count',
    'How many equally large architectures would be as diverse as those in use, by assets.',
    'lowest',
  ),
  effectiveModels: of(
    'monoculture',
    'Effective models',
    'count',
    'How many wholly different models would be as diverse as the institutions’ forecasts are.',
    'lowest',
  ),
  parameterDispersion: of(
    'monoculture',
    'Parameter dispersion',
    'ratio',
    'Mean distance of a model to its federation’s, over the size of the latter; 0 is one model for all.',
    'lowest',
  ),
  representationSimilarity: of(
    'monoculture',
    'Similarity of representations',
    'ratio',
    'Mean unbiased CKA of two institutions’ hidden layers on public probes: 1 is the same up to rotation and scale.',
  ),
  debtRank: of(
    'stress',
    'DebtRank',
    'share',
    'Equity lost through interbank claims after every institution loses a small share of its own.',
  ),
  fireSaleLoss: of(
    'stress',
    'Fire-sale loss',
    'share',
    'Loss through the price impact of forced sales, as a share of institutions’ equity.',
  ),
  leverage: of(
    'balance sheets',
    'Leverage',
    'ratio',
    'Assets over equity, all institutions in business together.',
  ),
  turnover: of(
    'balance sheets',
    'Turnover',
    'share',
    'Share of its tradable book that an institution trades in a day, one way.',
  ),
};

/** Mean over the days on which a daily measure is defined; NaN if there is none. */
export const meanOfDefined =
  (values: Float64Array): Statistic =>
  (at) => {
    let [total, count] = [0, 0];
    for (const i of at) {
      const value = values[i]!;
      if (value !== value) continue;
      total += value;
      count++;
    }
    return total / count;
  };

/** The first of the most extreme days; null where the measure is never defined. */
export function extremeDay(
  values: Float64Array,
  days: Float64Array,
  which: Extreme['which'],
): Extreme | null {
  const sign = { highest: 1, lowest: -1 }[which];
  let best = -1;
  values.forEach((value, i) => {
    if (value === value && (best < 0 || sign * value > sign * values[best]!)) best = i;
  });
  return best < 0 ? null : { which, value: values[best]!, day: days[best]! };
}
