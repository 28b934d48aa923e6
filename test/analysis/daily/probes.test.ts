import { expect } from 'chai';
import { measureDays } from '../../../analysis/daily/index.js';
import type { DayFacts } from '../../../core/events.js';
import { expectClose } from '../../close.js';
import { column, factsOf, smallScenario } from '../../small-run.js';

const probes = [
  'clearing',
  'cascade',
  'debtrank',
  'gai-kapadia',
  'cross-holdings',
  'liquidity-hoarding',
  'fire-sale',
  'vulnerable-banks',
];

/** The day's row of a channel. */
const rowOf = (facts: DayFacts, channel: string): number =>
  (facts.tables.contagion!['channel'] as readonly string[]).indexOf(channel);

describe('daily probes of channels', () => {
  let days: DayFacts[];
  before(async () => {
    const scenario = smallScenario({ days: 8, contagion: { probes, probeShock: 0.3 } });
    days = (await factsOf(scenario)).map(measureDays(scenario));
  });

  it('measure every channel that is asked for, and those that act together, after the warm-up', () => {
    expect(days[2]!.tables.contagion).to.equal(undefined);
    expect(days[3]!.tables.contagion!['channel']).to.deep.equal([...probes, 'together']);
  });

  it('agree with the measure that has long been there: DebtRank', () => {
    for (const facts of days.slice(3)) {
      const loss = column(facts, 'contagion', 'lossShare')[rowOf(facts, 'debtrank')]!;
      // Equity is on record in single precision, and both read it from there.
      expectClose([loss], [facts.tables.days!['debtRank']![0] as number], 1e-9);
    }
  });

  it('agree with a cascade counted by hand', () => {
    const facts = days[5]!;
    const [equity, active] = ['equityUsd', 'active'].map((c) => column(facts, 'institutions', c)) as [
      Float64Array,
      Float64Array,
    ];
    expect(Math.min(...active)).to.equal(1);
    const claims = [...days]
      .slice(0, 6)
      .reverse()
      .find(({ tables }) => tables.exposures)!.tables.exposures!;
    const [creditor, debtor, face] = ['creditor', 'debtor', 'face'].map((c) => claims[c] as Float64Array);
    const loss = equity.map((e) => 0.3 * e);
    const fallen = new Set<number>();
    for (let again = true; again;) {
      again = false;
      equity.forEach((e, i) => {
        if (fallen.has(i) || loss[i]! < e) return;
        fallen.add(i);
        again = true;
        face!.forEach((f, at) => (loss[creditor![at]!]! += debtor![at] === i ? f : 0));
      });
    }
    expect(column(facts, 'contagion', 'defaults')[rowOf(facts, 'cascade')]).to.equal(fallen.size);
  });

  it('are at least as bad in the worst solution, and lie between nothing and everything', () => {
    for (const facts of days.slice(3)) {
      const [low, high] = ['lossShare', 'worstLossShare'].map((c) => column(facts, 'contagion', c)) as [
        Float64Array,
        Float64Array,
      ];
      low.forEach((share, r) => {
        expect(share).to.be.within(-1e-12, 1);
        expect(high[r]).to.be.at.least(share - 1e-12);
      });
    }
  });

  it('book nothing: the run is the same without them', async () => {
    const plain = await factsOf(smallScenario({ days: 8 }));
    expect(plain.map(({ tables }) => tables.institutions)).to.deep.equal(
      days.map(({ tables }) => tables.institutions),
    );
  });
});
