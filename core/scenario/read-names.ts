import { byCodeUnit } from '../roster.js';
import type { Scenario } from '../scenario.js';

/** The column that everybody reads beside its data sources where a mandate publishes positions. */
export const disclosedPositions = 'disclosed-positions';

/** Whether a mandate publishes what institutions hold together. */
const discloses = ({ mandates }: Pick<Scenario, 'mandates'>): boolean =>
  mandates.some(({ kind }) => kind === 'position-disclosure');

/** Names of all that institutions may read beside the tape, in the order of their columns. */
export const readNames = (scenario: Pick<Scenario, 'sources' | 'mandates'>): string[] => [
  ...Object.keys(scenario.sources).sort(byCodeUnit),
  ...(discloses(scenario) ? [disclosedPositions] : []),
];
