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

/** Whether any steps are taken is heard by all: 0 local steps learn nothing. */
const isHeardByAll = (option: string, value: number): boolean => option === 'localSteps' && value === 0;

/** Options of training that no architecture of the scenario listens to. */
export function unheard(scenario: Scenario, { architectures }: Catalogue): string[] {
  const { learning } = scenario;
  // A teacher is a network, whatever its student is.
  if (learning.regimes.some(({ name }) => name === 'distillation')) return [];
  const ways = new Set(learning.architectures.flatMap(({ name }) => architectures[name]?.learns ?? []));
  const options = Object.keys(trainingDefaults) as (keyof typeof trainingDefaults)[];
  return options.flatMap((option) => {
    const value = valueOf(scenario, option);
    const isHeard = listeners[option].some((way) => ways.has(way)) || isHeardByAll(option, value);
    if (isHeard || value === trainingDefaults[option]) return [];
    const path = option === 'l2' ? 'learning.penalties.l2' : `learning.${option}`;
    const instead = [...ways].map((way) => habits[way]).join(' or ');
    return [`${path}: ${value} changes nothing: every architecture here ${instead}`];
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
