import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { factsOf, recordOf, smallScenario } from '../small-run.js';
import { hashBytes } from '../../analysis/record/hashing.js';

type Raw = Parameters<typeof smallScenario>[0];

/** Small scenarios whose event logs are pinned, by name. */
const pinned: Readonly<Record<string, Raw>> = {
  baseline: {},
  disturbed: {
    market: { fundamentals: { shocks: [{ day: 4, class: 'equity', size: -0.3 }] } },
    institutions: { outages: [{ institution: 'bank-01', from: 3, to: 8 }] },
    mandates: [{ kind: 'architecture-cap', maxShare: 0.6 }],
    interventions: [{ kind: 'halt', institution: 'bank-02', from: 5, to: 7 }],
  },
  centralised: { federation: { membership: 'centralised' } },
  'order-book': { market: { clearing: { mechanism: 'order-book' } } },
};

const file = new URL('hashes.json', import.meta.url);
const update = process.env['HERDSCOPE_UPDATE_GOLDEN'] === '1';

/** SHA-256 of a scenario's events.jsonl; its `day` lines chain the hashes of every table's rows. */
async function eventLogHash(given: Raw): Promise<string> {
  const scenario = smallScenario(given);
  const { files } = recordOf(scenario, await factsOf(scenario));
  return hashBytes(files.get('events.jsonl')!);
}

const made = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(pinned).map(async ([name, given]) => [name, await eventLogHash(given)] as const),
    ),
  );

describe('golden hashes of the event log', () => {
  let hashes: Record<string, string>;
  before(async () => {
    hashes = await made();
    if (update) writeFileSync(file, `${JSON.stringify(hashes, null, 2)}\n`);
  });

  const golden = (): Record<string, string> =>
    JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

  it('are of these scenarios and no others', () => {
    expect(Object.keys(golden())).to.have.members(Object.keys(pinned));
  });

  it('tell the scenarios apart', () => {
    expect(new Set(Object.values(hashes)).size).to.equal(Object.keys(pinned).length);
  });

  for (const name of Object.keys(pinned))
    it(`${name}: the bytes are those of hashes.json (docs/how-to/golden-hashes.md says when to update it)`, () => {
      expect(hashes[name]).to.equal(golden()[name]);
    });

  it('the disturbed scenario is disturbed by all that it asks for', async () => {
    const days = await factsOf(smallScenario(pinned['disturbed']));
    const kinds = days.flatMap(({ notices }) => notices.map(({ kind }) => kind));
    expect(kinds).to.include.members(['outage', 'shock', 'moved', 'intervention']);
  });
});
