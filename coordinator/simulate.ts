import type { Scenario } from '../core/scenario.js';
import { charged } from '../market/charge.js';
import { dayFacts } from '../market/day-facts.js';
import { actsOn } from '../market/interventions/index.js';
import { flippedLabels, observeSources } from '../market/signals.js';
import { createStage } from '../market/stage.js';
import { closeDay, openDay } from '../market/step.js';
import { openingFacts } from '../market/record.js';
import { nobody, type Authority } from './authority.js';
import { beginRun, type Checkpoint, type SimulatedDay } from './checkpoint.js';
import { disclose, withDisclosed } from './disclosure.js';
import { decideAll, noWishes } from './decide.js';
import { enforce, unchanged } from './enforce.js';
import { withFallbacks } from './fallbacks/index.js';
import { gatherFacts, openingDay } from './facts.js';
import { learn } from './learn.js';
import { nothingLearned, reassign, welcomeNewcomers, type Hosts } from './learning.js';
import { permittedSources, withdrawalNotices } from './mandates/standing.js';
import { observations } from './observe.js';
import { takeUp, withOrdered } from './ordered.js';
import { oversee } from './oversight/oversee.js';
import { acting, attendance, outageNotices } from './participation.js';
import { permit } from './permit.js';

/** The simulation: observe -> train -> aggregate -> decide -> permit -> clear -> settle -> record.
 *
 * Everyone decides on the same frozen world, then all orders apply. Yields the facts of day 0 and of every day
 * after it, or after the day of a checkpoint; the same scenario gives the same facts, whatever the hosts. What people
 * decide while it runs comes from `authority`, which is asked at fixed points of the day.
 */
export async function* simulate(
  scenario: Scenario,
  hosts: Hosts,
  from?: Checkpoint,
  authority: Authority = nobody,
): AsyncGenerator<SimulatedDay, void> {
  const stage = createStage(scenario);
  const sources = permittedSources(scenario, stage);
  let state = await beginRun(scenario, stage, hosts, from);
  if (!from) {
    const opening = openingFacts(stage, state.world);
    const told = { ...opening, notices: [...opening.notices, ...withdrawalNotices(scenario, stage)] };
    yield { ...openingDay(told, state.learning.architecture), state };
  }
  authority.waits(state.world.day, state.waiting);
  for (let day = state.world.day + 1; day <= scenario.days; day++) {
    const isRound = (day - 1) % scenario.roundEvery === 0;
    const { ordered, notices: orders } = takeUp(
      scenario,
      state.ordered,
      await authority.interventions(day),
      day,
    );
    const acts = actsOn(withOrdered(scenario, ordered), stage, state.world, day);
    const morning = openDay(scenario, stage, state.world, acts);
    const present = attendance(scenario, stage, morning.world, day, await hosts.presence.open(day));
    const enforced = isRound
      ? enforce(scenario, stage, morning.world, day, state.learning)
      : unchanged(state.learning);
    const opened = charged(morning, enforced.charges);
    const learning = reassign(scenario, stage, state.learning, enforced);
    const disclosed = disclose(scenario, stage, opened.world, state.disclosed);
    const readings = observeSources(scenario, stage, opened.world, sources);
    const scene = {
      world: opened.world,
      online: present.online,
      architecture: learning.architecture,
      purchaseCap: opened.limits.purchaseCap,
      sources: withDisclosed(scenario, stage, readings, disclosed),
      flipped: flippedLabels(scenario, stage, day, sources),
    };
    await hosts.transport.exchange(observations(scenario, stage, scene, hosts.plans));
    await welcomeNewcomers(scenario, hosts, learning, state.learning.federations, enforced.moved);
    const learned = isRound
      ? await learn(scenario, stage, opened.world, hosts, learning, day)
      : nothingLearned(learning);
    const trades = (day - 1) % scenario.tradeEvery === 0;
    const wishes = trades ? await decideAll(stage, hosts, day) : noWishes(stage);
    const wanted = trades
      ? withFallbacks(scenario, stage, opened.world, wishes.units, present.blind)
      : wishes.units;
    const given = await authority.verdicts(day, state.waiting);
    const overseen = oversee(scenario, stage, opened.world, wanted, state.waiting, given);
    const actors = acting(present, overseen.released);
    const permitted = permit(scenario, stage, opened.world, actors, overseen.units);
    const closed = closeDay(scenario, stage, opened, permitted.orders, acts);
    state = {
      world: closed.world,
      learning: learned.learning,
      waiting: overseen.waiting,
      ordered,
      disclosed,
    };
    authority.waits(day, state.waiting);
    const notices = [
      ...hosts.presence.close(),
      ...outageNotices(scenario, stage, day),
      ...orders,
      ...enforced.notices,
      ...overseen.notices,
      ...permitted.notices,
    ];
    const traded = dayFacts(stage, opened, closed.world, closed.course);
    yield { ...gatherFacts(day, traded, learned, wishes, notices), state };
  }
  await hosts.transport.exchange(hosts.plans.map(() => ({ type: 'farewell' as const })));
}
