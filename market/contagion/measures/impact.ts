import { z } from 'zod';
import { finite, nonNegative, nonNegativeVector, positive } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { log } from '../../../core/numeric.js';
import {
  contSchaanningImpact,
  exponentialImpact,
  linearImpact,
  squareRootImpact,
  type PriceAfter,
} from '../impact.js';

const priceFloor = finite.min(0, 'must lie in [0, 1)').lt(1, 'must lie in [0, 1)');

/** Parameters of each law, one asset's. */
export const lawParameters = {
  linear: { depth: positive },
  exponential: { beta: nonNegative },
  sqrt: { sigma: nonNegative, kappa: nonNegative, adv: positive },
  'cont-schaanning': { floor: priceFloor, depth: positive },
};

/** How each law's parameters become a price function. */
export const laws = {
  linear: linearImpact,
  exponential: exponentialImpact,
  sqrt: squareRootImpact,
  'cont-schaanning': contSchaanningImpact,
} satisfies Record<keyof typeof lawParameters, unknown>;

const quantity = nonNegativeVector;

const input = z.discriminatedUnion('law', [
  z.strictObject({ law: z.literal('linear'), ...lawParameters.linear, quantity }),
  z.strictObject({ law: z.literal('exponential'), ...lawParameters.exponential, quantity }),
  z.strictObject({ law: z.literal('sqrt'), ...lawParameters.sqrt, quantity }),
  z.strictObject({ law: z.literal('cont-schaanning'), ...lawParameters['cont-schaanning'], quantity }),
]);

type Input = z.output<typeof input>;

function priceAfter(parameters: Input): PriceAfter {
  const law = laws[parameters.law] as (given: Input) => PriceAfter;
  return law(parameters);
}

export const impactMeasure = measure({
  summary: 'Price left, of 1, after a quantity was sold, under one of four laws of impact.',
  formula:
    'linear 1 − q/depth; exponential e^{−βq}; sqrt 1 − κσ√(q/adv); cont-schaanning 1 − (1−floor)(1 − e^{−q/δ}), δ = (1−floor)·depth',
  range: 'price in [0, 1]; logReturn ≤ 0, null where the price is 0',
  source:
    'Cifuentes, Ferrucci & Shin 2005, JEEA 3(2-3); Cont & Schaanning 2017; Almgren et al. 2005 (square root)',
  pitfall: 'linear and square-root impact stop at a price of 0; depth is the inverse slope at 0',
  input,
  example: { law: 'cont-schaanning', floor: 0.5, depth: 100, quantity: [0, 10, 50, 100, 1000] },
  compute: (parameters: Input) => {
    const price = parameters.quantity.map(priceAfter(parameters));
    return { price, logReturn: price.map((p) => (p > 0 ? log(p) : null)) };
  },
});
