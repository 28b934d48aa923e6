import { expect } from 'chai';
import { stopwatch } from '../../cli/stopwatch.js';

/** A clock that a test moves. */
function clock(): { readonly now: () => number; readonly pass: (seconds: number) => void } {
  let time = 5;
  return { now: () => time, pass: (seconds) => (time += seconds) };
}

describe('a stopwatch', () => {
  it('counts what is done while waiting for itself, and only the rest for the wait', async () => {
    const { now, pass } = clock();
    const watch = stopwatch(now);
    let arrive = (): void => undefined;
    const wait = watch.awaiting('deciding', () => new Promise<void>((resolve) => (arrive = resolve)));
    watch.during('recording', () => pass(2));
    pass(3);
    arrive();
    await wait;
    pass(1);
    expect(watch.parts('market')).to.deep.equal({ deciding: 3, recording: 2, market: 1 });
    expect(watch.total()).to.equal(6);
  });

  it('counts a part within a part once', () => {
    const { now, pass } = clock();
    const watch = stopwatch(now);
    watch.during('report', () => {
      pass(1);
      watch.during('metrics', () => pass(4));
    });
    expect(watch.parts('rest')).to.deep.equal({ metrics: 4, report: 1 });
  });
});
