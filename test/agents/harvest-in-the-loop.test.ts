import { expect } from 'chai';
import { memoryTransport } from '../../coordinator/transport/memory.js';
import type { DayFacts } from '../../core/events.js';
import type { Observe } from '../../core/protocol.js';
import { check } from '../../core/scenario/check.js';
import { catalogue } from '../../cli/catalogue.js';
import { chainOf, column, factsOf, overlaid, small, smallScenario } from '../small-run.js';
import { scenarioSchema, withDerivedDefaults } from '../../core/scenario.js';

type Raw = Readonly<Record<string, unknown>>;

/** Shares fall by a fifth on day 8 and stay there; funds hold them, and what they lose may be set against gains. */
const fallen = {
  days: 40,
  market: {
    costs: { gainsTaxRate: 0.3, taxLots: 'hifo', washSaleDays: 5 },
    fundamentals: { shocks: [{ day: 8, asset: 'shares', size: -0.2 }] },
  },
  institutions: { types: { fund: { rebalancing: { trigger: 'calendar', every: 100 } } } },
};
const harvesting = (changes: object = {}): Raw =>
  overlaid(fallen, {
    institutions: { types: { fund: { harvesting: { threshold: 0.05, every: 3, ...changes } } } },
  }) as Raw;

const taxes = (days: readonly DayFacts[]): number =>
  days
    .map((facts) => {
      const amounts = column(facts, 'payments', 'amount');
      const kinds = (facts.tables.payments?.['kind'] ?? []) as readonly string[];
      return Array.from(amounts).reduce((sum, x, row) => sum + (kinds[row] === 'gains-tax' ? x : 0), 0);
    })
    .reduce((sum, x) => sum + x, 0);

describe('harvesting in the loop', () => {
  it('sells shares that fell, within days, to buy what moves like them; the tax due falls', async () => {
    const [plain, harvested] = [
      await factsOf(smallScenario(fallen)),
      await factsOf(smallScenario(harvesting())),
    ];
    const sold = (days: readonly DayFacts[]): number =>
      days
        .slice(8, 14)
        .flatMap((facts) => {
          const units = Array.from(column(facts, 'fills', 'units'));
          const assets = facts.tables.fills!['asset'] as unknown as ArrayLike<string | number>;
          const owners = facts.tables.fills!['institution'] as unknown as ArrayLike<string | number>;
          return units.map((u, row) => (assets[row] === 0 && Number(owners[row]) >= 4 ? Math.max(0, -u) : 0));
        })
        .reduce((sum, u) => sum + u, 0);
    expect(sold(harvested)).to.be.above(2 * sold(plain));
    expect(taxes(harvested)).to.be.below(taxes(plain));
  });

  it('a threshold that nothing reaches changes no fill', async () => {
    const fills = async (given: Raw): Promise<unknown[]> =>
      (await factsOf(smallScenario(given))).map(({ tables }) => tables.fills);
    expect(await fills(harvesting({ threshold: 0.95 }))).to.deep.equal(await fills(fallen));
  });

  it('three hosts make the bytes of one', async () => {
    const scenario = smallScenario(harvesting());
    expect(await chainOf(scenario, { hosts: 3 })).to.equal(await chainOf(scenario));
  });

  it('a host is told of no lots where nobody harvests, and else of its own seats’ alone', async () => {
    const seen = async (given: Raw): Promise<Observe[]> => {
      const observed: Observe[] = [];
      await factsOf(smallScenario(given), {
        hosts: 2,
        through: (hosts) =>
          memoryTransport(
            hosts.map((host) => ({
              handle: (message) => {
                if (message.type === 'observe') observed.push(message);
                return host.handle(message);
              },
            })),
          ),
      });
      return observed;
    };
    for (const { atLoss } of await seen(fallen)) expect(atLoss.length).to.equal(0);
    for (const { atLoss, units } of await seen(harvesting())) expect(atLoss.length).to.equal(units.length);
  });

  it('without a tax on gains it is refused, with its place', () => {
    const untaxed = overlaid(small, overlaid(harvesting(), { market: { costs: { gainsTaxRate: 0 } } }));
    const problems = check(withDerivedDefaults(scenarioSchema(catalogue).parse(untaxed)), catalogue);
    expect(problems.map(({ path }) => path.join('.'))).to.deep.equal(['institutions.types.fund.harvesting']);
    expect(problems[0]!.message).to.include('market.costs.gainsTaxRate');
  });
});
