import { productError } from './double-double.js';
import { expSum } from './exponential.js';
import { polynomial } from './polynomial.js';

// Rational fits at Chebyshev nodes, computed in 60 digits; relative error below 6e-17 each.
/** erf(x) / x in x^2, for x^2 <= 3/4. */
const ERF_TOP = [
  1.1283791670955126, 0.14098871725591636, 0.04515915988050933, 0.001785356770106075, 0.00019357431226050544,
  -6.620296390704625e-8,
];
const ERF_BOTTOM = [
  1, 0.4582813307505723, 0.09278170700045671, 0.010490857642507843, 0.0006721632412313075,
  1.9901171634021514e-5,
];
/** e^(x^2) erfc(x) in x, for 0.5 <= x <= 4. */
const SCALED_TOP = [
  0.9999999999998482, 2.058930187450814, 2.1143767919756753, 1.3808355822858889, 0.6244159624179125,
  0.20162598050845265, 0.04642620958916436, 0.007365357736597367, 0.0007346264129681786, 3.548424050609632e-5,
];
const SCALED_BOTTOM = [
  1, 3.187309354543681, 4.710870266753307, 4.261426873585009, 2.6197133188544965, 1.1472407176582904,
  0.3638687497530549, 0.08293935495163823, 0.013086203995551542, 0.0013020914078521967, 6.289417883206882e-5,
];
/** x e^(x^2) erfc(x) in 1/x^2, for 4 <= x <= 30. */
const FAR_TOP = [
  0.5641895835477563, 22.007645658936198, 314.3460443337538, 2067.36439391643, 6453.3176078272445,
  8824.455201378702, 4135.615255673655, 286.50481962044785,
];
const FAR_BOTTOM = [
  1, 39.50753629754553, 576.1676249450508, 3924.6361414714847, 13035.91412769595, 20065.996901193666,
  12168.127844140974, 1883.0997551397884,
];

/** e^(x^2) erfc(x) for 0.5 <= x <= 30. */
export function scaledErfc(x: number): number {
  if (x <= 4) return polynomial(SCALED_TOP, x) / polynomial(SCALED_BOTTOM, x);
  const w = 1 / (x * x);
  return polynomial(FAR_TOP, w) / (polynomial(FAR_BOTTOM, w) * x);
}

/** e^(-x^2 scale), scale a power of two: the square keeps its low part, whose loss its own size would magnify. */
export function gaussian(x: number, scale: number): number {
  const square = x * x;
  return expSum(-square * scale, -productError(x, x, square) * scale);
}

/** Error function, within 3 ulp. @range [-1, 1] */
export function erf(x: number): number {
  const square = x * x;
  if (square <= 0.75) return (x * polynomial(ERF_TOP, square)) / polynomial(ERF_BOTTOM, square);
  return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
}

/** Complementary error function, within 6 ulp, in the right tail as well. @range [0, 2] */
export function erfc(x: number): number {
  if (x !== x) return NaN;
  if (x < 0.5) return 1 - erf(x);
  return x > 28 ? 0 : gaussian(x, 1) * scaledErfc(x);
}
