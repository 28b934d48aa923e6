import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { jsonPage, type Pages } from '../coordinator/server/pages.js';
import type { DayFacts } from '../core/events.js';
import type { Scenario } from '../core/scenario.js';

/** What is known of a run that is being served, for Prometheus and for whoever asks whether it is well. */
export interface Metrics {
  readonly pages: Pages;
  readonly count: (event: string) => void;
  readonly day: (facts: DayFacts) => void;
  /** Where the number of institutions that are connected comes from. */
  readonly watch: (present: () => number) => void;
}

export interface MetricsTerms {
  readonly scenario: Scenario;
  readonly institutions: number;
  readonly readers: () => number;
}

export function openMetrics({ scenario, institutions, readers }: MetricsTerms): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  let present = (): number => 0;
  const gauge = (name: string, help: string, value: () => number): Gauge =>
    new Gauge({
      name: `herdscope_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  const state = { day: 0, round: 0 };
  gauge('day', 'Last day that is over.', () => state.day);
  gauge('days', 'Days of the scenario.', () => scenario.days);
  gauge('round', 'Last federated round.', () => state.round);
  gauge('institutions', 'Institutions of the scenario.', () => institutions);
  gauge('institutions_connected', 'Institutions whose hosts are connected.', () => present());
  gauge('feed_readers', 'Readers of the feed.', readers);
  const counter = (name: string, help: string, labelNames: readonly string[] = []): Counter =>
    new Counter({ name: `herdscope_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const updates = counter('updates_total', 'Updates that were aggregated.');
  const events = counter('connection_events_total', 'What happened at the door, by kind.', ['event']);
  return {
    pages: {
      'GET /metrics': async () => ({
        status: 200,
        type: registry.contentType,
        body: await registry.metrics(),
      }),
      'GET /healthz': () => {
        const well = { status: 'ok', day: state.day, days: scenario.days, present: present(), institutions };
        return jsonPage(200, well);
      },
    },
    count: (event) => events.inc({ event }),
    day: ({ day, tables }) => {
      state.day = day;
      const rounds = (tables.rounds?.['round'] ?? []) as ArrayLike<number>;
      updates.inc(rounds.length);
      if (rounds.length > 0) state.round = rounds[0]!;
    },
    watch: (given) => (present = given),
  };
}
