import { expect } from 'chai';
import { liveAuthority, type LiveTerms, type NotTaken, type Said } from '../../coordinator/live-authority.js';
import type { Ticket } from '../../coordinator/oversight/ticket.js';

const ticket = (id: string): Ticket => ({
  id,
  seat: 0,
  asset: 0,
  units: 1,
  day: 1,
  due: 9,
  price: 1,
  reason: 'large',
});
const verdict = (id: string, by = 'ada', approved = true) => ({ ticket: id, approved, by, reason: '' });
const halt = { by: 'ada', entry: { kind: 'halt' } };

/** A run without a market: the authority is asked, then hears what waits, day by day. */
function running(terms: Partial<LiveTerms> = {}) {
  const kept: Said[] = [];
  const live = liveAuthority({ keep: (said) => void kept.push(said), ...terms });
  const day = async (n: number, ...waits: readonly string[]) => {
    const told = { ordered: await live.interventions(n), verdicts: await live.verdicts(n, before) };
    before = waits.map(ticket);
    live.waits(n, before);
    return told;
  };
  let before: readonly Ticket[] = [];
  return { live, kept, day };
}

const hindrance = (act: () => void): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as NotTaken).hindrance;
  }
};

describe('coordinator/live-authority', () => {
  it('keeps what is said with the day on which it takes effect, before it takes effect', async () => {
    const { live, kept, day } = running();
    await day(1, 'a', 'b');
    live.decide(verdict('a'));
    live.order(halt);
    expect(kept.map((one) => [one.kind, one.day])).deep.equal([
      ['verdict', 2],
      ['ordered', 2],
    ]);
    expect(live.waiting().map(({ id }) => id)).deep.equal(['b']);
    expect(await day(2, 'b')).deep.equal({ ordered: [halt], verdicts: [verdict('a')] });
    expect(await day(3, 'b')).deep.equal({ ordered: [], verdicts: [] });
  });

  it('takes nothing that cannot be kept', async () => {
    const full = (): never => {
      throw new Error('the disk is full');
    };
    const { live, day } = running({ keep: full });
    await day(1, 'a');
    expect(() => live.decide(verdict('a'))).to.throw('the disk is full');
    expect(() => live.order(halt)).to.throw('the disk is full');
    expect(await day(2, 'a')).deep.equal({ ordered: [], verdicts: [] });
  });

  it('hears who was first; saying the same again is no other decision', async () => {
    const { live, kept, day } = running();
    await day(1, 'a');
    live.decide(verdict('a'));
    live.decide(verdict('a'));
    expect(kept).length(1);
    expect(hindrance(() => live.decide(verdict('a', 'bob', false)))).equal('decided');
    expect(hindrance(() => live.decide(verdict('c')))).equal('unknown');
    await day(2);
    expect(hindrance(() => live.decide(verdict('a')))).equal('unknown');
  });

  it('takes nothing that no day would ask for', async () => {
    const { live, day } = running({ lastDay: 2 });
    await day(1, 'a');
    await day(2, 'a');
    expect(hindrance(() => live.decide(verdict('a')))).equal('over');
    expect(hindrance(() => live.order(halt))).equal('over');
  });

  it('that is carried on says again what was said, and nothing new on days that people have seen', async () => {
    const said: Said[] = [
      { kind: 'verdict', day: 3, verdict: verdict('a') },
      { kind: 'ordered', day: 5, ordered: halt },
    ];
    const { live, kept, day } = running({ said, openFrom: 5 });
    expect((await day(2, 'a', 'b')).verdicts).deep.equal([]);
    expect(live.waiting()).deep.equal([]);
    expect(hindrance(() => live.decide(verdict('b')))).equal('unknown');
    live.order({ ...halt, by: 'bob' });
    expect(kept[0]!.day).equal(5);
    expect((await day(3, 'b')).verdicts).deep.equal([verdict('a')]);
    await day(4, 'b');
    live.decide(verdict('b'));
    expect(await day(5)).deep.equal({ ordered: [halt, { ...halt, by: 'bob' }], verdicts: [verdict('b')] });
  });
});
