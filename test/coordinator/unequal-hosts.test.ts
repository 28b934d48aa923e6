import { expect } from 'chai';
import { createHost } from '../../agents/host.js';
import { timed } from '../../cli/hosts.js';
import { stopwatch } from '../../cli/stopwatch.js';
import { openLearning, type Hosts } from '../../coordinator/learning.js';
import { everybody } from '../../coordinator/presence.js';
import { memoryTransport } from '../../coordinator/transport/memory.js';
import { planHosts } from '../../coordinator/transport/plan.js';
import { UnequalHosts } from '../../coordinator/unequal-hosts.js';
import type { Host, Ready } from '../../core/protocol.js';
import { createStage } from '../../market/stage.js';
import { smallScenario } from '../small-run.js';

const scenario = smallScenario({});
const stage = createStage(scenario);
const ids = stage.institutions.map(({ id }) => id);

/** A host that says something else of its models. */
function changed(change: (ready: Ready) => Partial<Ready>): Host {
  const host = createHost();
  return {
    ...host,
    handle: async (message) => {
      const reply = await host.handle(message);
      return (reply.type === 'ready' ? { ...reply, ...change(reply) } : reply) as never;
    },
  };
}

const hosts = (...changes: ((ready: Ready) => Partial<Ready>)[]): Hosts => ({
  transport: memoryTransport(changes.map(changed)),
  plans: planHosts(ids.length, changes.length, false),
  presence: everybody,
});
const asIs = () => ({});

async function refusal(change: (ready: Ready) => Partial<Ready>): Promise<string> {
  const error: unknown = await openLearning(scenario, stage, hosts(asIs, asIs, change)).catch(
    (e: unknown) => e,
  );
  expect(error).to.be.instanceOf(UnequalHosts);
  return (error as Error).message;
}

describe('hosts of one run', () => {
  const pair = `the host of ${ids[0]} and 1 more and the host of ${ids[5]} and 2 more cannot take part in one run: `;

  it('have the same models, or the run is refused in their names', async () => {
    expect(
      await refusal(({ models }) => ({ models: models.map((_, a) => (a === 1 ? '0123456789abcdef' : '')) })),
    ).to.equal(`${pair}their linear is no model and model 0123456789ab`);
    expect(await refusal(({ features }) => ({ features: features + 2 }))).to.match(
      /read \d+ and \d+ numbers a row$/,
    );
    expect(
      await refusal(({ parameterCounts }) => ({
        parameterCounts: parameterCounts.map((n, a) => (a === 0 ? n + 1 : n)),
      })),
    ).to.match(/their mlp has \d+ and \d+ parameters$/);
    expect(
      await refusal(({ initial }) => ({
        initial: initial.map((w, j) => (j === initial.length - 1 ? w + 1 : w)),
      })),
    ).to.equal(`${pair}their linear starts from unlike parameters`);
  });

  it('take part where they are equal', async () => {
    const { initial } = await openLearning(scenario, stage, hosts(asIs, asIs, asIs));
    expect(initial).to.have.length(2);
  });

  it('are named by what computes at each, or in one word where that is the same', async () => {
    const engineOf = async (...engines: string[]) => {
      const { transport, plans, presence } = hosts(...engines.map((engine) => () => ({ engine })));
      const watched = timed(transport, stopwatch());
      await openLearning(scenario, stage, { transport: watched.transport, plans, presence });
      return watched.engine();
    };
    expect(await engineOf('wasm-simd', 'wasm-simd')).to.equal('wasm-simd');
    expect(await engineOf('wasm-simd', 'oracle', 'wasm-simd')).to.equal(
      'wasm-simd (hosts 1, 3); oracle (host 2)',
    );
  });
});
