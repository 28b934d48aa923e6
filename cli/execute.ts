import { measureDays } from '../analysis/daily/index.js';
import { dictionaryOf } from '../analysis/record/dictionary.js';
import { createRecorder, type Sink } from '../analysis/record/recorder.js';
import { openTransport, timed } from './hosts.js';
import { planHosts } from '../coordinator/transport/plan.js';
import { simulate } from '../coordinator/simulate.js';
import type { DayFacts } from '../core/events.js';
import { createStage } from '../market/stage.js';
import type { Scenario } from '../core/scenario.js';
import { resolvedText } from './run-directory.js';

/** What happens while a run goes on. */
export interface Watch {
  readonly day: (facts: DayFacts) => void;
  /** Whether to stop after this day. */
  readonly stopped: () => boolean;
}

export interface Executed {
  readonly finished: boolean;
  readonly chain: string;
  readonly engine: string;
  /** Wall-clock seconds in training and forecasting. */
  readonly learningSeconds: number;
}

/** A turn of the event loop, so that signals are heard. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Simulates a scenario on at most `workers` threads and records it through `sink`; the same bytes every time. */
export async function execute(
  scenario: Scenario,
  workers: number,
  sink: Sink,
  watch: Watch,
): Promise<Executed> {
  const text = new TextEncoder();
  const roster = createStage(scenario).institutions.map(({ id, type, architecture }) => ({
    id,
    type,
    architecture,
  }));
  sink('resolved.json', text.encode(resolvedText(scenario)));
  sink('data/dictionary.json', text.encode(`${JSON.stringify(dictionaryOf(scenario, roster), null, 2)}\n`));
  const plans = planHosts(roster.length, workers, scenario.federation.membership === 'centralised');
  const { transport, engine, learningSeconds } = timed(openTransport(plans.length));
  const recorder = createRecorder(scenario.record, sink);
  const measured = measureDays(scenario);
  let finished = true;
  try {
    for await (const facts of simulate(scenario, { transport, plans })) {
      recorder.add(measured(facts));
      watch.day(facts);
      await turn();
      if (watch.stopped()) {
        finished = false;
        break;
      }
    }
  } finally {
    await transport.close();
  }
  return { finished, chain: recorder.finish(), engine: engine(), learningSeconds: learningSeconds() };
}
