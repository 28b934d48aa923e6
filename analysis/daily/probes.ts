import type { Batch } from '../../core/events.js';
import { roster } from '../../core/roster.js';
import type { Scenario } from '../../core/scenario.js';
import { reducedSystem, type Reduced } from '../../market/contagion/balance-sheets.js';
import type { Channel } from '../../market/contagion/channel.js';
import { isWipedOut } from '../../market/contagion/counterparty-loss.js';
import { channels } from '../../market/contagion/index.js';
import { jointContagion, type JointStress } from '../../market/contagion/joint.js';
import type { DayView } from './view.js';

type Chosen = Readonly<Record<string, Channel>>;

/** The name under which the channels that act in the run are probed together. */
export const together = 'together';

const channelNamed = (name: string): Channel => (channels as Readonly<Record<string, Channel>>)[name]!;

/** What is probed: each named channel alone, and those that act in the run together. */
function probesOf({ contagion }: Scenario): Record<string, Chosen> {
  const alone = contagion.probes.map((name) => [name, { [name]: channelNamed(name) }] as const);
  const acting = contagion.channels.map(({ channel }) => [channel, channelNamed(channel)] as const);
  return alone.length === 0 ? {} : { ...Object.fromEntries(alone), [together]: Object.fromEntries(acting) };
}

/** The day's balance sheets at the close, after every institution lost the same share of its equity. */
function shocked(view: DayView): Reduced {
  const { scenario, institutions, assets, weights, held } = view;
  const types = roster(scenario.institutions).map((seat) => scenario.institutions.types[seat.type]!);
  const reduced = reducedSystem(scenario, {
    active: view.active,
    equity: view.equity,
    cash: view.cash,
    loans: view.loans,
    holdings: Float64Array.from(
      { length: institutions * assets },
      (_, at) => weights[at]! * held[Math.floor(at / assets)]!,
    ),
    claims: view.exposures as never,
    leverageCap: types.map((type) => type.leverageCap),
    price: view.prices,
  });
  const { probeShock } = scenario.contagion;
  const { system } = reduced;
  return { ...reduced, system: { ...system, directLosses: system.equity.map((e) => probeShock * e) } };
}

interface Probed {
  readonly loss: number;
  readonly defaults: number;
  readonly iterations: number;
  readonly residual: number;
}

function probed({ system }: Reduced, chosen: Chosen, solution: 'least' | 'greatest'): Probed {
  const { value, iterations, residual } = jointContagion(system, chosen, solution);
  const total = system.equity.reduce((a, b) => a + b, 0);
  const beyond = ({ losses, directLosses }: JointStress): number =>
    losses.reduce((sum, loss, i) => sum + Math.min(loss, system.equity[i]!) - directLosses[i]!, 0);
  const defaults = system.equity.reduce((n, e, i) => n + (isWipedOut(value.losses[i]!, e) ? 1 : 0), 0);
  return { loss: total > 0 ? beyond(value) / total : 0, defaults, iterations, residual };
}

/** Rows of the table `contagion`: what each probed channel would make of the close, in its mildest solution and in its
 * worst.
 * @formula lossShare = Σ (min(E, loss) − direct loss) / Σ E after everybody loses probeShock · E
 * @range   0 ≤ lossShare ≤ worstLossShare ≤ 1
 * @pitfall a probe asks what if: nothing of it is booked, and channels that act may be others
 */
export function contagionRows(view: DayView): Batch | undefined {
  const probes = Object.entries(probesOf(view.scenario));
  if (probes.length === 0) return undefined;
  const reduced = shocked(view);
  const rows = probes.map(([name, chosen]) => ({
    name,
    least: probed(reduced, chosen, 'least'),
    greatest: probed(reduced, chosen, 'greatest'),
  }));
  return {
    day: new Int32Array(rows.length).fill(view.tables.days!['day']![0] as number),
    channel: rows.map(({ name }) => name),
    lossShare: Float64Array.from(rows, ({ least }) => least.loss),
    worstLossShare: Float64Array.from(rows, ({ greatest }) => greatest.loss),
    defaults: Int32Array.from(rows, ({ least }) => least.defaults),
    worstDefaults: Int32Array.from(rows, ({ greatest }) => greatest.defaults),
    iterations: Int32Array.from(rows, ({ least }) => least.iterations),
    residual: Float64Array.from(rows, ({ least }) => least.residual),
  };
}
