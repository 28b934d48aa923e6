import { expect } from 'chai';
import { dictionaryOf } from '../../../analysis/record/dictionary.js';
import { keptTables, tableNames } from '../../../analysis/record/batch.js';
import { dayLines, genesis, type DayLine } from '../../../analysis/record/chain.js';
import { hashText } from '../../../analysis/record/hashing.js';
import { parquetTable } from '../../../analysis/record/parquet-table.js';
import { readTable } from '../../../analysis/record/read.js';
import { verifyRecord } from '../../../analysis/record/verify.js';
import { tables, type Batch, type DayFacts, type TableName } from '../../../core/events.js';
import { catalogue } from '../../../cli/catalogue.js';
import { scenarioSchema, withDerivedDefaults, type Scenario } from '../../../core/scenario.js';
import { factsOf, recordOf, smallScenario } from '../../small-run.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A record on no disk: its files by path, and where its chain ends. */
interface Kept {
  readonly files: Map<string, Uint8Array>;
  readonly chain: string;
}

async function keep(scenario: Scenario, days?: readonly DayFacts[]): Promise<Kept> {
  const { files, chain } = recordOf(scenario, days ?? (await factsOf(scenario)));
  return { files: new Map(files).set('resolved.json', bytesOf(JSON.stringify(scenario))), chain };
}

const verify = ({ files, chain }: Kept): Promise<string | undefined> =>
  verifyRecord((path) => files.get(path)!, chain);

/** The record with one file replaced. */
const replaced = (kept: Kept, path: string, change: (bytes: Uint8Array) => Uint8Array): Kept => ({
  ...kept,
  files: new Map(kept.files).set(path, change(kept.files.get(path)!)),
});

const lines = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).split('\n').slice(0, -1);
const text = (all: readonly string[]): Uint8Array => bytesOf(all.map((line) => `${line}\n`).join(''));

/** A table written in days of its own, as somebody who forges a file would. */
function parquetOf(name: TableName, batch: Batch): Uint8Array {
  const parts: Uint8Array[] = [];
  const table = parquetTable(name, (bytes) => parts.push(bytes.slice()));
  table.add(batch);
  table.finish();
  return Buffer.concat(parts);
}

describe('a record', function () {
  this.timeout(30_000);
  const scenario = smallScenario({
    mandates: [{ kind: 'architecture-cap', maxShare: 0.6 }],
    learning: { forgetting: { everyRounds: 1 } },
    federation: { privacy: { mechanism: 'dp-fedavg', epsilon: 100 } },
  });
  let days: DayFacts[];
  let kept: Kept;
  before(async () => {
    days = await factsOf(scenario);
    kept = await keep(scenario, days);
  });

  it('verifies', async () => {
    expect(await verify(kept)).to.equal(undefined);
  });

  it('gives every table back as it was', async () => {
    for (const name of keptTables('standard')) {
      if (name === 'days') continue; // measures are added to it while it is recorded
      const read = await readTable(name, kept.files.get(`data/${name}.parquet`)!);
      for (const column of Object.keys(tables[name].columns)) {
        const parts = days.flatMap((facts) => {
          const data = facts.tables[name]?.[column];
          return data === undefined ? [] : Array.from<unknown>(data);
        });
        expect(Array.from<unknown>(read[column]!), `${name}.${column}`).to.deep.equal(parts);
      }
    }
  });

  it('binds each day line to the one before', () => {
    const closing = lines(kept.files.get('events.jsonl')!).filter((line) => line.includes('"kind":"day"'));
    expect(closing).to.have.length(scenario.days + 1);
    let previous = genesis;
    for (const line of closing) {
      expect((JSON.parse(line) as DayLine).previous).to.equal(previous);
      previous = hashText(line);
    }
    expect(previous).to.equal(kept.chain);
  });

  it('has one line a day and kind, kinds in order, columns of equal length', () => {
    const seen = new Set<string>();
    for (const line of lines(kept.files.get('events.jsonl')!)) {
      const { day, kind, columns } = JSON.parse(line) as {
        day: number;
        kind: string;
        columns?: Record<string, unknown[]>;
      };
      expect(seen.has(`${day} ${kind}`), `${kind} twice on day ${day}`).to.equal(false);
      seen.add(`${day} ${kind}`);
      if (columns) expect(new Set(Object.values(columns).map((c) => c.length)).size, kind).to.equal(1);
    }
  });

  it('merges notices of one kind on one day into one line', () => {
    const held = (id: string) => ({ kind: 'held' as const, columns: { institution: [id], reason: ['r'] } });
    const { text: written } = dayLines(3, [held('a'), held('b')], 'x', genesis);
    expect(JSON.parse(written.split('\n')[0]!)).to.deep.equal({
      day: 3,
      kind: 'held',
      columns: { institution: ['a', 'b'], reason: ['r', 'r'] },
    });
  });

  describe('that somebody touched', () => {
    // Where no channel of contagion acts these have no rows.
    const empty: readonly TableName[] = ['writeDowns', 'contagion'];
    for (const name of keptTables('standard').filter((each) => !empty.includes(each)))
      it(`names the day of a changed row of ${name}`, async () => {
        const batch = await readTable(name, kept.files.get(`data/${name}.parquet`)!);
        const row = Math.floor(batch['day']!.length / 2);
        const column = Object.keys(batch).at(-1)!;
        const data = batch[column]!.slice() as Float64Array | string[];
        data[row] = typeof data[row] === 'string' ? 'forged' : 12345;
        const day = (batch['day'] as Int32Array)[row]!;
        const forged = replaced(kept, `data/${name}.parquet`, () =>
          parquetOf(name, { ...batch, [column]: data }),
        );
        expect(await verify(forged)).to.equal(
          `data/, day ${day}: the rows of its tables are not those recorded`,
        );
      });

    it('names the day of a row that is gone', async () => {
      const batch = await readTable('fills', kept.files.get('data/fills.parquet')!);
      const without = Object.fromEntries(
        Object.entries(batch).map(([c, data]) => [c, data.slice(0, -1)]),
      ) as Batch;
      const forged = replaced(kept, 'data/fills.parquet', () => parquetOf('fills', without));
      expect(await verify(forged)).to.match(/^data\/, day 12: the rows/);
    });

    it('names rows of days that the record does not have', async () => {
      const batch = await readTable('assets', kept.files.get('data/assets.parquet')!);
      const more = Object.fromEntries(
        Object.entries(batch).map(([c, data]) => {
          const grown = new (data.constructor as Float64ArrayConstructor)(data.length + 1);
          grown.set(data as Float64Array);
          grown[data.length] = c === 'day' ? 99 : 1;
          return [c, grown];
        }),
      ) as Batch;
      const forged = replaced(kept, 'data/assets.parquet', () => parquetOf('assets', more));
      expect(await verify(forged)).to.equal(
        'data/assets.parquet: has rows of days that the record does not have',
      );
    });

    it('names the day of a changed decision, a lost line, and a lost day', async () => {
      const edit = (change: (all: string[]) => string[]) =>
        verify(replaced(kept, 'events.jsonl', (bytes) => text(change(lines(bytes)))));
      expect(await edit((all) => all.map((l) => l.replace('drawn by lot', 'by choice')))).to.equal(
        'events.jsonl, day 1: its decisions are not those recorded',
      );
      expect(await edit((all) => all.filter((l) => !l.includes('"kind":"moved"')))).to.equal(
        'events.jsonl, day 1: its decisions are not those recorded',
      );
      expect(
        await edit((all) => all.filter((l) => !(l.includes('"kind":"day"') && l.startsWith('{"day":4,')))),
      ).to.match(/day 4 is missing/);
      expect(await edit((all) => all.slice(0, -1))).to.match(/ends on day 11 of 12/);
    });

    it('names the first day of a chain that was forged from there on', async () => {
      const forged = replaced(kept, 'events.jsonl', (bytes) => {
        let previous = genesis;
        return text(
          lines(bytes).map((line) => {
            if (!line.includes('"kind":"day"')) return line;
            const parsed = JSON.parse(line) as DayLine;
            const again = JSON.stringify({
              ...parsed,
              previous,
              tables: parsed.day === 5 ? genesis : parsed.tables,
            });
            previous = hashText(again);
            return again;
          }),
        );
      });
      expect(await verify(forged)).to.match(/^data\/, day 5:/);
    });

    it('notices an end other than the manifest’s', async () => {
      expect(await verify({ ...kept, chain: genesis })).to.equal(
        'events.jsonl: does not end where the manifest says',
      );
    });
  });

  it('keeps more at each level, and its dictionary says what every kept column means', async () => {
    const sizes: number[] = [];
    for (const level of ['minimal', 'standard', 'full'] as const) {
      const at = smallScenario({ record: level });
      const { files } = await keep(at);
      const names = [...files.keys()]
        .filter((f) => f.startsWith('data/'))
        .map((f) => f.slice(5, -8))
        .sort();
      expect(names).to.deep.equal([...keptTables(level)].sort());
      const dictionary = dictionaryOf(at, []) as {
        tables: Record<string, { columns: Record<string, { unit: string; meaning: string }> }>;
      };
      expect(Object.keys(dictionary.tables).sort()).to.deep.equal(names);
      for (const { columns } of Object.values(dictionary.tables))
        for (const { unit, meaning } of Object.values(columns))
          expect(unit && meaning).to.be.a('string').that.is.not.empty;
      sizes.push([...files.values()].reduce((sum, f) => sum + f.length, 0));
      expect(await verify(await keep(at)), level).to.equal(undefined);
    }
    expect(sizes[0]).to.be.below(sizes[1]!);
    expect(sizes[1]).to.be.below(sizes[2]!);
    expect(keptTables('full')).to.deep.equal(tableNames);
  });

  it('standard: 64 bytes an institution and day, and 24 an institution, asset and day, are enough', async () => {
    const shipped = withDerivedDefaults(
      scenarioSchema(catalogue).parse({ name: 'size', days: 60, learning: { historyDays: 60, window: 60 } }),
    );
    const { files } = recordOf(shipped, await factsOf(shipped));
    const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
    const institutionDays = shipped.institutions.count * shipped.days;
    expect(bytes).to.be.below(institutionDays * (64 + 24 * shipped.assets.length));
  });

  it('full: raw updates are those whose hashes and norms the rounds table states', async () => {
    const full = smallScenario({ record: 'full' });
    const first = (await factsOf(full))[1]!;
    const { rounds, updates } = first.tables;
    const ids = updates!['institution'] as readonly string[];
    const delta = updates!['delta'] as Float32Array;
    (rounds!['institution'] as readonly string[]).forEach((id, row) => {
      const own = delta.filter((_, at) => ids[at] === id);
      const norm = Math.sqrt(own.reduce((sum, d) => sum + d * d, 0));
      expect((rounds!['updateNorm'] as Float64Array)[row], id).to.be.closeTo(norm, 1e-6 * norm);
    });
  });
});
