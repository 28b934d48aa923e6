import { expect } from 'chai';
import { measureDays } from '../../../analysis/daily/index.js';
import { crises } from '../../../analysis/early-warning/crises.js';
import { indicatorNames, indicatorsOf } from '../../../analysis/early-warning/indicators.js';
import { earlyWarningOf } from '../../../analysis/early-warning/quality.js';
import { daily, numbers, type RunData } from '../../../analysis/run-data.js';
import { MeasureInputError } from '../../../core/measure.js';
import { evaluate } from '../../../cli/evaluate.js';
import { measures } from '../../../cli/measures.js';
import { expectClose } from '../../close.js';
import { runDataOf } from '../../run-data.js';
import { factsOf, smallScenario } from '../../small-run.js';

/** A lively small market under one seed, without learning. */
async function runOf(seed: number): Promise<RunData> {
  const scenario = smallScenario({
    seed,
    days: 100,
    warmUp: 5,
    learning: { localSteps: 0 },
    market: {
      fundamentals: { regimes: { enterStress: 0.05 }, shocks: [{ day: 80, class: 'equity', size: -0.35 }] },
    },
    institutions: { types: { bank: { leverageCap: 12.2, leverageTarget: 12 } } },
  });
  const measure = measureDays(scenario);
  return runDataOf(scenario, (await factsOf(scenario)).map(measure));
}

describe('early warning over seeds', function () {
  this.timeout(60_000);
  let runs: RunData[];
  before(async () => (runs = await Promise.all([3, 1, 2].map(runOf))));

  it('fits on the lower half of seeds and tests on the rest, as the measure does', () => {
    const found = earlyWarningOf(runs, 'fall', [5, 10]);
    expect(found.trainSeeds).to.deep.equal([1, 2]);
    expect(found.testSeeds).to.deep.equal([3]);
    expect(found.crisisDays).to.be.above(0);
    const kept = found.indicators.map(({ name }) => indicatorNames.indexOf(name));
    expect(kept.length).to.be.at.least(3);
    const path = (run: RunData) => {
      const { day, rows } = indicatorsOf(run);
      const inCrisis = crises.fall(run);
      return {
        indicators: rows.map((row) => kept.map((j) => row[j]!)),
        crises: day.map((t) => inCrisis[t - 1]!),
      };
    };
    const input = { train: [runs[1]!, runs[2]!].map(path), test: [path(runs[0]!)], horizons: [5, 10] };
    const told = evaluate(measures['early-warning']!, input, '.') as { auc: (number | null)[] };
    expect(found.auc).to.deep.equal(told.auc);
    for (const auc of found.auc) if (auc !== null) expect(auc).to.be.within(0, 1);
  });

  it('says which run is too short for the indicators, and where none varies', () => {
    const [run] = runs as [RunData, ...RunData[]];
    const k = run.scenario.assets.length;
    const cut = (name: 'days' | 'assets', rows: number) =>
      Object.fromEntries(Object.entries(run.tables[name]!).map(([c, v]) => [c, v.slice(0, rows)]));
    const short = {
      ...run,
      scenario: { ...run.scenario, days: 60 },
      tables: { ...run.tables, days: cut('days', 60), assets: cut('assets', 61 * k) },
    };
    expect(() => earlyWarningOf([short, runs[1]!], 'fall', [5])).to.throw(
      MeasureInputError,
      'the run of seed 3 has 60 days, but indicators start on day 61',
    );
    const still = (of: RunData): RunData => {
      const { assets, days } = of.tables;
      const nothing = daily(of, 'leverage').map(() => NaN);
      const flat = { leverage: nothing, overlap: nothing, debtRank: nothing };
      const price = Float64Array.from(numbers(assets!, 'price'), () => 1);
      return {
        ...of,
        tables: {
          ...of.tables,
          assets: { ...assets, price },
          days: { ...days, ...flat },
        },
      };
    };
    expect(() => earlyWarningOf(runs.map(still), 'fall', [5])).to.throw(MeasureInputError, 'no indicator');
  });

  it('indicators use nothing after their day', () => {
    const [run] = runs as [RunData, ...RunData[]];
    const whole = indicatorsOf(run);
    const k = run.scenario.assets.length;
    const until = 80;
    const cut = (name: 'days' | 'assets', rows: number) =>
      Object.fromEntries(Object.entries(run.tables[name]!).map(([c, v]) => [c, v.slice(0, rows)]));
    const seen = indicatorsOf({
      ...run,
      tables: { days: cut('days', until), assets: cut('assets', (until + 1) * k) },
    });
    expect(seen.day.at(-1)).to.equal(until);
    seen.rows.forEach((row, r) => expectClose(row, whole.rows[r]!, 1e-15));
    expect(whole.rows[0]).to.have.length(indicatorNames.length);
  });

  it('names crises: forced sales, defaults, a fall of a tenth in twenty days', () => {
    const [run] = runs as [RunData, ...RunData[]];
    const level = Float64Array.from({ length: 100 }, (_, t) => (t < 50 ? 100 : 85));
    const fallen = { ...run, tables: { ...run.tables, days: { ...run.tables.days!, indexLevel: level } } };
    const inFall = crises.fall(fallen);
    expect(inFall.indexOf(1)).to.equal(50);
    expect(inFall.lastIndexOf(1)).to.equal(69);
  });
});
