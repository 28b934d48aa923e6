import { expect } from 'chai';
import { catalogue } from '../../../cli/catalogue.js';
import { notesOn } from '../../../core/scenario/notes.js';
import { overlaid, small, smallScenario } from '../../small-run.js';

const sixteen = { institutions: { count: 16, sizes: { largestShare: 0.12 } } };
/** What is wrong with mandates in the small scenario; fails where nothing is. */
function refused(mandates: readonly object[], given: object = {}): string {
  try {
    smallScenario(overlaid({ ...sixteen, mandates }, given) as Record<string, unknown>);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('was accepted');
}

describe('mandates that cannot be met', () => {
  it('are refused where no order of moving meets a cap on the first morning', () => {
    const cap = (maxShare: number) => ({ kind: 'architecture-cap', maxShare });
    expect(refused([cap(0.5)])).to.match(
      /^mandates\.0\.maxShare: 0\.5 cannot be met by this roster: \w+ still holds 5\d\.\d% of assets: .*20 orders/,
    );
    expect(smallScenario({ ...sixteen, mandates: [cap(0.6)] }).mandates).to.have.length(1);
  });

  it('are refused where types may not have what they ask for', () => {
    const types = Object.fromEntries(
      Object.keys(small.institutions.types).map((name) => [name, { architectures: ['mlp'] }]),
    );
    const reason = refused([{ kind: 'architecture-cap', maxShare: 0.6 }], { institutions: { types } });
    expect(reason).to.contain('mlp still holds 100.0% of assets');
    expect(
      refused([{ kind: 'minimum-effective-models', minimum: 1.5 }], { institutions: { types } }),
    ).to.match(/^mandates\.0\.minimum: 1\.5 cannot be met by this roster: 1\.00 effective models/);
  });

  it('are refused where they could never act', () => {
    const rotation = { kind: 'federation-rotation', parts: 2 };
    const alone = { kind: 'federation-size-cap', maxMembers: 1 };
    const cases: [object[], RegExp, object?][] = [
      [[{ ...rotation, everyRounds: 1000 }], /everyRounds: 1000 rounds are not over before the last of 60/],
      [[rotation, alone], /leaves nobody to rotate/],
      [[alone, rotation], /has nobody to rotate/],
      [[{ kind: 'position-disclosure', delayDays: 300 }], /delayDays: 300 days are not over/],
      [[{ kind: 'decorrelation', weight: 1 }], /localSteps must be above 0/, { learning: { localSteps: 0 } }],
      [
        [{ kind: 'decorrelation', weight: 1 }],
        /mandates\.0\.kind: random-forest has no gradient/,
        { learning: { architectures: [{ name: 'mlp' }, { name: 'random-forest' }] } },
      ],
    ];
    for (const [mandates, reason, given = {}] of cases)
      expect(refused(mandates, overlaid({ days: 300 }, given) as object)).to.match(reason);
  });

  it('are let through with a note where sales could bring them about', () => {
    const limited = (maxShare: number) =>
      notesOn(smallScenario({ mandates: [{ kind: 'crowding-limit', maxShare }] }), catalogue);
    expect(limited(1)).to.deep.equal([]);
    expect(limited(0.001)).to.have.length(1);
    expect(limited(0.001)[0]).to.match(
      /^mandates\[0\] \(crowding-limit\): 0\.001 is below what institutions hold .*% of shares, .*nobody is made to sell$/,
    );
  });
});
