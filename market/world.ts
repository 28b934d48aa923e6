import { log } from '../core/numeric.js';
import { openStream, streamKey } from '../core/random.js';
import type { Scenario } from '../core/scenario.js';
import type { Books, Claims, News, NewsDay, Stage, World } from '../core/types.js';
import { rulesOf } from './channels/index.js';
import { exposures } from './exposures/index.js';
import type { Network, Structure } from './exposures/network.js';
import { firstNewsState, fundamentalLaw, nextNews, pastLaw } from './fundamentals.js';
import { openTax } from './gains-tax.js';
import { longestDelay, nextSourceNoise, standardisedNews } from './signals.js';
import { typeOf } from './stage.js';
import { templateBook, type TemplateBook } from './template-book.js';

/** The state before day 1. */
export function createWorld(scenario: Scenario, stage: Stage): World {
  const k = stage.assets.length;
  const templates = stage.institutions.map((i) => templateBook(typeOf(scenario, i), i));
  const network = interbank(scenario, stage, templates);
  const books = firstBooks(stage, templates, network);
  const logPrices = Float64Array.from(stage.assets, (asset) => log(asset.price0));
  return {
    day: 0,
    prices: { fundamental: logPrices, slow: new Float64Array(k), fast: new Float64Array(k) },
    news: firstNews(scenario, stage),
    noise: nextSourceNoise(scenario, stage, 1, undefined),
    liquidity: {
      volatility: Float64Array.from(stage.assets, (asset) => asset.dailyVolatility),
      imbalance: new Float64Array(k),
    },
    books,
    tax: openTax(scenario, stage, books),
    claims: firstClaims(scenario, network),
    liquidation: { left: new Float64Array(k), perDay: new Float64Array(k) },
    volume: Float64Array.from(stage.assets, (asset) => asset.advUnits),
    recent: [logPrices],
    authority: {
      closedUntil: new Int32Array(k),
      withheld: new Float64Array(k),
      loans: [],
      creditTrendUsd: templates.reduce((total, book) => total + book.assets, 0),
    },
  };
}

/** Days of news drawn before the first, so that volatility does not start at its mean. */
const BURN_IN = 250;

function firstNews(scenario: Scenario, stage: Stage): News {
  const law = fundamentalLaw(scenario, stage);
  const past = pastLaw(scenario, stage);
  const delay = longestDelay(scenario);
  const key = streamKey(stage.seed, 'pre-sample-news');
  let state = firstNewsState(law);
  const drawn: NewsDay[] = [];
  for (let d = 0; d < BURN_IN + delay; d++) {
    const next = nextNews(past, state, openStream(key, d));
    ({ state } = next);
    drawn.push(next.news);
  }
  // Stress that began before day 0 would be news to nobody who reads the record: the first day is calm.
  state = { ...state, regime: 'calm' };
  for (let d = 1; d <= law.horizon; d++) {
    const next = nextNews(law, state, newsOf(stage, d));
    ({ state } = next);
    drawn.push(next.news);
  }
  const from = (d: number): Float64Array => standardisedNews(drawn.slice(d, d + law.horizon));
  return {
    ...state,
    regimeBefore: 'calm',
    fading: new Float64Array(scenario.market.fundamentals.shocks.length * law.assets),
    coming: drawn.slice(-law.horizon),
    past: Array.from({ length: delay }, (_, late) => from(BURN_IN + delay - 1 - late)),
  };
}

/** The draws of one day's news. */
export const newsOf = (stage: Stage, day: number): ReturnType<typeof openStream> =>
  openStream(streamKey(stage.seed, 'news'), day);

function interbank(scenario: Scenario, stage: Stage, templates: readonly TemplateBook[]): Network {
  const chosen = scenario.contagion.exposures;
  const structure = (exposures as Readonly<Record<string, Structure>>)[chosen.structure]!;
  const built = structure.build(chosen, {
    seed: stage.seed,
    ids: stage.institutions.map((institution) => institution.id),
    lent: Float64Array.from(templates, (book) => book.lent),
    capacity: Float64Array.from(templates, (book) => book.funded),
  });
  return rulesOf(scenario).claims.network(built);
}

/** Phases are spread by debtor and creditor, so that claims do not all come due on one day. */
function firstClaims(scenario: Scenario, { creditor, debtor, face }: Network): Claims {
  const { termDays } = scenario.contagion;
  return {
    creditor: Int32Array.from(creditor),
    debtor: Int32Array.from(debtor),
    face: Float64Array.from(face),
    line: Float64Array.from(face),
    phase: Int32Array.from(creditor, (c, e) => (c * 7 + debtor[e]! * 13) % termDays),
  };
}

function firstBooks(stage: Stage, templates: readonly TemplateBook[], network: Network): Books {
  const n = templates.length;
  const k = stage.assets.length;
  const lent = new Float64Array(n);
  const borrowed = new Float64Array(n);
  network.face.forEach((face, e) => {
    lent[network.creditor[e]!]! += face;
    borrowed[network.debtor[e]!]! += face;
  });
  const cash = new Float64Array(n + 1);
  const funding = new Float64Array(n);
  templates.forEach((book, i) => {
    funding[i] = Math.max(0, book.funded - borrowed[i]!);
    // What it could not lend, and what it borrowed beyond its needs, it keeps.
    cash[i] = book.cash + (book.lent - lent[i]!) + Math.max(0, borrowed[i]! - book.funded);
  });
  return {
    cash,
    units: firstUnits(stage, n, k),
    loans: Float64Array.from(templates, (book) => book.loans),
    funding,
    writtenDown: new Float64Array(n),
    active: new Uint8Array(n).fill(1),
    generation: new Int32Array(n),
    entryDay: new Int32Array(n),
    reentryDay: new Int32Array(n),
  };
}

/** Institutions hold their benchmarks, the outside book the rest of the float. */
function firstUnits(stage: Stage, n: number, k: number): Float64Array {
  const units = new Float64Array((n + 1) * k);
  stage.assets.forEach((asset, a) => {
    let held = 0;
    stage.institutions.forEach((institution, i) => {
      const own = (institution.benchmark[a]! * institution.tradableUsd) / asset.price0;
      units[i * k + a] = own;
      held += own;
    });
    units[n * k + a] = asset.floatUnits - held;
  });
  return units;
}
