import type { Solved } from '../../core/not-converged.js';
import type { Channel, Stress, Transmission } from './channel.js';
import { noStress } from './channel.js';
import { fixedPoint, type MonotoneMap } from './fixed-point.js';
import { initialLosses, type StressSystem } from './stress-system.js';

/** What everybody lost, and through which channel: direct losses and those of all channels add up to `losses`. */
export interface JointStress {
  readonly losses: Float64Array;
  readonly withdrawn: Float64Array;
  readonly directLosses: Float64Array;
  readonly byChannel: Readonly<Record<string, Stress>>;
}

type Chosen = Readonly<Record<string, Channel>>;

/** The stresses of all channels, laid out in one vector: losses then withdrawals, channel after channel. */
function views(state: Float64Array, channels: number, n: number): Stress[] {
  return Array.from({ length: channels }, (_, c) => ({
    losses: state.subarray(2 * c * n, (2 * c + 1) * n),
    withdrawn: state.subarray((2 * c + 1) * n, (2 * c + 2) * n),
  }));
}

function addInto(out: Float64Array, parts: readonly Float64Array[]): void {
  for (const part of parts) for (let i = 0; i < out.length; i++) out[i]! += part[i]!;
}

/** The shock and everything the channels caused. */
function accumulate(direct: Stress, caused: readonly Stress[], total: Stress): void {
  total.losses.set(direct.losses);
  total.withdrawn.set(direct.withdrawn);
  addInto(
    total.losses,
    caused.map((c) => c.losses),
  );
  addInto(
    total.withdrawn,
    caused.map((c) => c.withdrawn),
  );
}

function jointMap(direct: Stress, transmissions: readonly Transmission[]): MonotoneMap {
  const n = direct.losses.length;
  const total = noStress(n);
  return (state, next) => {
    const own = views(state, transmissions.length, n);
    accumulate(direct, own, total);
    next.fill(0);
    views(next, transmissions.length, n).forEach((caused, c) => transmissions[c]!(total, own[c]!, caused));
  };
}

const starts = {
  least: (channels: Channel[], n: number) => new Float64Array(2 * channels.length * n),
  greatest: (channels: Channel[], n: number, system: StressSystem) => {
    const state = new Float64Array(2 * channels.length * n);
    views(state, channels.length, n).forEach((view, c) => {
      const worst = channels[c]!.worst(system);
      view.losses.set(worst.losses);
      view.withdrawn.set(worst.withdrawn);
    });
    return state;
  },
};

function decompose(chosen: Chosen, direct: Stress, state: Float64Array): JointStress {
  const n = direct.losses.length;
  const names = Object.keys(chosen);
  const caused = views(state, names.length, n);
  const total = noStress(n);
  accumulate(direct, caused, total);
  const byChannel = Object.fromEntries(names.map((name, c) => [name, caused[c]!]));
  return { ...total, directLosses: direct.losses, byChannel };
}

/** Any combination of channels at their joint fixed point: every channel sees what all the others caused.
 *
 * `least` climbs from no contagion, `greatest` falls from the worst each channel can do; where the two differ
 * the system has several equilibria. Every loss belongs to one channel, and the parts add up.
 * @formula L = direct + Σ_c T_c(L), T_c the monotone maps of the channels
 * @shape   losses (n), in the currency of the balance sheets
 * @range   0 ≤ losses by channel ≤ the worst of that channel
 * @source  Tarski 1955, Pacific Journal of Mathematics 5(2)
 * @pitfall running channels one after the other once is not the joint fixed point: it misses their feedback
 */
export function jointContagion(
  system: StressSystem,
  chosen: Chosen,
  solution: 'least' | 'greatest' = 'least',
  maxIterations = 1_000_000,
): Solved<JointStress> {
  const list = Object.values(chosen);
  const direct: Stress = { losses: initialLosses(system), withdrawn: system.directWithdrawals };
  const map = jointMap(
    direct,
    list.map((channel) => channel.open(system)),
  );
  const largest = system.equity.reduce((a, b) => Math.max(a, b), 0);
  const { value, iterations, residual } = fixedPoint(
    `contagion by ${Object.keys(chosen).join(' and ')}`,
    map,
    starts[solution](list, system.equity.length, system),
    { tolerance: 1e-13 * largest, maxIterations },
  );
  return { value: decompose(chosen, direct, value), iterations, residual };
}
