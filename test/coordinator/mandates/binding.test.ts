import { expect } from 'chai';
import { chainOf, smallScenario } from '../../small-run.js';

describe('mandates in a run', () => {
  for (const mandate of [
    { kind: 'source-cap', maxShare: 0.25 },
    { kind: 'federation-size-cap', maxMembers: 2 },
    { kind: 'mixing-cap', maxMixing: 0.1 },
    { kind: 'decorrelation', weight: 10 },
    { kind: 'crowding-limit', maxShare: 0.0001 },
  ])
    it(`${mandate.kind}: a binding one changes the record`, async () => {
      const [free, bound] = [
        await chainOf(smallScenario()),
        await chainOf(smallScenario({ mandates: [mandate] })),
      ];
      expect(bound).not.equal(free);
    });
});
