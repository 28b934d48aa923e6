import { expect } from 'chai';
import { CliError } from '../../../../cli/errors.js';
import { measured } from '../../../measured.js';

interface Facts {
  autocorrelation: number[];
  hillLeft: number | null;
  tailCount: number;
  aggregatedExcessKurtosis: Record<string, number | null>;
}

describe('stylized-facts', () => {
  it('short series give what they can: fewer lags, nulls for what has no value', () => {
    const facts = measured<Facts>('stylized-facts', { returns: [0.01, -0.02, 0.03, 0.005, -0.01] });
    expect(facts.autocorrelation).to.have.length(3);
    expect([facts.tailCount, facts.hillLeft]).to.deep.equal([0, null]);
    expect(facts.aggregatedExcessKurtosis['20']).to.equal(null);
  });

  it('refuses a constant', () => {
    const run = (returns: number[]) => () => measured('stylized-facts', { returns });
    expect(run([1, 1, 1, 1])).to.throw(CliError, /^returns: must vary/);
    expect(run([1, -1, 1, -1])).to.throw(CliError, /^returns: must vary in magnitude/);
    expect(run([1, 2])).to.throw(CliError, /^returns: must hold at least 4/);
  });
});
