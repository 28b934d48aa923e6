import { exp } from '../numeric.js';
import type { Scenario } from '../scenario.js';
import type { Catalogue, Chosen } from './catalogue.js';
import { checkArchitectures } from './check-architectures.js';
import { checkAttacks } from './check-attacks.js';
import { checkExchange } from './check-exchange.js';
import { checkFederation } from './check-federation.js';
import { checkOutages } from './check-outages.js';
import { checkCompression, checkPrivacy, checkSecureAggregation } from './check-privacy.js';
import { repeated, repeatedNames, universe, unknownName } from './names.js';
import type { Problem } from './problem.js';

type Check = (scenario: Scenario) => Problem[];

const calendar: Check = (s) => {
  const problems: Problem[] = [];
  if (s.warmUp >= s.days)
    problems.push({ path: ['warmUp'], message: `${s.warmUp} leaves no day of ${s.days} to measure` });
  const late = (path: Problem['path'], day: number): void => {
    if (day > s.days)
      problems.push({ path, message: `day ${day} is after the last day, ${s.days}`, on: [['days']] });
  };
  s.market.fundamentals.shocks.forEach((shock, i) =>
    late(['market', 'fundamentals', 'shocks', i, 'day'], shock.day),
  );
  s.institutions.outages.forEach((outage, i) => late(['institutions', 'outages', i, 'to'], outage.to));
  return problems;
};

const assets: Check = (s) => {
  const problems = repeated(
    s.assets.map(({ id }) => id),
    (i) => ['assets', i, 'id'],
    (id) => `"${id}" names two assets`,
  );
  const factors = s.market.fundamentals.factors;
  s.assets.forEach((asset, i) => {
    const squares = Object.values(asset.loadings).reduce((sum, b) => sum + b * b, 0);
    if (squares > 1 + 1e-12)
      problems.push({
        path: ['assets', i, 'loadings'],
        message: `squares sum to ${squares.toFixed(4)}, which is over 1`,
      });
    for (const factor of Object.keys(asset.loadings))
      if (s.market.calibration.prices === null && !factors.includes(factor))
        problems.push(
          unknownName(
            ['assets', i, 'loadings', factor],
            factor,
            factors,
            'a factor of market.fundamentals.factors',
            { path: ['market', 'fundamentals', 'factors'], what: 'the factors' },
          ),
        );
  });
  return problems;
};

const shockTargets: Check = (s) => {
  if (s.market.calibration.prices !== null) return [];
  const names = (key: 'id' | 'class' | 'region' | 'sector' | 'currency'): Set<string> =>
    new Set(s.assets.map((a) => a[key]));
  const targets = {
    asset: names('id'),
    class: names('class'),
    region: names('region'),
    sector: names('sector'),
    currency: names('currency'),
    factor: new Set(s.market.fundamentals.factors),
  };
  return s.market.fundamentals.shocks.flatMap((shock, i) =>
    (Object.keys(targets) as (keyof typeof targets)[]).flatMap((key) => {
      const word = shock[key];
      return word === undefined || targets[key].has(word)
        ? []
        : [
            unknownName(
              ['market', 'fundamentals', 'shocks', i, key],
              word,
              targets[key],
              `the ${key} of anything in the universe`,
              key === 'factor'
                ? { path: ['market', 'fundamentals', 'factors'], what: 'the factors' }
                : universe,
            ),
          ];
    }),
  );
};

/** A history to draw days from: every asset, and as many days as a replay and its horizon need. */
const history: Check = (s) => {
  const { drawn, history: rows } = s.market.fundamentals;
  if (drawn === 'factors' || (s.market.calibration.prices !== null && rows.length === 0)) return [];
  const path = ['market', 'fundamentals', 'history'];
  const needed = drawn === 'replay' ? s.days + s.tradeEvery : 2;
  const ragged = rows.findIndex((row) => row.length !== s.assets.length);
  if (ragged >= 0)
    return [
      {
        path: [...path, ragged],
        message: `has ${rows[ragged]!.length} returns for ${s.assets.length} assets`,
        on: [['assets']],
      },
    ];
  return rows.length >= needed
    ? []
    : [
        {
          path: ['market', 'fundamentals', 'drawn'],
          message: `"${drawn}" of ${s.days} days needs ${needed} days of returns, and market.fundamentals.history has ${rows.length}`,
          on: [path, ['days']],
        },
      ];
};

const sums = (total: number): boolean => Math.abs(total - 1) <= 1e-6;

const types: Check = (s) => {
  const problems: Problem[] = [];
  const at = (...path: (string | number)[]): Problem['path'] => ['institutions', 'types', ...path];
  const shares = Object.values(s.institutions.types).reduce((sum, t) => sum + t.share, 0);
  if (!sums(shares))
    problems.push({ path: at(), message: `shares sum to ${Number(shares.toFixed(6))}, not to 1` });
  const sources = Object.keys(s.sources);
  const buckets = new Set([...s.assets.map((a) => a.class), ...s.assets.map((a) => a.id)]);
  for (const [name, type] of Object.entries(s.institutions.types)) {
    const weight = Object.values(type.benchmark).reduce((sum, w) => sum + w, 0);
    if (!sums(weight))
      problems.push({
        path: at(name, 'benchmark'),
        message: `weights sum to ${Number(weight.toFixed(6))}, not to 1`,
      });
    for (const bucket of Object.keys(type.benchmark))
      if (s.market.calibration.prices === null && !buckets.has(bucket))
        problems.push(
          unknownName(at(name, 'benchmark', bucket), bucket, buckets, 'an asset class or asset id', universe),
        );
    if (type.leverageTarget > type.leverageCap)
      problems.push({
        path: at(name, 'leverageTarget'),
        message: `${type.leverageTarget} is above leverageCap ${type.leverageCap}`,
      });
    if (type.leverage > type.leverageCap)
      problems.push({
        path: at(name, 'leverage'),
        message: `${type.leverage} is above leverageCap ${type.leverageCap}: in breach from day 0`,
      });
    const idle = type.loanShare + type.interbankShare + type.cashShare;
    if (idle >= 1)
      problems.push({
        path: at(name),
        message: `loanShare, interbankShare and cashShare sum to ${Number(idle.toFixed(6))}: nothing is left to trade`,
      });
    type.sources.forEach((source, i) => {
      if (!sources.includes(source))
        problems.push(
          unknownName(at(name, 'sources', i), source, sources, 'a data source', {
            path: ['sources'],
            what: 'the sources',
          }),
        );
    });
  }
  return problems;
};

/** Losses are harvested to set them against taxed gains. */
const harvesting: Check = (s) =>
  Object.entries(s.institutions.types).flatMap(([name, type]) =>
    type.harvesting && s.market.costs.gainsTaxRate === 0
      ? [
          {
            path: ['institutions', 'types', name, 'harvesting'],
            message: 'harvests losses where gains are not taxed: set market.costs.gainsTaxRate',
            on: [['market', 'costs', 'gainsTaxRate']],
          },
        ]
      : [],
  );

const architectures: Check = (s) => {
  const names = s.learning.architectures.map((a) => a.name);
  const problems = repeated(names, (i) => ['learning', 'architectures', i, 'name']);
  return names.length > 0
    ? problems
    : [{ path: ['learning', 'architectures'], message: 'must list at least one architecture' }];
};

const sizes: Check = (s) => {
  const { count, sizes: law } = s.institutions;
  return law.largestShare * count < 1 - 1e-12
    ? [
        {
          path: ['institutions', 'sizes', 'largestShare'],
          message: `${law.largestShare} for each of ${count} institutions does not add up to the whole; at least ${1 / count} is needed`,
          on: [['institutions', 'count']],
        },
      ]
    : [];
};

/** The most that leverage may be drawn at. */
const highestLeverage = (type: Scenario['institutions']['types'][string]): number =>
  type.leverageDispersion === 0
    ? type.leverage
    : Math.min(
        Math.max(type.leverage, type.leverageTarget),
        1 + (type.leverage - 1) * exp(2 * type.leverageDispersion),
      );

/** Debt to the prime broker is secured by what it finances. */
const primeBrokers: Check = (s) =>
  Object.entries(s.institutions.types).flatMap(([name, type]) => {
    const debt = (1 - type.fundingShare) * (1 - 1 / highestLeverage(type));
    const secured = 1 - type.loanShare - type.interbankShare;
    return debt < secured
      ? []
      : [
          {
            path: ['institutions', 'types', name, 'leverage'],
            message: `leaves prime-broker debt of ${debt.toFixed(3)} of assets, with only ${secured.toFixed(3)} in cash and securities`,
            on: [['institutions', 'types', name]],
          },
        ];
  });

const regions: Check = (s) => {
  const total = Object.values(s.institutions.regions).reduce((sum, share) => sum + share, 0);
  const message = `shares sum to ${Number(total.toFixed(6))}, not to 1`;
  return sums(total) ? [] : [{ path: ['institutions', 'regions'], message }];
};

/** Days and assets of poisoned sources. */
const poisons: Check = (s) =>
  Object.entries(s.sources).flatMap(([name, { poison }]) => {
    if (!poison || s.market.calibration.prices !== null) return [];
    const known = new Set(s.assets.flatMap((a) => [a.id, a.class]));
    const at = (...path: (string | number)[]): Problem['path'] => ['sources', name, 'poison', ...path];
    const late = (['from', 'to'] as const).flatMap((key) =>
      (poison[key] ?? 0) > s.days
        ? [{ path: at(key), message: `day ${poison[key]!} is after the last day, ${s.days}`, on: [['days']] }]
        : [],
    );
    return [
      ...late,
      ...poison.assets.flatMap((word, i) =>
        known.has(word)
          ? []
          : [unknownName(at('assets', i), word, known, 'an asset or a class of one', universe)],
      ),
    ];
  });

/** Two channels through one thing would count a loss twice. */
function channels({ contagion }: Scenario, catalogue: Catalogue): Problem[] {
  const through = contagion.channels.map(({ channel }) => catalogue.channels[channel]!.through);
  return contagion.channels.flatMap(({ channel }, i) => {
    const first = through.indexOf(through[i]!);
    const message = `"${channel}" travels through ${through[i]!}, as "${contagion.channels[first]!.channel}" does: a loss would count twice`;
    const see = { path: ['contagion', 'channels', first, 'channel'], what: 'the other' };
    return first < i ? [{ path: ['contagion', 'channels', i, 'channel'], message, see }] : [];
  });
}

/** What mandates ask whether it can meet them. */
const whoThereIs: readonly Problem['path'][] = [
  ['learning', 'architectures'],
  ['institutions', 'types'],
  ['sources'],
];

/** Checks that an extension brings for its own options, and for entries that cannot stand together. */
function extensions(scenario: Scenario, catalogue: Catalogue): Problem[] {
  const listed = (key: 'mandates' | 'interventions', chosen: readonly Chosen<'kind'>[]): Problem[] =>
    chosen.flatMap((entry, i) => {
      const { check: own, contradicts } = catalogue[key][entry.kind] ?? {};
      const concluded = key === 'mandates' ? whoThereIs : [];
      const wrong = (own?.(entry, scenario) ?? []).map(({ beside, ...p }) => ({
        ...p,
        on: [...concluded, ...(p.on ?? [])],
        path: [key, i, ...p.path],
        ...(beside ? { see: { path: [key, i, ...beside], what: 'the other' } } : {}),
      }));
      const contrary = chosen.slice(0, i).flatMap((other, j): Problem[] => {
        const message = contradicts?.(entry, other, scenario);
        return message === undefined
          ? []
          : [{ path: [key, i], message, see: { path: [key, j], what: 'the other' } }];
      });
      return [...wrong, ...contrary];
    });
  return [
    ...listed('mandates', scenario.mandates),
    ...listed('interventions', scenario.interventions),
    ...overlays(scenario, catalogue),
  ];
}

/** Checks that the structure of exposures brings for its own options. */
const exposures = (scenario: Scenario, catalogue: Catalogue): Problem[] => {
  const chosen = scenario.contagion.exposures;
  return (catalogue.exposures[chosen.structure]?.check?.(chosen, scenario) ?? []).map(
    ({ beside: _, ...p }) => ({
      ...p,
      path: ['contagion', 'exposures', ...p.path],
    }),
  );
};

/** Checks that rules laid over a type's strategy bring for their own options. */
const overlays = (scenario: Scenario, catalogue: Catalogue): Problem[] =>
  Object.entries(scenario.institutions.types).flatMap(([name, { overlay }]) =>
    overlay.flatMap((entry, i) =>
      (catalogue.overlays[entry.rule]?.check?.(entry, scenario) ?? []).map(({ beside: _, ...p }) => ({
        ...p,
        path: ['institutions', 'types', name, 'overlay', i, ...p.path],
      })),
    ),
  );

/** What a type alone cannot say: contradictions between fields, and names that refer to nothing. */
export const check = (scenario: Scenario, catalogue: Catalogue): Problem[] => [
  ...[
    calendar,
    repeatedNames,
    assets,
    shockTargets,
    history,
    types,
    harvesting,
    sizes,
    primeBrokers,
    architectures,
    regions,
    checkOutages,
    poisons,
  ].flatMap((rule) => rule(scenario)),
  ...checkArchitectures(scenario, catalogue),
  ...checkFederation(scenario, catalogue),
  ...checkExchange(scenario, catalogue),
  ...checkPrivacy(scenario, catalogue),
  ...checkSecureAggregation(scenario, catalogue),
  ...checkCompression(scenario, catalogue),
  ...checkAttacks(scenario, catalogue),
  ...exposures(scenario, catalogue),
  ...channels(scenario, catalogue),
  ...extensions(scenario, catalogue),
];
