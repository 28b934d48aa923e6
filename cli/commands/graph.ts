import { existsSync, writeFileSync } from 'node:fs';
import { graphSummary } from '../../analysis/graphs/graph-summary.js';
import { graphTablesOf } from '../../analysis/graphs/run-graphs.js';
import type { RunData } from '../../analysis/run-data.js';
import { toEdgeList } from '../../market/contagion/edge-list.js';
import { toGexfSeries } from '../../market/contagion/gexf-series.js';
import { toGexf } from '../../market/contagion/gexf.js';
import { contagionGraph, type GraphTables } from '../../market/contagion/graph.js';
import { toGraphml } from '../../market/contagion/graphml.js';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import type { Globals } from '../globals.js';
import { readRun } from '../run-data.js';
import { completeManifest } from './verify.js';

interface Options extends Globals {
  readonly run: string;
  readonly as: keyof typeof writers;
  readonly day?: number | undefined;
  readonly every: number;
  readonly out?: string | undefined;
  readonly force: boolean;
}

type Days = readonly { readonly day: number; readonly tables: GraphTables }[];

/** The graph of the day that is asked for, or of the last. */
function dayOf(days: Days, { day }: Options): GraphTables {
  const found = day === undefined ? days.at(-1) : days.find((d) => d.day === day);
  if (found === undefined)
    throw usageError(`--day ${day}: the record has days ${days[0]?.day} to ${days.at(-1)?.day}`);
  return found.tables;
}

/** What a run's contagion graph can be written as. */
const writers = {
  gexf: (days: Days, options: Options) => toGexf(contagionGraph(dayOf(days, options))),
  graphml: (days: Days, options: Options) => toGraphml(contagionGraph(dayOf(days, options))),
  edges: (days: Days, options: Options) => {
    const { exposures, institutions } = dayOf(days, options);
    return toEdgeList(
      exposures,
      institutions.map(({ id }) => id),
    );
  },
  timeline: (days: Days, { every }: Options) =>
    toGexfSeries(
      days
        .filter(({ day }) => day % every === 0)
        .map(({ day, tables }) => ({ day, graph: contagionGraph(tables) })),
    ),
  summary: (days: Days, options: Options, { scenario }: RunData) =>
    `${JSON.stringify(graphSummary(dayOf(days, options), scenario.seed), null, 2)}\n`,
};

async function run(options: Options): Promise<void> {
  const { run: folder, as, out, every, force } = options;
  if (!Number.isInteger(every) || every < 1) throw usageError('--every: must be a whole number of days');
  if (out !== undefined && existsSync(out) && !force)
    throw usageError(`--out ${out}: is there already; --force replaces it`);
  completeManifest(folder);
  const data = await readRun(folder, '');
  if (!data.tables.institutions || !data.tables.exposures)
    throw usageError(`${folder}: a record at "${data.scenario.record}" holds no balance sheets or claims`);
  const text = writers[as]([...graphTablesOf(data)], options, data);
  if (out === undefined) process.stdout.write(text);
  else writeFileSync(out, text);
}

/** `herdscope graph`: a run's contagion graph, for other tools. */
export const graphCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('run', { type: 'string', demandOption: true, describe: 'A run’s folder' })
      .option('as', {
        choices: Object.keys(writers) as Options['as'][],
        default: 'gexf' as const,
        describe: 'GEXF or GraphML of one day, claims as CSV, a GEXF timeline, or what it looks like (JSON)',
      })
      .option('day', { type: 'number', describe: 'Which close', defaultDescription: 'the last' })
      .option('every', { type: 'number', default: 1, describe: 'Days between graphs of a timeline' })
      .option('out', { type: 'string', describe: 'File to write', defaultDescription: 'standard output' })
      .option('force', { type: 'boolean', default: false, describe: 'Replace a file' }) as never,
  handler: run,
};
