import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordedPrices } from '../../cli/recorded-prices.js';
import { CliError } from '../../cli/errors.js';
import { column, factsOf, recordOf, smallScenario } from '../small-run.js';
import { workplace } from './herdscope.js';

describe('prices of a recorded run', () => {
  const place = workplace();
  after(place.remove);

  it('are those of its table of assets, day by day', async () => {
    const scenario = smallScenario();
    const days = await factsOf(scenario);
    for (const [path, bytes] of recordOf(scenario, days).files) {
      mkdirSync(join(place.path, path, '..'), { recursive: true });
      writeFileSync(join(place.path, path), bytes);
    }
    writeFileSync(join(place.path, 'resolved.json'), JSON.stringify(scenario));
    writeFileSync(join(place.path, 'manifest.json'), JSON.stringify({ status: 'complete', files: {} }));
    const { assets, dates, calendar, prices, volumes } = await recordedPrices(place.path);
    expect(assets.map(({ id }) => id)).to.deep.equal(['shares', 'bonds', 'metal']);
    expect(dates.length).to.equal(days.length);
    expect(dates[0]).to.equal('2001-01-01');
    expect(calendar[7]! - calendar[0]!).to.equal(10);
    const last = days.at(-1)!;
    expect(Array.from(prices.subarray(-3))).to.deep.equal(Array.from(column(last, 'assets', 'price')));
    expect(Array.from(volumes!.subarray(-3))).to.deep.equal(
      Array.from(column(last, 'assets', 'volumeUnits')),
    );
  });

  it('a folder that holds no run, or one that did not end, is refused', async () => {
    const empty = workplace();
    const refused = async (): Promise<string> => {
      const error = await recordedPrices(empty.path).catch((e: unknown) => e);
      expect(error).to.be.instanceOf(CliError);
      return (error as CliError).lines[0]!;
    };
    expect(await refused()).to.match(/is not a run: it has no manifest\.json/);
    writeFileSync(join(empty.path, 'manifest.json'), JSON.stringify({ status: 'interrupted' }));
    expect(await refused()).to.match(/is not complete: its manifest says interrupted/);
    empty.remove();
  });
});
