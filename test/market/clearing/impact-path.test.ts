import { expect } from 'chai';
import fc from 'fast-check';
import { exp, log } from '../../../core/numeric.js';
import { displacementAt, flowTo, impactCurve, meanRatio } from '../../../market/clearing/impact-path.js';

/** So low a floor that nothing of it shows. */
const NO_FLOOR = 1e-15;

describe('impact path', () => {
  it('is the mean of an exponential where impact is linear and far from floor and ceiling', () => {
    const curve = impactCurve({ linear: 0.1, power: 0.2, exponent: 1, crossover: 0 }, NO_FLOOR, 0);
    expect(meanRatio(curve, 0, 2)).to.be.closeTo((exp(0.6) - 1) / 0.6, 1e-13);
    expect(meanRatio(curve, -1, 2)).to.be.closeTo((exp(0.6) - exp(-0.3)) / 0.9, 1e-13);
  });

  it('is exact for the square root: ∫ exp(b√x) dx = 2 (e^{bw}(bw − 1) + 1) / b²', () => {
    const b = 0.4;
    const curve = impactCurve({ linear: 0, power: b, exponent: 0.5, crossover: 0 }, NO_FLOOR, 0);
    const upTo = (w: number): number => (2 * (exp(b * w) * (b * w - 1) + 1)) / b ** 2;
    expect(meanRatio(curve, 0, 4)).to.be.closeTo(upTo(2) / 4, 1e-13);
    expect(meanRatio(curve, 1, 4)).to.be.closeTo((upTo(2) - upTo(1)) / 3, 1e-13);
  });

  it('is exact where the root begins as a line: ∫ exp(b(√(c+x) − √c)) dx by the same antiderivative', () => {
    const [b, c] = [0.4, 2.25];
    const curve = impactCurve({ linear: 0, power: b, exponent: 0.5, crossover: c }, NO_FLOOR, 0);
    const upTo = (w: number): number => (2 * exp(b * (w - 1.5)) * (b * w - 1)) / b ** 2;
    expect(meanRatio(curve, 0, 4)).to.be.closeTo((upTo(2.5) - upTo(1.5)) / 4, 1e-13);
    expect(displacementAt(curve, 1e-6) / 1e-6).to.be.closeTo(b / 3, 1e-6);
  });

  it('is the price that stands when nothing trades net, and lies between the ends otherwise', () => {
    const curve = impactCurve({ linear: 0.01, power: 0.02, exponent: 0.5, crossover: 0 }, 0.5, 0);
    expect(log(meanRatio(curve, 9, 9))).to.equal(displacementAt(curve, 9));
    expect(meanRatio(curve, 0, 4)).to.be.within(1, exp(displacementAt(curve, 4)));
  });

  it('solves dP/P = (1 − B/P)(1 − BP)/(1 − B)² dI: at value a step of pressure is a step of log price', () => {
    const floor = 0.4;
    const pressure = { linear: 1, power: 0, exponent: 0.5, crossover: 0 };
    for (const at of [-0.6, -0.1, 0, 0.3]) {
      const P = exp(at);
      const slope = ((1 - floor / P) * (1 - floor * P)) / (1 - floor) ** 2;
      const curve = impactCurve(pressure, floor, at);
      const numeric = (displacementAt(curve, 1e-4) - displacementAt(curve, -1e-4)) / 2e-4;
      expect(numeric).to.be.closeTo(slope, 1e-7);
      if (at === 0) expect(slope).to.equal(1);
    }
  });

  it('closes on the floor as Cont and Schaanning’s saturates: P − B falls by a factor e per (1 − B)/(1 + B)', () => {
    const curve = impactCurve({ linear: 1, power: 0, exponent: 0.5, crossover: 0 }, 0.5, 0);
    const above = (x: number): number => exp(displacementAt(curve, x)) - 0.5;
    expect(above(-4) / above(-4 - 1 / 3)).to.be.closeTo(exp(1), 1e-4);
  });

  const some = fc.record({
    linear: fc.double({ min: 0, max: 0.5, noNaN: true }),
    power: fc.double({ min: 1e-4, max: 0.5, noNaN: true }),
    exponent: fc.double({ min: 0.3, max: 1, noNaN: true }),
    crossover: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 10, noNaN: true })),
    floor: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
    place: fc.double({ min: -0.99, max: 0.99, noNaN: true }),
    flow: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  });

  it('law: no flow takes price to the floor, the ceiling, or out of number', () => {
    fc.assert(
      fc.property(some, ({ floor, place, flow, ...pressure }) => {
        const curve = impactCurve(pressure, floor, -place * log(floor));
        for (const ratio of [exp(displacementAt(curve, flow)), meanRatio(curve, 0, flow)])
          expect(ratio).to.be.within(floor * (1 - 1e-12), (1 / floor) * (1 + 1e-12));
      }),
    );
  });

  it('law: the flow to a price takes price there', () => {
    const target = fc.double({ min: -0.95, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(some, target, ({ floor, place, ...pressure }, to) => {
        const curve = impactCurve(pressure, floor, -place * log(floor));
        const wanted = -to * log(floor);
        expect(displacementAt(curve, flowTo(curve, wanted))).to.be.closeTo(wanted, 1e-9);
      }),
    );
  });
});
