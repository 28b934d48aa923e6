import { exp } from '../../core/numeric.js';

/** The price left, of 1, after a quantity was sold. */
export type PriceAfter = (quantity: number) => number;

/** Price 1 − q/depth, never below 0. */
export const linearImpact =
  ({ depth }: { readonly depth: number }): PriceAfter =>
  (quantity) =>
    Math.max(0, 1 - quantity / depth);

/** Price e^{−βq}: each further unit takes the same share of what is left (Cifuentes, Ferrucci & Shin 2005). */
export const exponentialImpact =
  ({ beta }: { readonly beta: number }): PriceAfter =>
  (quantity) =>
    exp(-beta * quantity);

/** Price 1 − κσ√(q/adv), never below 0: the square-root law, adv the average daily volume. */
export const squareRootImpact =
  ({
    sigma,
    kappa,
    adv,
  }: {
    readonly sigma: number;
    readonly kappa: number;
    readonly adv: number;
  }): PriceAfter =>
  (quantity) =>
    Math.max(0, 1 - kappa * sigma * Math.sqrt(quantity / adv));

/** Price 1 − Ψ(q), Ψ(q) = (1 − floor)(1 − e^{−q/δ}), δ = (1 − floor)·depth: slope 1/depth at 0, never below the floor. */
export const contSchaanningImpact = ({
  floor,
  depth,
}: {
  readonly floor: number;
  readonly depth: number;
}): PriceAfter => {
  const fall = 1 - floor;
  return (quantity) => 1 - fall * (1 - exp(-quantity / (fall * depth)));
};
