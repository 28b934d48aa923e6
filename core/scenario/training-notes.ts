import type { Scenario } from '../scenario.js';
import type { ArchitectureExtension, Catalogue } from './catalogue.js';
import { trainingDefaults } from './learning.js';

type Learns = ArchitectureExtension['learns'];

const byStep: readonly Learns[] = ['by gradient', 'by reward'];

/** Options of training, and which ways of learning listen to each. */
const listeners: Readonly<Record<keyof typeof trainingDefaults, readonly Learns[]>> = {
  localSteps: byStep,
  firstSteps: byStep,
  batchSize: ['by gradient'],
  learningRate: byStep,
  l2: byStep,
};

/** What each way of learning does instead. */
const habits: Readonly<Record<Learns, string>> = {
  'by gradient': 'learns by gradient',
  'by refitting': 'refits to all its samples',
  'by reward': 'learns from whole episodes',
};

const valueOf = ({ learning }: Scenario, option: keyof typeof trainingDefaults): number =>
  option === 'l2' ? learning.penalties.l2 : learning[option];

interface Listener {
  readonly learning: Scenario['learning'];
  readonly isPooled: boolean;
}

/** Steps that a teacher takes at least in its first round; undefined where there is no teacher. */
const teacherSteps = ({ regimes }: Scenario['learning']): number | undefined =>
  regimes.flatMap((regime) => (regime.name === 'distillation' ? [Number(regime['steps'])] : []))[0];

/** What a teacher makes of the options: its minibatches, their rate, and the steps of its first round and of a fold. The
 * teacher of a pool is asked for the steps of all its members. */
function teaching({ learning, isPooled }: Listener, steps: number): readonly number[] {
  const { batchSize, learningRate, firstSteps, localSteps } = learning;
  const own = isPooled ? 0 : steps;
  return [batchSize, learningRate, Math.max(own, firstSteps, localSteps), Math.max(own, firstSteps)];
}

/** Whether a teacher would do otherwise were an option as it always is: whatever its student is, it is a network. */
function isHeardByTeacher({ learning, isPooled }: Listener, option: keyof typeof trainingDefaults): boolean {
  const steps = teacherSteps(learning);
  if (steps === undefined) return false;
  const otherwise = teaching(
    { learning: { ...learning, [option]: trainingDefaults[option] }, isPooled },
    steps,
  );
  return teaching({ learning, isPooled }, steps).some((heard, i) => heard !== otherwise[i]);
}

/** What a teacher does instead. */
const teacherHabit = (option: keyof typeof trainingDefaults): string =>
  option === 'l2' ? 'has no penalty either' : 'takes steps of its own';

/** Whether any steps are taken is heard by all: 0 local steps learn nothing. */
const isHeardByAll = (option: string, value: number): boolean => option === 'localSteps' && value === 0;

/** Options of training that no architecture of the scenario listens to. */
export function unheard(scenario: Scenario, { architectures }: Catalogue): string[] {
  const { learning } = scenario;
  const listener = { learning, isPooled: scenario.federation.membership === 'centralised' };
  const isTaught = teacherSteps(learning) !== undefined;
  const ways = new Set(learning.architectures.flatMap(({ name }) => architectures[name]?.learns ?? []));
  const options = Object.keys(trainingDefaults) as (keyof typeof trainingDefaults)[];
  return options.flatMap((option) => {
    const value = valueOf(scenario, option);
    const isHeard =
      listeners[option].some((way) => ways.has(way)) ||
      isHeardByAll(option, value) ||
      isHeardByTeacher(listener, option);
    if (isHeard || value === trainingDefaults[option]) return [];
    const path = option === 'l2' ? 'learning.penalties.l2' : `learning.${option}`;
    const instead = [...ways].map((way) => habits[way]).join(' or ');
    const taught = isTaught ? `, and its teacher ${teacherHabit(option)}` : '';
    return [`${path}: ${value} changes nothing: every architecture here ${instead}${taught}`];
  });
}

/** First parameters that are nobody's draw. */
export function undrawn({ learning, homogeneity }: Scenario, { architectures }: Catalogue): string[] {
  const share = homogeneity.initialisation;
  const foreign = learning.architectures.filter(({ name }) => architectures[name]?.isForeign);
  return share === 1
    ? []
    : foreign.map(
        ({ name }) =>
          `homogeneity.initialisation: ${share} does not act on ${name}: all start from the weights in its file`,
      );
}
