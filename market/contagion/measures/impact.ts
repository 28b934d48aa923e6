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

/** The laws of impact by name: parameters of one asset, and the price function they give. */
export const laws = {
  linear: { parameters: { depth: positive }, priceAfter: linearImpact },
  exponential: { parameters: { beta: nonNegative }, priceAfter: exponentialImpact },
  sqrt: {
    parameters: { sigma: nonNegative, kappa: nonNegative, adv: positive },
    priceAfter: squareRootImpact,
  },
  'cont-schaanning': { parameters: { floor: priceFloor, depth: positive }, priceAfter: contSchaanningImpact },
};

type LawName = keyof typeof laws;

/** A law of impact as named in an input, parameters beside it. */
type Named = { readonly law: LawName };

/** The price function of a named law; the schema has checked that the parameters are that law's. */
export function priceAfter(named: Named): PriceAfter {
  const law = laws[named.law].priceAfter as unknown as (parameters: Named) => PriceAfter;
  return law(named);
}

const quantity = nonNegativeVector;

const input = z.discriminatedUnion('law', [
  z.strictObject({ law: z.literal('linear'), ...laws.linear.parameters, quantity }),
  z.strictObject({ law: z.literal('exponential'), ...laws.exponential.parameters, quantity }),
  z.strictObject({ law: z.literal('sqrt'), ...laws.sqrt.parameters, quantity }),
  z.strictObject({ law: z.literal('cont-schaanning'), ...laws['cont-schaanning'].parameters, quantity }),
]);

type Input = z.output<typeof input>;

export const impactMeasure = measure({
  summary: 'Price left, of 1, after a quantity was sold, under one of four laws of impact.',
  formula:
    'linear 1 − q/depth; exponential e^{−βq}; sqrt 1 − κσ√(q/adv); cont-schaanning 1 − (1−floor)(1 − e^{−q/δ}), δ = (1−floor)·depth',
  range: 'price in [0, 1]; logReturn ≤ 0, null where the price is 0',
  source: 'Cifuentes, Ferrucci & Shin 2005, JEEA 3(2-3); Cont & Schaanning 2017',
  pitfall: 'linear and square-root impact stop at a price of 0; depth is the inverse of the slope at 0',
  input,
  example: { law: 'cont-schaanning', floor: 0.5, depth: 100, quantity: [0, 10, 50, 100, 1000] },
  compute: (parameters: Input) => {
    const price = parameters.quantity.map(priceAfter(parameters));
    return { price, logReturn: price.map((p) => (p > 0 ? log(p) : null)) };
  },
});
