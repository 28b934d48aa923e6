import { suggestion } from '../nearest.js';
import { roster } from '../roster.js';
import type { Scenario } from '../scenario.js';
import type { Catalogue, Chosen } from './catalogue.js';
import { checkArchitectures } from './check-architectures.js';
import type { Problem } from './problem.js';

type Check = (scenario: Scenario) => Problem[];

const unknownName = (
  path: Problem['path'],
  word: string,
  names: Iterable<string>,
  what: string,
): Problem => ({
  path,
  message: `"${word}" is not ${what}${suggestion(word, names)}`,
});

const calendar: Check = (s) => {
  const problems: Problem[] = [];
  if (s.warmUp >= s.days)
    problems.push({ path: ['warmUp'], message: `${s.warmUp} leaves no day of ${s.days} to measure` });
  const late = (path: Problem['path'], day: number): void => {
    if (day > s.days) problems.push({ path, message: `day ${day} is after the last day, ${s.days}` });
  };
  s.market.fundamentals.shocks.forEach((shock, i) =>
    late(['market', 'fundamentals', 'shocks', i, 'day'], shock.day),
  );
  s.institutions.outages.forEach((outage, i) => late(['institutions', 'outages', i, 'to'], outage.to));
  return problems;
};

const universe: Check = (s) => {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const factors = s.market.fundamentals.factors;
  s.assets.forEach((asset, i) => {
    if (seen.has(asset.id))
      problems.push({ path: ['assets', i, 'id'], message: `"${asset.id}" names two assets` });
    seen.add(asset.id);
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
            ),
          ];
    }),
  );
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
          unknownName(at(name, 'benchmark', bucket), bucket, buckets, 'an asset class or asset id'),
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
        problems.push(unknownName(at(name, 'sources', i), source, sources, 'a data source'));
    });
  }
  return problems;
};

const architectures: Check = (s) => {
  const names = s.learning.architectures.map((a) => a.name);
  const problems = names.flatMap((name, i): Problem[] =>
    names.indexOf(name) < i
      ? [{ path: ['learning', 'architectures', i, 'name'], message: `"${name}" is listed twice` }]
      : [],
  );
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
        },
      ]
    : [];
};

/** Debt to the prime broker is secured by what it finances. */
const primeBrokers: Check = (s) =>
  Object.entries(s.institutions.types).flatMap(([name, type]) => {
    const debt = (1 - type.fundingShare) * (1 - 1 / type.leverage);
    const secured = 1 - type.loanShare - type.interbankShare;
    return debt < secured
      ? []
      : [
          {
            path: ['institutions', 'types', name, 'leverage'],
            message: `leaves prime-broker debt of ${debt.toFixed(3)} of assets, with only ${secured.toFixed(3)} in cash and securities`,
          },
        ];
  });

const outages: Check = (s) => {
  const ids = roster(s.institutions).map((seat) => seat.id);
  const known = new Set(ids);
  return s.institutions.outages.flatMap((outage, i) =>
    known.has(outage.institution)
      ? []
      : [
          unknownName(
            ['institutions', 'outages', i, 'institution'],
            outage.institution,
            ids,
            'an institution',
          ),
        ],
  );
};

/** Checks that an extension brings for its own options. */
function extensions(scenario: Scenario, catalogue: Catalogue): Problem[] {
  const listed = (key: 'mandates' | 'interventions', chosen: readonly Chosen<'kind'>[]): Problem[] =>
    chosen.flatMap((entry, i) =>
      (catalogue[key][entry.kind]?.check?.(entry, scenario) ?? []).map((p) => ({
        ...p,
        path: [key, i, ...p.path],
      })),
    );
  return [...listed('mandates', scenario.mandates), ...listed('interventions', scenario.interventions)];
}

/** What a type alone cannot say: contradictions between fields, and names that refer to nothing. */
export const check = (scenario: Scenario, catalogue: Catalogue): Problem[] => [
  ...[calendar, universe, shockTargets, types, sizes, primeBrokers, architectures, outages].flatMap((rule) =>
    rule(scenario),
  ),
  ...checkArchitectures(scenario, catalogue),
  ...extensions(scenario, catalogue),
];
