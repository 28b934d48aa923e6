import { createHost } from '../agents/host.js';
import { measureDays } from '../analysis/daily/index.js';
import { createRecorder } from '../analysis/record/recorder.js';
import { hashBytes } from '../analysis/record/hashing.js';
import { catalogue } from '../cli/catalogue.js';
import { everybody } from '../coordinator/presence.js';
import { memoryTransport } from '../coordinator/transport/memory.js';
import { planHosts } from '../coordinator/transport/plan.js';
import type { Transport } from '../coordinator/transport/transport.js';
import { simulate } from '../coordinator/simulate.js';
import type { DayFacts, Notice, TableName } from '../core/events.js';
import type { Host } from '../core/protocol.js';
import { check } from '../core/scenario/check.js';
import { scenarioSchema, withDerivedDefaults, type Scenario } from '../core/scenario.js';

type Raw = Readonly<Record<string, unknown>>;

const asset = (id: string, cls: string, volatility: number, loadings: Raw): Raw => ({
  id,
  class: cls,
  floatUsd: 1e12,
  volatility,
  loadings,
});

/** A market of three assets and eight institutions that remember little: the whole loop in milliseconds. What the
 * defaults are calibrated by is written out, so that tests keep their circumstances when defaults move. */
export const small = {
  name: 'small',
  days: 12,
  warmUp: 2,
  roundEvery: 5,
  assets: [
    asset('shares', 'equity', 0.2, { growth: 0.9 }),
    asset('bonds', 'government', 0.05, { rates: 0.9 }),
    asset('metal', 'commodity', 0.18, { growth: 0.3, rates: 0.2 }),
  ],
  market: {
    fundamentals: {
      factors: ['growth', 'rates'],
      garch: { alpha: 0.02, gamma: 0.08, beta: 0.91 },
      degreesOfFreedom: 8,
      regimes: { enterStress: 0.003, leaveStress: 0.02, stressCorrelation: 0.3 },
      jumps: { perYear: 3 },
    },
    clearing: { mechanism: 'impact', impact: 0.5, crossover: 0, permanentShare: 0.5 },
  },
  institutions: {
    count: 8,
    sizes: { largestShare: 0.3 },
    types: {
      bank: {
        share: 0.5,
        leverage: 12,
        leverageCap: 16,
        leverageTarget: 14,
        loanShare: 0.3,
        interbankShare: 0.1,
        cashShare: 0.05,
        benchmark: { government: 0.6, equity: 0.3, commodity: 0.1 },
        sources: ['macro', 'sentiment'],
        payoutRate: 1,
      },
      fund: {
        share: 0.5,
        leverage: 1.5,
        leverageCap: 2,
        leverageTarget: 1.8,
        fundingShare: 0,
        benchmark: { equity: 0.7, government: 0.2, commodity: 0.1 },
        sources: ['macro'],
        flowSensitivity: 0.02,
        contributionRate: 0.03,
        claimRate: 0.02,
      },
    },
  },
  sources: { macro: {}, sentiment: {} },
  learning: { historyDays: 40, window: 40, minSamples: 60, firstSteps: 10, batchSize: 16 },
  federation: { probes: 8 },
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` on `under`, mapping by mapping; lists are replaced. */
export function overlaid(under: unknown, over: unknown): unknown {
  if (!isRecord(under) || !isRecord(over)) return over;
  const merged = { ...under };
  for (const [key, value] of Object.entries(over))
    merged[key] = key in under ? overlaid(under[key], value) : value;
  return merged;
}

/** The small scenario with what is given on top; throws where that is no valid scenario. */
export function smallScenario(given: Raw = {}): Scenario {
  const scenario = withDerivedDefaults(scenarioSchema(catalogue).parse(overlaid(small, given)));
  const problems = check(scenario, catalogue);
  if (problems.length > 0)
    throw new Error(problems.map((p) => `${p.path.join('.')}: ${p.message}`).join('\n'));
  return scenario;
}

/** How a test reaches its hosts. */
export interface Reach {
  readonly hosts?: number;
  /** Wraps the transport over hosts. */
  readonly through?: (hosts: readonly Host[]) => Transport;
}

/** The facts of every day. */
export async function factsOf(
  scenario: Scenario,
  { hosts = 1, through = memoryTransport }: Reach = {},
): Promise<DayFacts[]> {
  const pooled = scenario.federation.membership === 'centralised';
  const plans = planHosts(scenario.institutions.count, hosts, pooled);
  const transport = through(plans.map(() => createHost()));
  const days: DayFacts[] = [];
  for await (const { day, tables, notices } of simulate(scenario, { transport, plans, presence: everybody }))
    days.push({ day, tables, notices });
  return days;
}

/** The files that the facts of a run make, by path, and the hash of its last `day` line. */
export function recordOf(
  scenario: Scenario,
  days: readonly DayFacts[],
): { readonly files: ReadonlyMap<string, Uint8Array>; readonly chain: string } {
  const parts = new Map<string, Uint8Array[]>();
  const recorder = createRecorder(scenario.record, (path, bytes) => {
    parts.set(path, [...(parts.get(path) ?? []), bytes.slice()]);
  });
  const measured = measureDays(scenario);
  for (const facts of days) recorder.add(measured(facts));
  const chain = recorder.finish();
  const files = new Map(Array.from(parts, ([path, pieces]) => [path, Buffer.concat(pieces)]));
  return { files, chain };
}

/** The hash that the whole record of a run ends in. */
export const chainOf = async (scenario: Scenario, reach?: Reach): Promise<string> =>
  recordOf(scenario, await factsOf(scenario, reach)).chain;

/** SHA-256 of every file of a run. */
export async function hashesOf(scenario: Scenario, reach?: Reach): Promise<Record<string, string>> {
  const { files } = recordOf(scenario, await factsOf(scenario, reach));
  return Object.fromEntries(Array.from(files, ([path, bytes]) => [path, hashBytes(bytes)]));
}

/** One column of a day's table. */
export const column = (facts: DayFacts, table: TableName, name: string): ArrayLike<number> =>
  (facts.tables[table]?.[name] ?? []) as ArrayLike<number>;

/** The notices of one kind, with their day. */
export const noticesOf = (
  days: readonly DayFacts[],
  kind: Notice['kind'],
): { readonly day: number; readonly columns: Notice['columns'] }[] =>
  days.flatMap(({ day, notices }) =>
    notices.filter((notice) => notice.kind === kind).map(({ columns }) => ({ day, columns })),
  );
