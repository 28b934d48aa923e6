import { apportion, roster } from '../roster.js';
import type { Scenario } from '../scenario.js';
import { theRoster, unknownName } from './names.js';
import type { Problem } from './problem.js';

type Check = (scenario: Scenario) => Problem[];

const theRegions = { path: ['institutions', 'regions'], what: 'the regions' };

/** Outages of a region in which nobody has its compute. */
const outagesOfNobody: Check = ({ institutions: { count, regions, outages: listed } }) => {
  const shares = Object.values(regions);
  if (shares.every((share) => share === 0)) return [];
  const seats = apportion(count, shares);
  const empty = Object.keys(regions).filter((_, r) => seats[r] === 0);
  return listed.flatMap(({ region }, i): Problem[] => {
    if (region === undefined || !empty.includes(region)) return [];
    const message = `of ${count} institutions none is in "${region}", whose share is ${regions[region]}`;
    const path = ['institutions', 'outages', i, 'region'];
    return [{ path, message, see: theRegions, on: [['institutions', 'count']] }];
  });
};

/** One outage of an institution, or of a region, inside another. */
const outagesInOutages: Check = ({ institutions }) =>
  institutions.outages.flatMap((one, i) =>
    institutions.outages.slice(0, i).flatMap((other, j): Problem[] => {
      const same = one.institution === other.institution && one.region === other.region;
      if (!same || one.from > other.to || other.from > one.to) return [];
      const message = `${(one.institution ?? one.region)!} is down from day ${other.from} to day ${other.to} already`;
      return [
        {
          path: ['institutions', 'outages', i],
          message,
          see: { path: ['institutions', 'outages', j], what: 'the other' },
        },
      ];
    }),
  );

/** Whom an outage strikes. */
const outagesOfUnknown: Check = ({ institutions }) => {
  const ids = roster(institutions).map((seat) => seat.id);
  const regions = Object.keys(institutions.regions);
  const at = (i: number, key: string): Problem['path'] => ['institutions', 'outages', i, key];
  return institutions.outages.flatMap(({ institution, region }, i) => [
    ...(institution === undefined || ids.includes(institution)
      ? []
      : [unknownName(at(i, 'institution'), institution, ids, 'an institution', theRoster)]),
    ...(region === undefined || regions.includes(region)
      ? []
      : [unknownName(at(i, 'region'), region, regions, 'a region of institutions.regions', theRegions)]),
  ]);
};

/** What is wrong with outages: they strike what there is not or nobody, or one is inside another. */
export const checkOutages: Check = (scenario) => [
  ...outagesOfUnknown(scenario),
  ...outagesOfNobody(scenario),
  ...outagesInOutages(scenario),
];
