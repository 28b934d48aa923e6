import { numbers, texts, daily, type RunData } from '../run-data.js';
import type { Batch } from '../../core/events.js';
import type { FigureMaker } from './figure.js';
import { drawGrid } from './grid.js';
import { line } from './marks.js';
import { coloursOf, palette } from './palette.js';
import type { Panel } from './panel.js';
import { counted, listed, written } from './say.js';
import { pointsOf } from './thin.js';

interface Rounds {
  readonly round: Float64Array;
  readonly loss: ReadonlyMap<string, Float64Array>;
  readonly distance: ReadonlyMap<string, Float64Array>;
}

/** Past this many federations a line each says nothing: they are shown together. */
const mostLines = 6;

/** Loss and distance by round and federation, weighted by examples. */
function byFederation(batch: Batch): Rounds {
  const names = [...new Set(texts(batch, 'federation'))];
  const groups = names.length > mostLines ? ['all learners'] : names;
  const index = new Map(names.map((n, i) => [n, names.length > mostLines ? 0 : i]));
  const [of, round] = [texts(batch, 'federation'), numbers(batch, 'round')];
  const [weight, loss, distance] = ['examples', 'loss', 'distance'].map((c) => numbers(batch, c)) as [
    Int32Array,
    Float64Array,
    Float64Array,
  ];
  const last = Float64Array.from(round).reduce((most, r) => Math.max(most, r), 0);
  const zeros = (): Float64Array[] => groups.map(() => new Float64Array(last));
  const [w, l, d] = [zeros(), zeros(), zeros()];
  round.forEach((r, row) => {
    const g = index.get(of[row]!)!;
    w[g]![r - 1]! += weight[row]!;
    l[g]![r - 1]! += weight[row]! * loss[row]!;
    d[g]![r - 1]! += weight[row]! * distance[row]!;
  });
  const means = (sums: Float64Array[]) =>
    new Map(groups.map((name, g) => [name, sums[g]!.map((s, r) => s / w[g]![r]!)]));
  return { round: Float64Array.from({ length: last }, (_, r) => r + 1), loss: means(l), distance: means(d) };
}

const panel = (rounds: Rounds, heading: string, values: ReadonlyMap<string, Float64Array>): Panel => {
  const colours = coloursOf([...rounds.loss.keys()]);
  return {
    heading,
    height: 170,
    layers: [...values].map(([name, v]) => line(pointsOf(rounds.round, v), colours.get(name)!)),
    x: { title: 'Federated round', domain: [1, Math.max(2, rounds.round.length)], format: 'd', ticks: 5 },
    y: { ticks: 4 },
  };
};

/** Mean loss of the first and of the last tenth of the rounds. */
function ends(values: Float64Array): string {
  const defined = values.filter(Number.isFinite);
  const part = Math.max(1, Math.floor(defined.length / 10));
  const mean = (v: Float64Array): number => v.reduce((a, b) => a + b, 0) / v.length;
  const [early, late] = [mean(defined.subarray(0, part)), mean(defined.subarray(defined.length - part))];
  return `from ${written.ratio(early)} to ${written.ratio(late)}`;
}

const caption = (run: RunData, rounds: Rounds): string => {
  const losses = [...rounds.loss].map(([name, v]) => `${name} ${ends(v)}`);
  const { updates } = run.scenario.homogeneity;
  return `Mean training loss over ${counted(rounds.round.length, 'round')}, first to last tenth: ${listed(losses)}. A loss of 1 is what a forecast of 0 gets on returns of unit variance. After each round a model takes a share of ${written.ratio(updates)} from its federation’s and keeps the rest of its own.`;
};

/** Loss of federated learning by round, and how far models stay from their federation's. */
export const federation: FigureMaker = (run) => {
  const title = 'Loss by federated round, and how far models stay apart';
  const batch = run.tables.rounds;
  if (!batch || numbers(batch, 'day').length === 0)
    return {
      federation: { title, omitted: 'No federated round took place: nothing was learned in this run.' },
    };
  const rounds = byFederation(batch);
  const colours = coloursOf([...rounds.loss.keys()]);
  const panels = [
    panel(rounds, 'Training loss, squared std. deviations', rounds.loss),
    panel(rounds, 'Distance to the federation, norm', rounds.distance),
  ];
  return {
    federation: {
      title,
      key: [...rounds.loss.keys()].map((name) => ({
        label: name,
        colour: colours.get(name) ?? palette.ink,
        sign: 'line',
      })),
      caption: caption(run, rounds),
      data: {
        round: rounds.round,
        loss: Object.fromEntries(rounds.loss),
        distance: Object.fromEntries(rounds.distance),
        parameterDispersion: { day: daily(run, 'day'), value: daily(run, 'parameterDispersion') },
      },
      draw: (width) => drawGrid(panels, 2, width, `fd${width}`),
    },
  };
};
