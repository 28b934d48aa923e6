import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { readScenario } from '../../cli/scenario-file.js';
import { planSweep } from '../../cli/sweep/plan.js';
import type { DayFacts } from '../../core/events.js';
import { column, factsOf } from '../small-run.js';

interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}
interface Expected {
  readonly seeds: readonly number[];
  readonly levels: { readonly points: readonly string[] };
  readonly effects: readonly {
    readonly point: string;
    readonly against: string;
    readonly differences: Readonly<Record<string, Interval>>;
  }[];
}

const read = (study: string, file: string): string =>
  readFileSync(new URL(`../../scenarios/${study}/${file}`, import.meta.url), 'utf8');

describe('studies of the authority', function () {
  this.timeout(60_000);

  it('self-correcting: every point is a valid scenario, and the figures are those of its points', () => {
    const study = 'self-correcting';
    planSweep(`scenarios/${study}/design.yaml`);
    const { table } = parse(read(study, 'design.yaml')) as { table: { label: string }[] };
    const expected = JSON.parse(read(study, 'expected-market.json')) as Expected;
    expect(expected.levels.points).to.deep.equal(table.map(({ label }) => label));
    const readme = read(study, 'README.md');
    for (const { point, against, differences } of expected.effects) {
      expect(expected.levels.points).to.include.members([point, against]);
      for (const [name, { mean, low, high }] of Object.entries(differences)) {
        expect(low, `${point} ${name}`).to.be.at.most(mean);
        expect(mean, `${point} ${name}`).to.be.at.most(high);
      }
      expect(readme).to.include(`| ${point} `);
    }
  });

  it('commodity-shock in small: without impact the shock stays where it strikes, with impact it travels', async () => {
    const prices = async (...more: string[]): Promise<number[]> => {
      const small = ['days=7', 'warmUp=1', 'institutions.count=12', 'institutions.sizes.largestShare=0.3'];
      const { scenario } = readScenario('scenarios/commodity-shock/market.yaml', [...small, ...more]);
      const days: DayFacts[] = await factsOf(scenario);
      return Array.from(column(days.at(-1)!, 'assets', 'price')).filter(
        (_, a) => scenario.assets[a]!.class !== 'commodity',
      );
    };
    const shock = 'market.fundamentals.shocks=[{ day: 3, class: commodity, size: -0.5 }]';
    const still = 'market.clearing.impact=0';
    expect(await prices(shock, still)).to.deep.equal(await prices(still));
    expect(await prices(shock)).not.to.deep.equal(await prices());
  });
});
