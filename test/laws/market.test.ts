import { expect } from 'chai';
import type { Stage, World } from '../../core/types.js';
import { sheetsOf } from '../../market/book.js';
import { observeSources } from '../../market/signals.js';
import { createStage } from '../../market/stage.js';
import { noActs } from '../../market/interventions/act.js';
import { dayFacts } from '../../market/day-facts.js';
import { closeDay, openDay } from '../../market/step.js';
import { createWorld } from '../../market/world.js';
import { impact } from '../../market/clearing/impact.js';
import type { Wave } from '../../market/clearing/mechanism.js';
import { benchmarkTrader, runMarket, scenarioOf } from '../market/fixture.js';

const small = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  days: 30,
  institutions: { count: 12 },
  ...more,
});

describe('laws of the market', () => {
  it('an empty list of interventions changes nothing to the bit, and a halt changes something', () => {
    const plain = runMarket(scenarioOf(small()));
    const empty = runMarket(scenarioOf(small({ interventions: [] })));
    expect(empty.last).to.deep.equal(plain.last);
    const kind = { kind: 'halt', institution: 'asset-manager-01', from: 2, to: 9 };
    const halted = runMarket(scenarioOf(small({ interventions: [kind] })));
    expect(halted.last.prices).to.not.deep.equal(plain.last.prices);
    const refused = halted.days.flatMap((d) => d.notices.filter((n) => n.kind === 'refused'));
    expect(new Set(refused.flatMap((n) => n.columns['institution']!))).to.deep.equal(
      new Set(['asset-manager-01']),
    );
  });

  it('a day leaves the world it was given as it was', () => {
    const scenario = scenarioOf(small());
    const stage = createStage(scenario);
    const world = createWorld(scenario, stage);
    const before = structuredClone(world);
    const opened = openDay(scenario, stage, world, noActs);
    const morning = structuredClone(opened);
    const orders = benchmarkTrader(0.3)(stage, opened.world);
    const once = closeDay(scenario, stage, opened, orders, noActs);
    expect(closeDay(scenario, stage, opened, orders, noActs)).to.deep.equal(once);
    expect(opened).to.deep.equal(morning);
    expect(world).to.deep.equal(before);
  });

  it('what a close tells of its balance sheets is what they come to', () => {
    const impact = { mechanism: 'impact', impact: 3 };
    const shock = { day: 3, class: 'equity', size: -0.5 };
    const limit = { kind: 'price-limit', limit: 0.05, from: 2, to: 9 };
    const scenario = small({
      market: { clearing: impact, fundamentals: { shocks: [shock] }, costs: { gainsTaxRate: 0.2 } },
      interventions: [limit],
    });
    let defaults = 0;
    runMarket(scenarioOf(scenario), benchmarkTrader(0.3), (world, { notices }) => {
      defaults += notices.filter(({ kind }) => kind === 'default').length;
      expect(sheetsOf(world)).to.deep.equal(sheetsOf({ ...world }));
    });
    expect(defaults).to.be.above(0);
  });

  it('to put a day on record changes nothing of it, however often', () => {
    const scenario = scenarioOf(small());
    const stage = createStage(scenario);
    const first = createWorld(scenario, stage);
    const world = { ...first, news: { ...first.news, regimeBefore: 'stress' as const } };
    const opened = openDay(scenario, stage, world, noActs);
    const closed = closeDay(scenario, stage, opened, benchmarkTrader(0.3)(stage, opened.world), noActs);
    const course = structuredClone(closed.course);
    const once = dayFacts(stage, opened, closed.world, closed.course);
    expect(once.notices.map(({ kind }) => kind)).to.include('regime');
    expect(dayFacts(stage, opened, closed.world, closed.course)).to.deep.equal(once);
    expect(closed.course).to.deep.equal(course);
  });

  it('another institution shifts nobody’s news, noise or lot', () => {
    const of = (count: number): { stage: Stage; world: World } => {
      const scenario = scenarioOf({ institutions: { count } });
      const stage = createStage(scenario);
      return { stage, world: createWorld(scenario, stage) };
    };
    const [few, many] = [of(20), of(21)];
    expect(many.world.news).to.deep.equal(few.world.news);
    expect(many.world.noise.common).to.deep.equal(few.world.noise.common);
    few.stage.institutions.forEach((institution, i) => {
      const j = many.stage.institutions.findIndex((other) => other.id === institution.id);
      expect(j).to.be.at.least(0);
      expect(many.stage.institutions[j]!.covarianceHalfLife).to.equal(institution.covarianceHalfLife);
      const width = few.world.noise.own.length / 20;
      const own = (world: World, at: number): Float64Array =>
        world.noise.own.subarray(at * width, (at + 1) * width);
      expect(own(many.world, j)).to.deep.equal(own(few.world, i));
    });
  });

  it('sources reveal the diffusive part of coming news and nothing else of the future', () => {
    const scenario = scenarioOf(small({ tradeEvery: 5 }));
    const stage = createStage(scenario);
    const world = createWorld(scenario, stage);
    const seen = observeSources(scenario, stage, world);
    const future = (change: (news: World['news']['coming'][number]) => object): World => ({
      ...world,
      news: { ...world.news, coming: world.news.coming.map((news) => ({ ...news, ...change(news) })) },
    });
    const elsewhere = future(() => ({ jumps: [-9], drift: new Float64Array(12).fill(-1), regime: 'stress' }));
    expect(observeSources(scenario, stage, elsewhere)).to.deep.equal(seen);
    const diffusion = future((news) => ({ diffusion: news.diffusion.map((x) => 2 * x) }));
    expect(observeSources(scenario, stage, diffusion)).to.not.deep.equal(seen);
  });

  it('a scheduled shock shows in nothing before its day', () => {
    const shock = { day: 12, class: 'equity', size: -0.2 };
    const calm = runMarket(scenarioOf(small()));
    const struck = runMarket(scenarioOf(small({ market: { fundamentals: { shocks: [shock] } } })));
    expect(struck.days.slice(0, 11)).to.deep.equal(calm.days.slice(0, 11));
    expect(struck.days[11]).to.not.deep.equal(calm.days[11]);
  });

  it('splitting an order into waves changes neither the price nor what is paid', () => {
    const scenario = scenarioOf();
    const stage = createStage(scenario);
    const { prices, liquidity } = createWorld(scenario, stage);
    const chosen = scenario.market.clearing;
    const opening = { ...stage, day: 1, prices, liquidity };
    const open = impact.open(chosen, { ...opening, dailyMove: 0.2, closed: new Map() });
    const flow = Float64Array.from(stage.assets, (a, k) => (k % 2 === 0 ? 1 : -1) * 0.3 * a.advUnits);
    const waveOf = (times: number): Wave => ({
      orders: { institution: Int32Array.of(0), units: flow.map((q) => times * q) },
      wave: 0,
      estates: new Float64Array(flow.length),
    });
    const whole = impact.clear(chosen, open, waveOf(1));
    const first = impact.clear(chosen, open, waveOf(3));
    const second = impact.clear(chosen, first.session, waveOf(-2));
    flow.forEach((q, k) => {
      const split = 3 * q * first.price[k]! - 2 * q * second.price[k]!;
      expect(split / (q * whole.price[k]!)).to.be.closeTo(1, 1e-12);
      expect(second.session.prices.fast[k]).to.be.closeTo(whole.session.prices.fast[k]!, 1e-15);
    });
  });
});
