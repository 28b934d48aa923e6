import { expect } from 'chai';
import { measureDays } from '../../../analysis/daily/index.js';
import type { DayFacts } from '../../../core/events.js';
import { column, factsOf, smallScenario } from '../../small-run.js';

const scenario = smallScenario({ days: 14, decide: { trade: 0.5, confidence: 5 } });
const [N, K] = [8, 3];

/** Everything said anew from the tables, pair by pair, for one day and the day before. */
function naive(facts: DayFacts, before: DayFacts): Record<string, number> {
  const net = (day: DayFacts): number[][] => {
    const at = (name: string) => column(day, 'fills', name);
    const usd = Array.from({ length: N }, () => new Array<number>(K).fill(0));
    for (let r = 0; r < at('units').length; r++)
      if (at('institution')[r]! < N)
        usd[at('institution')[r]!]![at('asset')[r]!]! += at('units')[r]! * at('price')[r]!;
    return usd;
  };
  const usd = net(facts);
  const flat = usd.flat();
  const sum = (xs: number[]): number => xs.reduce((a, b) => a + b, 0);
  const gross = sum(flat.map(Math.abs));
  const netByAsset = Array.from({ length: K }, (_, k) => sum(usd.map((row) => row[k]!)));
  const r = Array.from(
    { length: K },
    (_, k) => 100 * (column(facts, 'assets', 'price')[k]! / column(before, 'assets', 'price')[k]! - 1),
  );
  const m = sum(r) / K;
  const forecasts = (day: DayFacts): number[][] => {
    const who = column(day, 'forecasts', 'institution');
    const values = Array.from(column(day, 'forecasts', 'mean'));
    return [...new Set(Array.from(who))].map((i) => values.filter((_, row) => who[row] === i));
  };
  const today = forecasts(facts);
  const spread = Array.from({ length: K }, (_, k) => {
    const xs = today.map((row) => row[k]!);
    const mean = sum(xs) / xs.length;
    return Math.sqrt(sum(xs.map((x) => (x - mean) ** 2)) / xs.length);
  });
  let [unlike, pairs] = [0, 0];
  for (let k = 0; k < K; k++)
    for (let i = 0; i < today.length; i++)
      for (let j = i + 1; j < today.length; j++) {
        pairs++;
        unlike += +(Math.sign(today[i]![k]!) !== Math.sign(today[j]![k]!));
      }
  const wrong = forecasts(before).map(
    (row) => sum(row.map((f, k) => (f * r[k]!) / scenario.assets[k]!.volatility)) < 0,
  );
  let [joint, all] = [0, 0];
  for (let i = 0; i < wrong.length; i++)
    for (let j = 0; j < wrong.length; j++)
      if (i !== j) {
        all++;
        joint += +(wrong[i]! && wrong[j]!);
      }
  return {
    flowConcentration: sum(usd.map((row) => (sum(row.map(Math.abs)) / gross) ** 2)),
    flowImbalance: sum(netByAsset.map(Math.abs)) / gross,
    equalReturn: m,
    csad: sum(r.map((x) => Math.abs(x - m))) / K,
    cssd: Math.sqrt(sum(r.map((x) => (x - m) ** 2)) / (K - 1)),
    forecastDispersion: sum(spread) / K,
    signDisagreement: unlike / pairs,
    errorShare: wrong.filter(Boolean).length / wrong.length,
    jointErrorShare: joint / all,
  };
}

describe('daily measures', () => {
  let days: DayFacts[];
  let measured: DayFacts[];
  before(async () => {
    days = await factsOf(scenario);
    const measure = measureDays(scenario);
    measured = days.map((facts) => measure(facts));
  });
  const value = (d: number, name: string): number => column(measured[d]!, 'days', name)[0]!;

  it('are those that the day’s tables give, pair by pair', () => {
    for (const d of [4, 9, 14])
      for (const [name, expected] of Object.entries(naive(days[d]!, days[d - 1]!)))
        expect(value(d, name), `${name}, day ${d}`).closeTo(expected, 1e-9 * Math.max(1, Math.abs(expected)));
  });

  it('split herding into sides, and following into oneself and others', () => {
    for (let d = 3; d <= 14; d++) {
      const own = value(d, 'siasOwn') + value(d, 'siasOthers');
      if (Number.isFinite(own)) expect(own, `day ${d}`).closeTo(value(d, 'sias'), 1e-12);
      const sides = ['lsvBuy', 'lsvSell'].map((name) => value(d, name)).filter(Number.isFinite);
      if (sides.length === 2)
        expect(value(d, 'lsv')).within(Math.min(...sides) - 0.5, Math.max(...sides) + 0.5);
    }
    expect([3, 4, 5, 6].some((d) => Number.isFinite(value(d, 'sias')))).equal(true);
  });

  it('count sources by who reads them, less what mandates withdrew', async () => {
    expect(value(5, 'effectiveSources')).within(1, 2);
    const bare = smallScenario({ mandates: [{ kind: 'source-cap', maxShare: 0.125 }] });
    const measure = measureDays(bare);
    const [, , , capped] = (await factsOf(bare)).map((facts) => measure(facts));
    expect(column(capped!, 'days', 'effectiveSources')[0]).within(1, 2);
    expect(column(capped!, 'days', 'effectiveSources')[0]).not.equal(value(3, 'effectiveSources'));
  });

  it('are not numbers in the warm-up', () => {
    for (const name of ['csad', 'lsvBuy', 'errorShare', 'effectiveAssets'])
      expect(value(2, name), name).satisfy(Number.isNaN);
  });
});
