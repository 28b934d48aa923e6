import type { Metrics } from '../metrics.js';
import type { RunData } from '../run-data.js';
import type { Section } from './html.js';
import { shell } from './shell.js';

const facts = ({ scenario, roster, version }: RunData, { sample }: Metrics): string =>
  `${roster.length} institutions, ${scenario.assets.length} assets, ${sample.lastDay} trading days of which the first ${scenario.warmUp} are warm-up; seed ${scenario.seed}; Herdscope ${version}`;

/** The page of a run. */
export const page = (run: RunData, metrics: Metrics, sections: readonly Section[]): string =>
  shell({ title: run.scenario.name, facts: facts(run, metrics), version: run.version }, sections);
