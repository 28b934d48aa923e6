import { expect } from 'chai';
import type { DayFacts } from '../../../core/events.js';
import { createStage } from '../../../market/stage.js';
import { factsOf, noticesOf, smallScenario } from '../../small-run.js';

const federation = { membership: 'local' };
const capped = (macro: object, more: object = {}) =>
  smallScenario({
    mandates: [{ kind: 'source-cap', maxShare: 0.5 }],
    sources: { macro },
    federation,
    ...more,
  });

/** Ids that a mandate took macro from before the first day, and the others. */
function sides(days: readonly DayFacts[]): { readonly without: string[]; readonly having: string[] } {
  const [{ columns }] = noticesOf(days, 'moved') as unknown as [{ columns: Record<string, string[]> }];
  const without = columns['institution']!.filter((_, row) => columns['from']![row] === 'macro');
  const all = Array.from(days[6]!.tables.rounds!['institution'] as unknown as string[]);
  return { without, having: all.filter((id) => !without.includes(id)) };
}

describe('a source that a mandate took away', () => {
  it('turns no label of those who lost it, and all of the others', async () => {
    const clean = await factsOf(capped({}));
    const poisoned = await factsOf(capped({ poison: { kind: 'label-flip', from: 1 } }));
    const { without, having } = sides(clean);
    // Nothing has been traded by what was learned in the run: the second round is told apart by its labels alone.
    const normOf = (days: readonly DayFacts[], id: string): number => {
      const { institution, updateNorm } = days[6]!.tables.rounds as unknown as Record<
        string,
        ArrayLike<never>
      >;
      return updateNorm![Array.from(institution as ArrayLike<string>).indexOf(id)]!;
    };
    for (const id of without) expect(normOf(poisoned, id), id).to.equal(normOf(clean, id));
    for (const id of having) expect(normOf(poisoned, id), id).not.to.equal(normOf(clean, id));
    expect([without.length, having.length]).to.deep.equal([4, 4]);
  });

  it('moves no order of those who lost it, not even where sources are weighed beside the model', async () => {
    const integration = { view: 'skill-weighted' };
    const weighing = { institutions: { types: { bank: { integration }, fund: { integration } } } };
    const [vague, sure] = [
      await factsOf(capped({ informationCoefficient: 0.1 }, weighing)),
      await factsOf(capped({ informationCoefficient: 0.9 }, weighing)),
    ];
    const { without, having } = sides(vague);
    const { institutions } = createStage(capped({}));
    const ordered = ({ tables }: DayFacts, ids: readonly string[]): string => {
      const { institution, units, wave } = tables.fills as unknown as Record<string, ArrayLike<number>>;
      const own = (row: number): boolean =>
        ids.includes(institutions[institution![row]!]!.id) && wave![row] === 0;
      return String(Array.from(units!).filter((_, row) => own(row)));
    };
    const first = vague.findIndex((day, d) => d > 0 && ordered(day, having) !== ordered(sure[d]!, having));
    expect(first, 'the others heed it').to.be.greaterThan(0);
    // From the next day on prices differ, for everybody.
    expect(ordered(vague[first]!, without)).to.equal(ordered(sure[first]!, without)).and.not.equal('');
  });
});
