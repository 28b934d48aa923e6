import type { Scenario } from '../core/scenario.js';
import { actsOn } from '../market/interventions/index.js';
import { observeSources } from '../market/signals.js';
import { createStage } from '../market/stage.js';
import { closeDay, openDay } from '../market/step.js';
import { openingFacts } from '../market/record.js';
import { beginRun, type Checkpoint, type SimulatedDay } from './checkpoint.js';
import { decideAll, noWishes } from './decide.js';
import { enforce, unchanged } from './enforce.js';
import { gatherFacts, openingDay } from './facts.js';
import { learn, nothingLearned, reassign, welcomeNewcomers, type Hosts } from './learning.js';
import { withdrawalNotices } from './mandates/standing.js';
import { observations } from './observe.js';
import { onlineOn, outageNotices } from './participation.js';
import { permit } from './permit.js';

/** The simulation: observe -> train -> aggregate -> decide -> permit -> clear -> settle -> record.
 *
 * Everyone decides on the same frozen world, then all orders apply. Yields the facts of day 0 and of every day
 * after it, or after the day of a checkpoint; the same scenario gives the same facts, whatever the hosts.
 */
export async function* simulate(
  scenario: Scenario,
  hosts: Hosts,
  from?: Checkpoint,
): AsyncGenerator<SimulatedDay, void> {
  const stage = createStage(scenario);
  let { world, learning } = await beginRun(scenario, stage, hosts, from);
  if (!from) {
    const opening = openingFacts(stage, world);
    const told = { ...opening, notices: [...opening.notices, ...withdrawalNotices(scenario, stage)] };
    yield { ...openingDay(told, learning.architecture), state: { world, learning } };
  }
  for (let day = world.day + 1; day <= scenario.days; day++) {
    const isRound = (day - 1) % scenario.roundEvery === 0;
    const acts = actsOn(scenario, stage, day);
    const opened = openDay(scenario, stage, world, acts);
    const online = onlineOn(scenario, stage, opened.world, day);
    const enforced = isRound
      ? enforce(scenario, stage, opened.world, day, learning.architecture)
      : unchanged(learning);
    learning = reassign(scenario, stage, learning, enforced.architecture);
    const sources = observeSources(scenario, stage, opened.world);
    const scene = { world: opened.world, online, architecture: learning.architecture, sources };
    await hosts.transport.exchange(observations(stage, scene, hosts.plans));
    await welcomeNewcomers(hosts, learning, enforced.moved);
    const learned = isRound ? await learn(scenario, stage, hosts, learning, day) : nothingLearned(learning);
    const trades = (day - 1) % scenario.tradeEvery === 0;
    const wishes = trades ? await decideAll(stage, hosts, day) : noWishes(stage);
    const permitted = permit(scenario, stage, opened.world, online, wishes.units);
    const closed = closeDay(scenario, stage, opened, permitted.orders, acts);
    [world, learning] = [closed.world, learned.learning];
    const notices = [...outageNotices(scenario, day), ...enforced.notices, ...permitted.notices];
    yield { ...gatherFacts(day, closed.facts, learned, wishes, notices), state: { world, learning } };
  }
  await hosts.transport.exchange(hosts.plans.map(() => ({ type: 'farewell' as const })));
}
