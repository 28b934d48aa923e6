import { expect } from 'chai';
import { interventions } from '../../../market/interventions/index.js';
import { scenarioOf } from '../fixture.js';

const scenario = scenarioOf({});
type Entry = Readonly<Record<string, unknown>> & { readonly kind: keyof typeof interventions };

/** Why two entries cannot stand together; whichever comes first, the answer is one. */
function between(one: Entry, other: Entry): string | undefined {
  const full = (entry: Entry): Entry => {
    const { kind, ...options } = entry;
    return { kind, ...interventions[kind].options.parse(options) };
  };
  const [a, b] = [full(one), full(other)];
  const asked = [
    [a, b],
    [b, a],
  ].map(([x, y]) => interventions[x!.kind].contradicts?.(x!, y!, scenario));
  expect(asked[0] === undefined, 'either way').to.equal(asked[1] === undefined);
  return asked[0];
}

describe('interventions that cannot stand together', () => {
  const wall = { kind: 'firewall', one: ['bank'], other: ['hedge-fund'] } as const;

  it('a firewall inside another, by whatever names', () => {
    const inside = { ...wall, one: ['bank-01', 'bank-02'] } as const;
    expect(between(inside, wall)).to.match(/firewall of bank-01, bank-02 | hedge-fund .* bank | hedge-fund/);
    expect(between({ ...inside, one: ['hedge-fund'], other: ['bank-01'] }, wall)).to.be.a('string');
    expect(between({ ...wall, to: 5 }, { ...wall, from: 6 })).to.equal(undefined);
    expect(between({ ...wall, other: ['insurer'] }, wall)).to.equal(undefined);
  });

  const breaker = { kind: 'circuit-breaker', fall: 0.1, scope: 'asset', assets: ['gold'] } as const;

  it('two breakers that trip at one fall and close for unlike times', () => {
    expect(between(breaker, { ...breaker, haltDays: 3 })).to.match(/gold at a fall of 0.1 .* meets another/);
    expect(between(breaker, { ...breaker, fall: 0.2 })).to.equal(undefined);
    expect(between(breaker, { ...breaker, assets: ['crypto'] })).to.equal(undefined);
    expect(between(breaker, { ...breaker, scope: 'index' })).to.equal(undefined);
    expect(between({ ...breaker, to: 5 }, { ...breaker, from: 6 })).to.equal(undefined);
  });

  it('a breaker that a price limit keeps from ever tripping', () => {
    const limit = { kind: 'price-limit', limit: 0.05, assets: ['gold'] } as const;
    expect(between(breaker, limit)).to.match(/never trips: price-limit lets prices move by at most 0.05/);
    expect(between(breaker, { ...limit, limit: 0.1 })).to.equal(undefined);
    expect(between(breaker, { ...limit, to: 9 })).to.equal(undefined);
    expect(between({ ...breaker, scope: 'index' }, limit)).to.equal(undefined);
    expect(between({ ...breaker, scope: 'index' }, { ...limit, assets: [] })).to.be.a('string');
  });
});
