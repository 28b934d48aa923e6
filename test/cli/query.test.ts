import { expect } from 'chai';
import { CliError } from '../../cli/errors.js';
import { findPackage, loadPackage } from '../../cli/optional-package.js';
import { herdscope, workplace } from './herdscope.js';
import { makeSmallSweep } from './small-sweep.js';

describe('an optional package', () => {
  it('that is not installed is asked for with the command that installs it', async () => {
    const error: unknown = await loadPackage('no-such-package', 'herdscope query').catch((e: unknown) => e);
    expect(error).to.be.instanceOf(CliError);
    expect((error as CliError).message).to.equal(
      'herdscope query needs no-such-package, which is not installed: npm install no-such-package',
    );
  });
});

describe('herdscope query', function () {
  this.timeout(120_000);
  const place = workplace();
  let sweep = '';
  before(async function () {
    if (findPackage('@duckdb/node-api') === undefined) this.skip();
    sweep = await makeSmallSweep(place.path, 'sweeps');
  });
  after(place.remove);

  it('joins sweeps, metrics and the tables of many runs', async () => {
    const sql = `select s."homogeneity.signals" as level, s.replication, m.value - s.crowding as gap, count(*) as days
      from sweeps s join metrics m on m.run = s.run and m.metric = 'crowding' join days d on d.run = s.run
      group by all order by all`;
    const { code, stdout } = await herdscope('query', sql, place.path, '--format', 'json');
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal(
      [0, 1].flatMap((level) => [0, 1].map((replication) => ({ level, replication, gap: 0, days: 12 }))),
    );
  });

  it('prints text and CSV', async () => {
    const words = ['query', "select count(*) as n, 'a,b' as t from runs", sweep];
    expect((await herdscope(...words)).stdout).to.equal('n    t\n4  a,b\n');
    expect((await herdscope(...words, '--format', 'csv')).stdout).to.equal('n,t\n4,"a,b"\n');
  });

  it('refuses what is no SQL, and folders without records', async () => {
    const wrong = await herdscope('query', 'selec 1', sweep);
    expect([wrong.code, wrong.stderr.includes('syntax error at or near "selec"')]).to.deep.equal([2, true]);
    const none = await herdscope('query', 'select 1', 'docs');
    expect([none.code, none.stderr.includes('no complete run')]).to.deep.equal([2, true]);
  });
});
