import { z } from 'zod';
import { tables, type Batch, type ColumnData, type TableName } from '../../core/events.js';
import { roster } from '../../core/roster.js';
import { stream } from '../../core/random.js';
import { scenarioSchema, withDerivedDefaults, type Scenario } from '../../core/scenario.js';
import type { DatedNotice, RunData } from '../../analysis/run-data.js';

const entry = { summary: 'synthetic', options: z.object({}) };
const mind = { ...entry, federates: 'average', learns: 'by gradient' } as const;
const catalogue = {
  mechanisms: { impact: entry },
  architectures: { mlp: mind, linear: mind },
  regimes: { replay: { ...entry, needs: 'nothing' } as const },
  strategies: { 'mean-variance': entry },
  riskModels: { sample: entry },
  overlays: { none: entry },
  triggers: { calendar: entry },
  executions: { proportional: entry },
  integrations: { model: entry },
  personalisations: { none: { ...entry, needs: 'nothing' as const } },
  aggregations: {
    fedavg: { ...entry, needsIndividualUpdates: false, extras: [], needs: 'nothing' as const },
  },
  privacies: { none: entry },
  secureAggregations: { none: { ...entry, sums: false } },
  compressions: { none: entry },
  attacks: { none: { ...entry, turnsLabels: false } },
  mandates: { none: entry },
  interventions: { none: entry },
  exposures: { 'core-periphery': entry },
  channels: {
    clearing: { ...entry, through: 'claims' },
    'fire-sale': { ...entry, through: 'assets' },
  },
};

/** A scenario of the schema's own defaults, with what is given on top. */
export const syntheticScenario = (given: Record<string, unknown>): Scenario =>
  withDerivedDefaults(scenarioSchema(catalogue).parse({ name: 'synthetic', ...given }));

type Row = Readonly<Record<string, number | string>>;

const made = {
  int32: (v: readonly (number | string)[]): ColumnData => Int32Array.from(v as number[]),
  float32: (v: readonly (number | string)[]): ColumnData => Float32Array.from(v as number[]),
  float64: (v: readonly (number | string)[]): ColumnData => Float64Array.from(v as number[]),
  string: (v: readonly (number | string)[]): ColumnData => v.map(String),
};

/** A table from its rows; what a row leaves out is NaN (or empty). */
export function tableOf(name: TableName, rows: readonly Row[]): Batch {
  const columns = Object.entries(tables[name].columns);
  return Object.fromEntries(
    columns.map(([column, { type }]) => {
      const missing = { int32: 0, float32: NaN, float64: NaN, string: '' }[type];
      return [column, made[type](rows.map((row) => row[column] ?? missing))];
    }),
  );
}

const daysOf = (scenario: Scenario, count: number): Row[] => {
  const draw = stream({ seed: scenario.seed, purpose: 'synthetic-days' });
  const rows: Row[] = [{ day: 0, regime: 0, indexLevel: 100, indexReturn: 0, fundamentalReturn: 0 }];
  let level = 100;
  for (let day = 1; day <= scenario.days; day++) {
    const stress = day % 300 > 240 ? 1 : 0;
    const fundamentalReturn = 0.0002 + draw.studentT(5) * (stress ? 0.012 : 0.006);
    const indexReturn = fundamentalReturn + draw.normal() * 0.002;
    level *= 1 + indexReturn;
    const forced = stress && draw.uniform() < 0.2 ? draw.exponential() * 1e9 : 0;
    const measured = day > scenario.warmUp;
    const rise = (day / scenario.days) * 0.3;
    rows.push({
      day,
      regime: stress,
      indexLevel: level,
      indexReturn,
      fundamentalReturn,
      volumeUsd: 5e11,
      marginWaves: forced > 0 ? 2 : 0,
      forcedSalesUsd: forced,
      marginLossUsd: forced / 4,
      openingEquityUsd: 5e12,
      equityUsd: 5e12,
      active: count,
      breaches: forced > 0 ? 1 + draw.integer(4) : 0,
      defaults: day === Math.floor(scenario.days * 0.58) ? 1 : 0,
      issuedUsd: 0,
      turnover: 0.02 + 0.01 * draw.uniform(),
      leverage: 4 + stress + 0.1 * draw.normal(),
      ...(measured
        ? {
            lsv: 0.05 + rise / 4 + 0.02 * draw.normal(),
            crowding: 0.3 + rise + 0.03 * draw.normal(),
            overlap: 0.5 + rise / 2,
            forecastCorrelation: 0.4 + rise + 0.05 * draw.normal(),
            effectiveArchitectures: 1.9,
            effectiveModels: 6 - 8 * rise + 0.3 * draw.normal(),
            parameterDispersion: 0.2,
            debtRank: 0.02 + 0.01 * stress,
            fireSaleLoss: forced / 2e12,
            breachShare: forced > 0 ? 0.05 : 0,
            defaultShare: 0,
            informationCoefficient: 0.01,
          }
        : {}),
    });
  }
  return rows;
};

/** A small made-up run: `detail` says whether the tables above the minimal record are there. */
export function syntheticRun(
  given: Record<string, unknown> = {},
  detail: readonly TableName[] = ['institutions', 'exposures'],
): RunData {
  const scenario = syntheticScenario({ days: 200, institutions: { count: 12 }, ...given });
  const seats = roster(scenario.institutions).map((s, i) => ({
    ...s,
    architecture: i % 2 ? 'linear' : 'mlp',
  }));
  const fallen = seats.findIndex((s) => s.type === 'bank');
  const fallDay = Math.floor(scenario.days * 0.58);
  const draw = stream({ seed: scenario.seed, purpose: 'synthetic-books' });
  const size = seats.map(() => draw.exponential() * 1e11 + 1e10);
  const institutions = Array.from({ length: scenario.days + 1 }, (_, day) =>
    seats.map(({ type }, institution): Row => {
      const down = institution === fallen && day >= fallDay && day < fallDay + 20;
      const { leverage } = scenario.institutions.types[type]!;
      const assetsUsd = down ? 0 : size[institution]! * (1 + 0.1 * draw.normal());
      return {
        day,
        institution,
        active: down ? 0 : 1,
        generation: institution === fallen && day >= fallDay + 20 ? 1 : 0,
        architecture: institution % 2,
        cash: 0,
        funding: 0,
        loans: 0,
        assetsUsd,
        equityUsd: assetsUsd / leverage,
        forcedUsd: 0,
      };
    }),
  ).flat();
  const banks = seats.flatMap(({ type }, i) => (type === 'bank' || i % 4 === 0 ? [i] : []));
  const claims = banks.flatMap((creditor) =>
    banks.flatMap((debtor): Row[] =>
      creditor !== debtor && draw.uniform() < 0.5
        ? [{ creditor, debtor, face: draw.exponential() * 1e9 }]
        : [],
    ),
  );
  const exposures = [0, fallDay - 5, fallDay].flatMap((day) =>
    claims
      .filter((c) => day < fallDay || (c['debtor'] !== fallen && c['creditor'] !== fallen))
      .map((c) => ({ ...c, day })),
  );
  const roundDays = Array.from({ length: Math.floor(scenario.days / 5) }, (_, r) => 1 + 5 * r);
  const rounds = roundDays.flatMap((day, r) =>
    seats.map((s, i): Row => ({
      day,
      round: r + 1,
      federation: s.architecture,
      institution: s.id,
      examples: 100,
      loss: 1 + 0.5 / (1 + r / 10) + 0.02 * draw.normal() + 0.1 * (i % 2),
      updateNorm: 0.1,
      distance: 0.5 / (1 + r / 20),
      bytes: 4,
      updateHash: '00',
    })),
  );
  const skill = roundDays.flatMap((day) =>
    seats.map((_, institution): Row => {
      const s = { n: 60, f: 0, y: 0, g: 0, ff: 0, yy: 0, gg: 0, fy: 0, gy: 0 };
      for (let k = 0; k < 60; k++) {
        const [y, e, h] = [draw.normal(), draw.normal(), draw.normal()];
        const [f, g] = [0.02 * y + e, 0.025 * y + h];
        s.f += f;
        s.y += y;
        s.g += g;
        s.ff += f * f;
        s.yy += y * y;
        s.gg += g * g;
        s.fy += f * y;
        s.gy += g * y;
      }
      return { day, institution, ...s };
    }),
  );
  const notices: DatedNotice[] = [
    {
      day: 30,
      kind: 'outage',
      columns: { institution: [seats[0]!.id], reason: ['model down until day 40'] },
    },
    {
      day: fallDay,
      kind: 'default',
      columns: { institution: [seats[fallen]!.id], equity: [-2e8], owed: [5e9], paid: [4.8e9] },
    },
    {
      day: 51,
      kind: 'moved',
      columns: {
        institution: [seats[1]!.id],
        from: ['mlp'],
        to: ['linear'],
        mandate: ['architecture-cap'],
        reason: ['mlp holds 71.0% of assets, above 60.0%; drawn by lot'],
      },
    },
    {
      day: fallDay + 20,
      kind: 'entry',
      columns: { institution: [seats[fallen]!.id], generation: [1], equity: [3e9] },
    },
  ];
  const all: Partial<Record<TableName, readonly Row[]>> = { institutions, exposures };
  return {
    scenario,
    defaults: syntheticScenario({}),
    roster: seats,
    tables: {
      days: tableOf('days', daysOf(scenario, seats.length)),
      rounds: tableOf('rounds', rounds),
      skill: tableOf('skill', skill),
      ...Object.fromEntries(detail.map((name) => [name, tableOf(name, all[name] ?? [])])),
    },
    notices,
    command: 'herdscope run scenarios/synthetic.yaml',
    version: '0.1.0',
  };
}
