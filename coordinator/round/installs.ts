import { concatenated } from '../../core/concatenated.js';
import type { Install } from '../../core/protocol.js';
import type { Scenario } from '../../core/scenario.js';
import { broadcastOf, heldBy, type Federation } from '../federations.js';
import { seatsOf, type HostPlan } from '../transport/plan.js';

/** A model on its way to those who mix it in. */
interface Delivery {
  readonly architecture: number;
  readonly model: Float32Array;
  readonly control: Float32Array;
  readonly seats: number[];
}

/** Which models are sent, how much of them is taken over, and to whom: all, or only some seats of the roster. */
export interface Sending {
  readonly federations: readonly Federation[];
  readonly plans: readonly HostPlan[];
  readonly round: number;
  readonly mixing: number;
  readonly only?: ReadonlySet<number>;
}

/** Models of one federation for a host: who has a model of its own gets that, the others share one delivery. */
function deliveries(scenario: Scenario, federation: Federation, receivers: ReadonlyMap<string, number>) {
  // Of forecasts all architectures have as many.
  const architecture = Math.max(0, federation.architecture);
  const control = broadcastOf(scenario, federation);
  const shared: Delivery = { architecture, model: federation.parameters, control, seats: [] };
  const own: Delivery[] = [];
  for (const [learner, seat] of receivers) {
    const model = heldBy(scenario, federation, learner);
    if (model === federation.parameters) shared.seats.push(seat);
    else own.push({ architecture, model, control, seats: [seat] });
  }
  return [...(shared.seats.length > 0 ? [shared] : []), ...own];
}

/** Who at a host receives a federation's model, by learner: its members there, and at the first host its pool. */
function receiversAt(plan: HostPlan, isFirst: boolean, federation: Federation, only?: ReadonlySet<number>) {
  const seats = seatsOf(plan);
  const own = new Set(plan.own);
  const { members, learners, id, architecture } = federation;
  const isPool = learners[0] === id;
  const present = members.flatMap((seat, m) =>
    own.has(seat) && (only?.has(seat) ?? true)
      ? [[isPool ? `${id} ${seat}` : learners[m]!, seats.indexOf(seat)] as const]
      : [],
  );
  // Pools are numbered by architecture.
  return new Map(isPool && isFirst && !only ? [...present, [id, seats.length + architecture]] : present);
}

/** Each host gets the models of the federations that its seats belong to. */
export function installs(
  scenario: Scenario,
  { federations, plans, round, mixing, only }: Sending,
): Install[] {
  return plans.map((plan, h) => {
    const here = federations.flatMap((federation) =>
      deliveries(scenario, federation, receiversAt(plan, h === 0, federation, only)),
    );
    return {
      type: 'install',
      round,
      federations: here.map(({ architecture, seats }) => ({ architecture, seats, mixing })),
      parameters: concatenated(here.map(({ model }) => model)),
      controls: concatenated(here.map(({ control }) => control)),
    };
  });
}
