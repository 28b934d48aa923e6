import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: {
    fraction_sold: number[];
    cs: { B_over_S: number; D: number; q: number[] };
    sqrt: { sigma: number; kappa: number; adv: number; q: number[] };
  };
  expected: { beta: number; oxinet_price: number[]; cs_psi: number[]; sqrt_impact: number[] };
  tolerance: number;
}
interface Output {
  price: number[];
  logReturn: number[];
}

describe('truth a13: price impact', () => {
  it('agrees under the exponential, the bounded and the square-root law', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/a13_price_impact_functions.json');
    const exponential = measured<Output>('impact', {
      law: 'exponential',
      beta: expected.beta,
      quantity: inputs.fraction_sold,
    });
    expectClose(exponential.price, expected.oxinet_price, tolerance);
    expectClose(
      exponential.logReturn,
      inputs.fraction_sold.map((q) => -expected.beta * q),
      tolerance,
    );
    const { B_over_S: floor, D: depth, q } = inputs.cs;
    const bounded = measured<Output>('impact', { law: 'cont-schaanning', floor, depth, quantity: q });
    expectClose(
      bounded.price,
      expected.cs_psi.map((psi) => 1 - psi),
      tolerance,
    );
    const { q: quantity, ...law } = inputs.sqrt;
    const root = measured<Output>('impact', { law: 'sqrt', ...law, quantity });
    expectClose(
      root.price,
      expected.sqrt_impact.map((fall) => 1 - fall),
      tolerance,
    );
  });
});
