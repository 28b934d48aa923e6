import { measureDays, type MeasureMemory } from '../analysis/daily/index.js';
import { dictionaryOf } from '../analysis/record/dictionary.js';
import { createRecorder, type Sink } from '../analysis/record/recorder.js';
import type { SavedRun } from './checkpoint-file.js';
import { stopwatch, type Stopwatch } from './stopwatch.js';
import { timed } from './hosts.js';
import type { Authority } from '../coordinator/authority.js';
import type { Hosts } from '../coordinator/learning.js';
import { takeCheckpoint, type SimulatedDay } from '../coordinator/checkpoint.js';
import { simulate } from '../coordinator/simulate.js';
import type { DayFacts } from '../core/events.js';
import type { Institution } from '../core/types.js';
import { createStage } from '../market/stage.js';
import type { Scenario } from '../core/scenario.js';
import { resolvedText } from './run-directory.js';

/** What happens while a run goes on. */
export interface Watch {
  readonly day: (facts: DayFacts) => void;
  /** Whether to stop after this day. */
  readonly stopped: () => boolean;
  readonly checkpoints?: Checkpoints | undefined;
}

/** Keeps what a run can be carried on from: when due, and when it stops early. */
export interface Checkpoints {
  readonly due: (day: number) => boolean;
  readonly keep: (saved: Progress) => void;
}

/** What a run can be carried on from, beside the bytes of its record. */
export type Progress = Pick<SavedRun, 'checkpoint' | 'recorder' | 'measures' | 'workers'>;

/** A run to be simulated. */
export interface Execution {
  readonly scenario: Scenario;
  /** Where institutions run; results are the same wherever. */
  readonly hosts: Hosts;
  readonly sink: Sink;
  readonly watch: Watch;
  /** Where an unfinished run is carried on. */
  readonly from?: Progress | undefined;
  /** Who decides while it runs; nobody, unless given. */
  readonly authority?: Authority | undefined;
  /** Counts where time goes. */
  readonly watchTime?: Stopwatch;
}

export interface Executed {
  readonly finished: boolean;
  readonly chain: string;
  readonly engine: string;
}

/** A turn of the event loop, so that signals are heard. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Asks for the next day; should it fail while the one before is recorded, whoever awaits it hears. */
function begun(days: AsyncGenerator<SimulatedDay, void>): Promise<IteratorResult<SimulatedDay, void>> {
  const coming = days.next();
  coming.catch(() => undefined);
  return coming;
}

/** resolved.json and the dictionary of the record, before day 0. */
function writeHead(scenario: Scenario, institutions: readonly Institution[], sink: Sink): void {
  const text = new TextEncoder();
  const roster = institutions.map(({ id, type, architecture }) => ({ id, type, architecture }));
  sink('resolved.json', text.encode(resolvedText(scenario)));
  sink('data/dictionary.json', text.encode(`${JSON.stringify(dictionaryOf(scenario, roster), null, 2)}\n`));
}

/** Simulates a scenario and records it through `sink`; the same bytes every time. */
export async function execute({
  scenario,
  hosts: given,
  sink,
  watch,
  from,
  authority,
  watchTime = stopwatch(),
}: Execution): Promise<Executed> {
  const { institutions } = createStage(scenario);
  if (!from) writeHead(scenario, institutions, sink);
  const { transport, engine } = timed(given.transport, watchTime);
  const hosts: Hosts = { ...given, transport };
  const recorder = createRecorder(scenario.record, sink, from?.recorder);
  const measures: MeasureMemory = from?.measures ?? { before: undefined };
  const measured = measureDays(scenario, measures);
  const days = simulate(scenario, hosts, from?.checkpoint, authority);
  const record = async (facts: SimulatedDay): Promise<void> => {
    const told = watchTime.during('daily measures', () => measured(facts));
    watchTime.during('recording', () => recorder.add(told));
    watch.day(told);
    await turn();
  };
  const keep = async (checkpoints: Checkpoints, facts: SimulatedDay): Promise<void> => {
    const checkpoint = await takeCheckpoint(hosts, facts);
    checkpoints.keep({ checkpoint, recorder: recorder.state(), measures, workers: given.plans.length });
  };
  let finished = true;
  try {
    for (let coming = begun(days); ;) {
      const { value: facts, done } = await coming;
      if (done) break;
      const { checkpoints } = watch;
      const keeps = watch.stopped() || checkpoints?.due(facts.day) === true;
      // Hosts go on with the next day while this one is recorded, unless its state is to be kept, or somebody who
      // decides is to see it first.
      const ahead = !keeps && !authority;
      if (ahead) coming = begun(days);
      await record(facts);
      if (keeps && checkpoints) await keep(checkpoints, facts);
      finished = !(keeps && watch.stopped());
      if (!finished) break;
      if (!ahead) coming = begun(days);
    }
  } finally {
    await transport.close();
  }
  return { finished, chain: recorder.finish(), engine: engine() };
}
