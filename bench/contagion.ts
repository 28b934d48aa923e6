// Contagion on flat arrays against the same iterations over graphology's object API: degree 20, one core. Times are
// medians of processor time; the ratio is what carries over to another machine.
import { DirectedGraph } from 'graphology';
import { csrFromTriplets, type Csr } from '../market/contagion/csr.js';
import { debtRank } from '../market/contagion/debtrank.js';
import { channels } from '../market/contagion/index.js';
import { jointContagion } from '../market/contagion/joint.js';
import { rowSums } from '../market/contagion/product.js';
import { stressSystem, totalDebt, type StressSystem } from '../market/contagion/stress-system.js';
import { stream } from '../core/random.js';
import type { Bench, Row } from './figure.js';

const degree = 20;
const assets = 20;
const together = { clearing: channels.clearing, 'fire-sale': channels['fire-sale'] };

/** `perRow` distinct columns a row, weights uniform in (0, 1). */
function randomLinks(rows: number, columns: number, perRow: number, purpose: string): Csr {
  const draws = stream({ seed: 1, purpose });
  const row: number[] = [];
  const column: number[] = [];
  for (let i = 0; i < rows; i++) {
    const chosen = new Set<number>();
    while (chosen.size < perRow) {
      const j = draws.integer(columns);
      if (columns !== rows || j !== i) chosen.add(j);
    }
    for (const j of chosen) {
      row.push(i);
      column.push(j);
    }
  }
  return csrFromTriplets(rows, columns, { row, column, value: row.map(() => draws.uniform()) });
}

/** Interbank assets of about 0.6 times equity, securities of 10 times equity, and a 4% fall of one asset in two. */
function systemOf(n: number): StressSystem {
  const exposures = randomLinks(n, n, degree, 'exposures');
  const holdings = randomLinks(n, assets, 5, 'holdings');
  const equity = rowSums(exposures).map((lent) => lent / 0.6);
  const held = rowSums(holdings);
  const value = holdings.value.slice();
  for (let i = 0; i < n; i++)
    for (let e = holdings.start[i]!; e < holdings.start[i + 1]!; e++)
      value[e]! *= (10 * equity[i]!) / held[i]!;
  const float = value.reduce((a, b) => a + b, 0) / assets;
  return stressSystem({
    exposures,
    equity,
    holdings: { ...holdings, value },
    shock: Float64Array.from({ length: assets }, (_, a) => (a % 2 === 0 ? -0.08 : 0)),
    impact: Array.from({ length: assets }, () => (sold: number) => Math.max(0, 1 - sold / (4 * float))),
    leverageCap: 16,
  });
}

/** Median milliseconds of processor time, after one run to warm up. */
function timed(repeats: number, act: () => void): number {
  act();
  const times = Array.from({ length: repeats }, () => {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[Math.floor(repeats / 2)]!;
}

interface Node {
  equity: number;
  h: number;
  next: number;
  shock: number;
  debt: number;
  losses: number;
  rate: number;
  own: number;
  assets: number;
}

/** The same system as objects: institutions and assets are nodes, claims and, where asked for, holdings edges. */
function asGraph(
  system: StressSystem,
  withHoldings: boolean,
): DirectedGraph<Partial<Node>, { amount: number }> {
  const graph = new DirectedGraph<Partial<Node>, { amount: number }>();
  const debt = totalDebt(system);
  const lent = rowSums(system.exposures);
  const held = rowSums(system.holdings);
  system.equity.forEach((equity, i) =>
    graph.addNode(`b${i}`, {
      equity,
      h: 0,
      next: 0,
      shock: 0.01,
      debt: debt[i]!,
      assets: lent[i]! + held[i]!,
    }),
  );
  for (let a = 0; withHoldings && a < assets; a++)
    graph.addNode(`a${a}`, { shock: system.shock[a]!, next: 0, h: 1 });
  const add = (matrix: Csr, to: string) => {
    for (let i = 0; i < matrix.rows; i++)
      for (let e = matrix.start[i]!; e < matrix.start[i + 1]!; e++)
        graph.addEdge(`b${i}`, `${to}${matrix.index[e]!}`, { amount: matrix.value[e]! });
  };
  add(system.exposures, 'b');
  if (withHoldings) add(system.holdings, 'a');
  return graph;
}

type ObjectGraph = ReturnType<typeof asGraph>;

const isAsset = (node: string): boolean => node.startsWith('a');

function objectDebtRank(graph: ObjectGraph, iterations: number): void {
  graph.forEachNode((_node, data) => (data.h = data.shock!));
  for (let t = 0; t < iterations; t++) {
    graph.forEachNode((node, data) => {
      let distress = data.shock!;
      graph.forEachOutEdge(node, (_edge, { amount }, _source, _target, _from, to) => {
        distress += (amount / data.equity!) * to.h!;
      });
      data.h = Math.min(1, distress);
    });
  }
}

/** One pass of clearing and of the fire sale over objects. */
function objectPass(graph: ObjectGraph, system: StressSystem): void {
  graph.forEachNode((node, data) => {
    if (!isAsset(node)) return;
    data.next = 0;
  });
  graph.forEachNode((node, data) => {
    if (isAsset(node)) return;
    const left = data.equity! - data.losses!;
    data.rate = left < 0 ? Math.min(1, -left / data.debt!) : 0;
    const raise =
      left > 0 ? Math.max(0, data.assets! - data.losses! - system.leverageCap[0]! * left) : Infinity;
    let worth = 0;
    graph.forEachOutEdge(node, (_e, { amount }, _s, target, _from, to) => {
      if (isAsset(target)) worth += amount * to.h!;
    });
    const share = Math.min(1, raise / worth);
    graph.forEachOutEdge(node, (_e, { amount }, _s, target, _from, to) => {
      if (isAsset(target)) to.next! += amount * share;
    });
  });
  graph.forEachNode((node, data) => {
    if (isAsset(node)) data.h = (1 + data.shock!) * system.impact[Number(node.slice(1))]!(data.next!);
  });
  graph.forEachNode((node, data) => {
    if (isAsset(node)) return;
    let losses = 0;
    graph.forEachOutEdge(node, (_e, { amount }, _s, target, _from, to) => {
      losses += isAsset(target) ? amount * (1 - to.h!) : amount * to.rate!;
    });
    data.own = losses;
  });
  graph.forEachNode((_node, data) => (data.losses = data.own!));
}

function objectJoint(graph: ObjectGraph, system: StressSystem, iterations: number): void {
  graph.forEachNode((node, data) => {
    if (isAsset(node)) data.h = 1 + data.shock!;
    else data.losses = 0;
  });
  for (let t = 0; t < iterations; t++) objectPass(graph, system);
}

interface Target {
  readonly debtRankMs: number;
  readonly jointMs: number;
  readonly ratio: number;
}

const targets: Readonly<Record<number, Target>> = {
  1_000: { debtRankMs: 1.5, jointMs: Infinity, ratio: 15 },
  10_000: { debtRankMs: 15, jointMs: 80, ratio: 40 },
};

function compare(n: number, { debtRankMs, jointMs, ratio }: Target): Row[] {
  const system = systemOf(n);
  const shock = new Float64Array(n).fill(0.01);
  const repeats = n > 1_000 ? 9 : 101;
  const rank = () => debtRank(system.exposures, system.equity, shock);
  const joint = () => jointContagion(system, together);
  const flat = [timed(repeats, rank), timed(repeats, joint)] as const;
  const claims = asGraph(system, false);
  const all = asGraph(system, true);
  const objects = [
    timed(3, () => objectDebtRank(claims, rank().iterations)),
    timed(3, () => objectJoint(all, system, joint().iterations)),
  ] as const;
  const rows = (name: string, k: 0 | 1, iterations: number, limit: number): Row[] => [
    {
      what: `${name}, n = ${n}`,
      value: flat[k],
      unit: 'ms',
      against: `processor time, ${iterations} iterations`,
      ...(Number.isFinite(limit) && { target: { atMost: limit } }),
    },
    {
      what: `${name}, n = ${n}: speed`,
      value: objects[k] / flat[k],
      unit: 'times',
      against: `graphology's object API, ${objects[k].toFixed(0)} ms`,
      target: { atLeast: ratio },
    },
  ];
  return [
    ...rows('DebtRank', 0, rank().iterations, debtRankMs),
    ...rows('clearing with fire sale', 1, joint().iterations, jointMs),
  ];
}

function large(n: number): Row[] {
  const system = systemOf(n);
  const shock = new Float64Array(n).fill(0.01);
  const rank = timed(1, () => debtRank(system.exposures, system.equity, shock));
  const joint = timed(1, () => jointContagion(system, together));
  const links = system.exposures.value.length;
  const bytes = process.memoryUsage().arrayBuffers;
  return [
    { what: `DebtRank, n = ${n}`, value: rank, unit: 'ms' },
    { what: `clearing with fire sale, n = ${n}`, value: joint, unit: 'ms' },
    { what: `memory, n = ${n}`, value: bytes / links, unit: 'bytes', against: `each of ${links} links` },
  ];
}

/** Contagion on flat arrays, beside the same iterations over objects. */
export const contagion: Bench = () => [
  ...Object.entries(targets).flatMap(([n, target]) => compare(Number(n), target)),
  ...large(100_000),
];
