import { expect } from 'chai';
import { measureDays } from '../../../analysis/daily/index.js';
import { losses as lossesFigure } from '../../../analysis/figures/losses.js';
import { metricsOf } from '../../../analysis/metrics.js';
import { institutionsAtRisk } from '../../../analysis/systemic/institutions-at-risk.js';
import { lossesOf } from '../../../analysis/losses/losses.js';
import type { RunData } from '../../../analysis/run-data.js';
import { evaluate } from '../../../cli/evaluate.js';
import { measures } from '../../../cli/measures.js';
import type { DayFacts } from '../../../core/events.js';
import { expectClose } from '../../close.js';
import { runDataOf } from '../../run-data.js';
import { column, factsOf, smallScenario } from '../../small-run.js';

describe('systemic risk and losses in a report', () => {
  let days: DayFacts[];
  let run: RunData;
  before(async () => {
    const scenario = smallScenario({ days: 60, warmUp: 10 });
    days = (await factsOf(scenario)).map(measureDays(scenario));
    run = runDataOf(scenario, days);
  });

  it('MES, ΔCoVaR and SRISK are those of the measure on the same returns', () => {
    const found = institutionsAtRisk(run)!;
    expect(found).to.have.length(8);
    const sheet = (day: number, name: string) => column(days[day]!, 'institutions', name);
    const returns = [...lossesOf(days)].slice(10).map(({ day, losses }) => {
      const earned = losses.market.map(
        (x, i) => x + losses.fireSale[i]! + losses.ownTrades[i]! + losses.counterparty[i]! + losses.carry[i]!,
      );
      const was = sheet(day - 1, 'equityUsd');
      const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
      return { own: earned.map((x, i) => x / was[i]!), market: sum(earned) / sum(was) };
    });
    found.forEach(({ id, mes, deltaCoVaR, srisk }, i) => {
      const equity = sheet(60, 'equityUsd')[i]!;
      const input = {
        institution: returns.map(({ own }) => own[i]!),
        market: returns.map(({ market }) => market),
        q: 0.05,
        debt: sheet(60, 'assetsUsd')[i]! - equity,
        equity,
      };
      const told = evaluate(measures['tail-risk']!, input, '.') as Record<string, number>;
      expect(mes, id).to.be.closeTo(told['MES']!, 1e-12);
      expect(deltaCoVaR, id).to.be.closeTo(told['deltaCoVaR']!, 1e-9);
      expect(srisk / equity, id).to.be.closeTo(told['SRISK']! / equity, 1e-9);
    });
  });

  it('the figure of losses ends where equity does', () => {
    const { losses } = lossesFigure(run, metricsOf(run));
    if (losses === undefined || 'omitted' in losses) throw new Error('left out');
    const names = ['market', 'fireSale', 'ownTrades', 'counterparty', 'carry', 'flows'];
    const end = names.reduce((sum, name) => sum + (losses.data[name] as Float64Array).at(-1)!, 0);
    const equity = (day: number) =>
      Array.from(column(days[day]!, 'institutions', 'equityUsd')).reduce((a, b) => a + b, 0);
    expectClose([end / equity(10)], [(equity(60) - equity(10)) / equity(10)], 1e-5);
    expect(losses.caption).to.include('Every change of equity');
  });

  it('says so where a record holds no balance sheets, or too few days', () => {
    const { days: table } = run.tables;
    expect(institutionsAtRisk({ ...run, tables: { days: table! } })).to.equal(undefined);
    const late = { ...run, scenario: { ...run.scenario, warmUp: 55 } };
    expect(institutionsAtRisk(late)).to.equal(undefined);
  });
});
