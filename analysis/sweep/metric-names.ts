import { dailyMeans } from '../metrics/daily-means.js';
import { returnStatistics } from '../metrics/return-statistics.js';

const joint = [
  'csadCurvature',
  'errorHomogenization',
  'dispersionInCalm',
  'dispersionInStress',
  'stressCompression',
  'meanForecastError',
  'ensembleForecastError',
  'forecastAmbiguity',
  'lossHomogenization',
  'widespreadLosses',
  'widespreadLossesIfIndependent',
  'widespreadErrors',
  'widespreadErrorsIfIndependent',
  'csadCurvatureT',
];
const tallies = ['maxDrawdown', 'forcedSaleDays', 'forcedSalesUsd', 'breaches', 'defaults', 'survivors'];
const mandates = [
  'mandatesInForce',
  'mandateMoves',
  'mandateCostUsd',
  'retrainingKwh',
  'mandateWithdrawals',
  'mandateForgoneUsd',
];
const oversight = [
  'ordersWaited',
  'ordersRejected',
  'daysWaited',
  'waitingCostUsd',
  'waitingCostShare',
  'forgoneUsd',
];
const skill = ['informationCoefficient', 'leastSquaresCoefficient', 'skillCeiling'];

/** Every measure that a run publishes, in the order of metrics.json. */
export const metricNames: readonly string[] = [
  ...Object.keys(returnStatistics(new Float64Array(0))),
  ...Object.keys(dailyMeans),
  ...joint,
  ...tallies,
  ...mandates,
  ...oversight,
  ...skill,
];
