import { lsvHerding, type LsvPeriod } from '../measures/herding/lsv.js';
import { orderFlowConcentration } from '../measures/herding/order-flow-concentration.js';
import { siasPeriod, type SiasPeriod } from '../measures/herding/sias.js';
import { oncePer } from '../../core/once-per.js';
import type { DayView } from './view.js';

type Of = (view: DayView) => number;

/** Who bought and who sold each asset on net; undefined on a day without trades. */
const herding = oncePer(({ traded, assets }: DayView): LsvPeriod | undefined => {
  const [buys, sells] = [new Float64Array(assets), new Float64Array(assets)];
  traded.forEach((usd, at) => {
    if (usd > 0) buys[at % assets]!++;
    if (usd < 0) sells[at % assets]!++;
  });
  return traded.some((usd) => usd !== 0) ? lsvHerding(buys, sells) : undefined;
});

const lsvOf =
  (key: 'meanHerding' | 'buyHerding' | 'sellHerding'): Of =>
  (view) =>
    herding(view)?.[key] ?? NaN;

const rowsOf = (flat: Float64Array, width: number): number[][] =>
  Array.from({ length: flat.length / width }, (_, i) =>
    Array.from(flat.subarray(i * width, (i + 1) * width), Math.sign),
  );

const following = oncePer(
  ({ traded, tradedBefore, assets }: DayView): SiasPeriod | undefined =>
    tradedBefore && siasPeriod(rowsOf(tradedBefore, assets), rowsOf(traded, assets)),
);

const siasOf =
  (key: keyof SiasPeriod): Of =>
  (view) =>
    following(view)?.[key] ?? NaN;

const flow = oncePer(({ traded, assets }: DayView) => {
  if (!traded.some((usd) => usd !== 0)) return undefined;
  const flows = Array.from({ length: traded.length / assets }, (_, i) =>
    Array.from(traded.subarray(i * assets, (i + 1) * assets)),
  );
  return orderFlowConcentration(flows);
});

const flowOf =
  (key: 'institutionHhi' | 'imbalance'): Of =>
  (view) =>
    flow(view)?.[key] ?? NaN;

/** Herding of the day's trades, forced ones among them; who trades is who was filled, on net. */
export const tradeMeasures = {
  lsv: lsvOf('meanHerding'),
  lsvBuy: lsvOf('buyHerding'),
  lsvSell: lsvOf('sellHerding'),
  sias: siasOf('beta'),
  siasOwn: siasOf('own'),
  siasOthers: siasOf('others'),
  flowConcentration: flowOf('institutionHhi'),
  flowImbalance: flowOf('imbalance'),
} satisfies Record<string, Of>;
