import { expect } from 'chai';
import { blankReply, silenced, type Silent } from '../../../coordinator/transport/silence.js';
import type { Message, Reply, Updates, Decisions } from '../../../core/protocol.js';
import { skillWidth } from '../../../core/skill.js';

const seats = [{ id: 'bank-01' }, { id: 'fund-01' }];
const host = {
  welcome: { seats, pools: [], brief: { assets: [{ id: 'shares' }] } },
  ready: { features: 1, parameterCounts: Int32Array.of(2) },
} as unknown as Silent;

const updates: Updates = {
  type: 'updates',
  round: 3,
  learners: ['bank-01', 'fund-01'],
  architecture: Int32Array.of(0, 0),
  examples: Int32Array.of(5, 6),
  loss: Float64Array.of(0.5, 0.6),
  localSteps: Int32Array.of(1, 1),
  deltas: Float32Array.of(1, 2, 3, 4),
  controls: Float32Array.of(5, 6, 7, 8),
  within: new Float64Array(0),
  masked: new Int32Array(0),
  packed: new Uint8Array(0),
  packedSizes: new Int32Array(0),
  accounts: ['bank-01', 'fund-01'].map((id) => ({ id, epsilon: 0.5, refused: false })),
  satOut: [{ id: 'bank-01', reason: 'not finite' }],
  skill: new Float64Array(2 * skillWidth).fill(9),
  readings: ['bank-01', 'fund-01'].map((id) => ({ id, quantity: 'validation', at: 0 })),
  readingValues: Float64Array.of(0.1, 0.2),
};

const decisions: Decisions = {
  type: 'decisions',
  day: 4,
  orders: Float64Array.of(10, 20),
  mean: Float32Array.of(0.1, 0.2),
  stdDev: Float32Array.of(2, 3),
  acted: Uint8Array.of(1, 1),
  held: [{ id: 'bank-01', reason: 'nothing to trade' }],
};

describe('a host that is away', () => {
  const everyone = new Set([0, 1]);
  const answers: readonly [Exclude<Message, { type: 'welcome' }>, Reply][] = [
    [{ type: 'train', round: 3 } as Message as never, updates],
    [{ type: 'decide', day: 4 } as Message as never, decisions],
  ];

  for (const [asked, reply] of answers)
    it(`says the same to \`${asked.type}\` whether it never answers or every answer of it is left out`, () => {
      expect(silenced(reply, everyone, host)).to.deep.equal(blankReply(asked, host));
    });

  it('leaves the answers of those who are there as they are, their readings with them', () => {
    const left = silenced(updates, new Set([0]), host) as Updates;
    expect(left.learners).to.deep.equal(['fund-01']);
    expect(left.deltas).to.deep.equal(Float32Array.of(3, 4));
    expect(left.readings.map(({ id }) => id)).to.deep.equal(['fund-01']);
    expect(left.readingValues).to.deep.equal(Float64Array.of(0.2));
    expect(left.satOut).to.deep.equal([]);
    expect(left.accounts.map(({ id }) => id)).to.deep.equal(['fund-01']);
  });
});
