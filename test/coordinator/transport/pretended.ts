import { Answering } from '../../../agents/answering.js';
import { createHost } from '../../../agents/host.js';
import { memoryKeeper, type Keeper } from '../../../agents/host/keeper.js';
import type { SimulatedDay } from '../../../coordinator/checkpoint.js';
import { takeCheckpoint } from '../../../coordinator/checkpoint.js';
import type { Connection } from '../../../coordinator/transport/line.js';
import { planHosts } from '../../../coordinator/transport/plan.js';
import { remoteHosts, type Bearing, type Remote } from '../../../coordinator/transport/sockets.js';
import { simulate } from '../../../coordinator/simulate.js';
import type { DayFacts } from '../../../core/events.js';
import { messageEvent } from '../../../core/handshake.js';
import type { Message } from '../../../core/protocol.js';
import { decode } from '../../../core/protocol/codec.js';
import type { Scenario } from '../../../core/scenario.js';
import { createStage } from '../../../market/stage.js';

/** A connection without a network: what is emitted reaches the host at once, what it answers comes back. */
export class Pretended implements Connection {
  private readonly listeners: ((reason: string) => void)[] = [];
  private isCut = false;

  constructor(
    readonly answering: Answering,
    /** What the host puts on the wire in place of its answer; undefined: the network broke before it was sent. */
    private readonly spoil: (answer: Uint8Array, message: Message) => unknown = (answer) => answer,
    /** Whether the network breaks before the host hears of a message. */
    private readonly breaks: (message: Message) => boolean = () => false,
  ) {}

  emit(event: string, ...words: unknown[]): void {
    if (this.isCut) return;
    if (event === messageEvent) void this.hear(...(words as [number, Uint8Array, (answer: unknown) => void]));
  }

  private async hear(number: number, bytes: Uint8Array, answer: (reply: unknown) => void): Promise<void> {
    const message = decode(bytes) as Message;
    if (this.breaks(message)) return this.cut();
    const reply = this.spoil(await this.answering.answer(number, bytes.slice()), message);
    if (reply === undefined) return this.cut();
    if (!this.isCut) answer(reply);
  }

  on(_event: 'disconnect', heard: (reason: string) => void): void {
    this.listeners.push(heard);
  }

  disconnect(): void {
    this.isCut = true;
  }

  /** The network breaks. */
  cut(): void {
    this.isCut = true;
    for (const heard of this.listeners) heard('transport close');
  }
}

export const bearing = (changed: Partial<Bearing> = {}): Bearing => ({
  silenceSeconds: 5,
  rejoinSeconds: 5,
  onLoss: 'abort',
  quorum: 0.1,
  savesStates: false,
  log: () => undefined,
  ...changed,
});

export interface Stand {
  readonly remote: Remote;
  readonly answering: Answering[];
  readonly keepers: Keeper[];
}

/** Hosts of a scenario behind pretended connections; `connect` makes that of each. */
export function stand(
  scenario: Scenario,
  hosts: number,
  terms: Bearing,
  connect: (answering: Answering, host: number) => Pretended = (a) => new Pretended(a),
): Stand {
  const ids = createStage(scenario).institutions.map(({ id }) => id);
  const plans = planHosts(ids.length, hosts, scenario.federation.membership === 'centralised');
  const remote = remoteHosts(plans, ids, terms);
  const keepers = plans.map(() => memoryKeeper());
  const answering = keepers.map((keeper) => new Answering(createHost(), keeper));
  remote.lines.forEach((line, h) => line.attach(connect(answering[h]!, h), answering[h]!.holds().key));
  return { remote, answering, keepers };
}

/** Runs a scenario over a stand; a checkpoint is taken after days that are due. */
export async function run(
  scenario: Scenario,
  { remote }: Stand,
  {
    due = () => false,
    after = () => undefined,
  }: {
    readonly due?: (day: number) => boolean;
    readonly after?: (day: SimulatedDay) => unknown;
  } = {},
): Promise<DayFacts[]> {
  const plans = remote.lines.map(({ terms }) => terms.plan);
  const hosts = { transport: remote.transport, plans, presence: remote.presence };
  const days: DayFacts[] = [];
  for await (const facts of simulate(scenario, hosts)) {
    days.push({ day: facts.day, tables: facts.tables, notices: facts.notices });
    if (due(facts.day)) await takeCheckpoint(hosts, facts);
    await after(facts);
  }
  return days;
}
