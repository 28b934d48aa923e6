import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { scorecardOf, type Card, type Scorecard } from '../../analysis/realism.js';
import { cardOf, marketCourse, newsCourse } from '../../analysis/realism/card.js';
import { facts } from '../../analysis/realism/facts/index.js';
import type { Reference } from '../../analysis/realism/reference.js';
import { sp500, sp500Windows } from '../../analysis/realism/sp500.js';
import type { RunData } from '../../analysis/run-data.js';
import { garchResiduals } from '../../market/garch/residuals.js';
import type { Command } from '../command.js';
import { CliError, usageError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import { overridesOf, wholeNumber, type Globals, type ScenarioOptions } from '../globals.js';
import { packageVersion } from '../package.js';
import { planRealism, points, tuningSeeds } from '../realism/plan.js';
import { readReference } from '../realism/read-reference.js';
import { readRun } from '../run-data.js';
import { readScenario } from '../scenario-file.js';
import { isDone } from '../sweep/collect.js';
import { conduct } from '../sweep/conduct.js';
import { engines } from '../sweep/engines/index.js';
import { placesOf, sweepName, type PlannedSweep } from '../sweep/plan.js';
import { writeReport } from '../write-report.js';

interface Options extends Omit<ScenarioOptions, 'seed'>, Globals {
  readonly seeds: number;
  readonly workers: number;
  readonly prices?: string | undefined;
  readonly out: string;
}

/** The finished runs of a point, seed by seed. */
async function runsOf(folder: string, planned: PlannedSweep, point: number): Promise<RunData[]> {
  const places = placesOf(planned).filter((place) => place.point === point && isDone(folder, place));
  if (places.length === 0)
    throw new CliError(exitCodes.sweep, [
      `no run of "${planned.plan.points[point]!.label}" finished; ${join(folder, 'failures.jsonl')} says why`,
    ]);
  return Promise.all(places.map(({ run }) => readRun(join(folder, 'runs', run), '')));
}

async function score(folder: string, planned: PlannedSweep): Promise<Scorecard> {
  const [market, gaussian] = (await Promise.all(points.map((_, p) => runsOf(folder, planned, p)))) as [
    RunData[],
    RunData[],
  ];
  const ids = planned.scenarios[0]!.assets.map(({ id }) => id);
  const card = (of: typeof marketCourse, runs: RunData[], assets: readonly string[]): Card =>
    cardOf(assets, runs.map(of), garchResiduals);
  return scorecardOf({
    a: card(newsCourse, market, []),
    b: card(marketCourse, market, ids),
    c: card(marketCourse, gaussian, []),
    gaussianNews: card(newsCourse, gaussian, []),
  });
}

const commandOf = ({ scenario, seeds, set, prices }: Options): string =>
  [
    'herdscope realism',
    ...(scenario === undefined ? [] : [scenario]),
    `--seeds ${seeds}`,
    ...set.map((assignment) => `-S ${JSON.stringify(assignment)}`),
    ...(prices === undefined ? [] : [`--prices ${prices}`]),
  ].join(' ');

/** The scorecard as JSON: facts of card b beside the real index's, the cards, and single assets. */
function jsonOf(scorecard: Scorecard, reference: Reference, seeds: readonly number[]): object {
  const { cards, assets, emergent, gaussianNews } = scorecard;
  return {
    facts: cards.b.map((result) => ({ ...result, real: reference.facts[result.name] })),
    cards,
    assets,
    emergent,
    gaussianNews,
    reference: { name: reference.name, window: reference.window },
    seeds,
  };
}

const padded = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(10))).join('');
const short = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(3))));

function textOf({ cards, emergent }: Scorecard, reference: Reference): string[] {
  const passed = cards.b.filter(({ pass }) => pass).length;
  return [
    padded(['fact', 'news', 'market', 'Gaussian', 'low', 'high', 'real', 'verdict']),
    ...cards.b.map((b, i) =>
      padded([
        facts[b.name].label,
        ...[cards.a[i]!, b, cards.c[i]!].map(({ value }) => short(value)),
        short(b.low),
        short(b.high),
        short(reference.facts[b.name].value),
        b.pass ? 'holds' : 'fails',
      ]),
    ),
    `${passed} of ${cards.b.length} facts hold in the market, ${emergent.length} on Gaussian news (real: ${reference.name})`,
  ];
}

async function realism(options: Options): Promise<void> {
  const { scenario: file, seeds, workers, format } = options;
  const loaded = readScenario(file, overridesOf({ ...options, seed: undefined }));
  const { scenario } = loaded;
  const days = scenario.days - scenario.warmUp;
  if (days < 4)
    throw usageError(`${scenario.name}: has ${days} days after its warm-up; at least 4 are needed`);
  const reference = options.prices === undefined ? sp500(days) : readReference(options.prices, days);
  const planned = planRealism(loaded, seeds);
  const folder = join(options.out, sweepName(planned));
  const command = commandOf(options);
  const engine = engines.local({ workers });
  const { published, failures } = await conduct(
    { planned, folder, engine, shard: undefined, again: command, options },
    async (failed) => {
      const scorecard = await score(folder, planned);
      const source = {
        name: scenario.name,
        seeds: [tuningSeeds + 1, tuningSeeds + seeds] as const,
        days,
        version: packageVersion,
        command,
        failed: failed.length,
      };
      // Drawing libraries are slow to load, and nothing before needs them.
      const { realismReport } = await import('../../analysis/report/realism.js');
      return {
        scorecard,
        report: writeReport(await realismReport(scorecard, reference, source), folder, true),
      };
    },
  );
  const { scorecard, report } = published;
  const range = [tuningSeeds + 1, tuningSeeds + seeds];
  const printed = {
    json: () => JSON.stringify({ ...jsonOf(scorecard, reference, range), report }, null, 2),
    text: () => [...textOf(scorecard, reference), report].join('\n'),
  };
  process.stdout.write(`${printed[format]()}\n`);
  if (failures.length > 0)
    throw new CliError(exitCodes.sweep, [
      `${failures.length} runs failed; ${join(folder, 'failures.jsonl')} says why`,
    ]);
}

/** `herdscope realism`: does a scenario's market behave like one? */
export const realismCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('scenario', {
        type: 'string',
        describe: 'A YAML file, or a shipped scenario such as monoculture/baseline',
      })
      .option('set', {
        alias: 'S',
        type: 'string',
        array: true,
        nargs: 1,
        default: [] as string[],
        describe: 'Override: path.to.key=value',
      })
      .option('seeds', {
        type: 'number',
        default: 20,
        describe: `How many held-out seeds: from ${tuningSeeds + 1} on, for nothing may be tuned on them`,
        coerce: wholeNumber('--seeds'),
      })
      .option('workers', {
        alias: 'j',
        type: 'number',
        default: availableParallelism(),
        defaultDescription: 'as many as the machine has cores',
        describe: 'Worker processes, each making one run at a time',
        coerce: wholeNumber('--workers'),
      })
      .option('prices', {
        type: 'string',
        describe: `CSV of dates and prices of a real index, to compare with instead of the S&P 500, whose pass rates are of windows of ${sp500Windows.join(', ')} days, the nearest to a seed’s`,
      })
      .option('out', {
        type: 'string',
        default: 'realism',
        describe: 'Folder that the scorecard’s own is made in',
      }) as never,
  handler: realism,
};
