import { expect } from 'chai';
import fc from 'fast-check';
import highsLoader from 'highs';
import { admm } from '../../../../agents/allocation/solver/admm.js';
import { noRows } from '../../../../agents/allocation/solver/constraint-table.js';
import type { QuadraticProgram } from '../../../../agents/allocation/solver/search.js';
import { Infeasible } from '../../../../agents/allocation/solver/infeasible.js';
import { quadraticProgram } from '../../../../agents/allocation/solver/quadratic-program.js';
import { expectClose } from '../../../close.js';
import { covarianceOf, sequence } from '../problems.js';

interface Highs {
  solve: (lp: string) => { Status: string; Columns: Record<string, { Primal: number }> };
}
const loadHighs = highsLoader as unknown as () => Promise<Highs>;

const open = (n: number) => ({
  lower: new Float64Array(n).fill(-Infinity),
  upper: new Float64Array(n).fill(Infinity),
});
const budget = (n: number, sum = 1) => ({
  coefficients: new Float64Array(n).fill(1),
  bounds: Float64Array.of(sum),
});
const program = (changes: Partial<QuadraticProgram>): QuadraticProgram => ({
  hessian: Float64Array.of(1, 0, 0, 1),
  linear: new Float64Array(2),
  equalities: noRows,
  inequalities: noRows,
  ...open(2),
  ...changes,
});

/** A portfolio program of n assets with bounds and two groups. */
const portfolio = (n: number, seed: number): QuadraticProgram => {
  const next = sequence(seed);
  const half = Float64Array.from({ length: 2 * n }, (_, at) =>
    at < n ? Number(at % 2 === 0) : -Number(at % 3 === 0),
  );
  return {
    hessian: covarianceOf(n, seed),
    linear: Float64Array.from({ length: n }, () => -0.05 * next()),
    equalities: budget(n),
    inequalities: { coefficients: half, bounds: Float64Array.of(0.4, -0.3) },
    lower: new Float64Array(n),
    upper: new Float64Array(n).fill(0.3),
  };
};

/** The same program in the LP format that HiGHS reads. */
const lpText = ({ hessian, linear, equalities, inequalities, lower, upper }: QuadraticProgram): string => {
  const n = linear.length;
  const term = (value: number, name: string) =>
    `${value < 0 ? '-' : '+'} ${Math.abs(value).toFixed(17)} ${name}`;
  const row = (coefficients: Float64Array, r: number) =>
    Array.from({ length: n }, (_, i) => term(coefficients[r * n + i]!, `x${i}`)).join(' ');
  const squares = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n - i }, (_, d) =>
      term((d === 0 ? 1 : 2) * hessian[i * n + i + d]!, d === 0 ? `x${i} ^ 2` : `x${i} * x${i + d}`),
    ).join('\n'),
  );
  return [
    `Minimize\nobj: ${row(linear, 0)} + [ ${squares.join('\n')} ] / 2`,
    'Subject To',
    ...Array.from(equalities.bounds, (bound, r) => `e${r}: ${row(equalities.coefficients, r)} = ${bound}`),
    ...Array.from(
      inequalities.bounds,
      (bound, r) => `c${r}: ${row(inequalities.coefficients, r)} >= ${bound}`,
    ),
    'Bounds',
    ...Array.from(lower, (bound, i) => `${bound} <= x${i} <= ${upper[i]!}`),
    'End',
  ].join('\n');
};

describe('quadratic program', () => {
  it('the nearest point of a line: min ½|x|² with x₁ + x₂ = 1', () => {
    expectClose(Array.from(quadraticProgram(program({ equalities: budget(2) })).value), [0.5, 0.5], 1e-15);
  });

  it('a bound that binds: min ½|x|² − 2x₁ with x₁ + x₂ = 1 and x₂ ≥ 0', () => {
    const lower = Float64Array.of(0, 0);
    const { value } = quadraticProgram(
      program({ linear: Float64Array.of(-2, 0), equalities: budget(2), lower }),
    );
    expectClose(Array.from(value), [1, 0], 1e-15);
  });

  it('an upper bound and a row that bind: x ≤ ½, x₁ − x₂ ≥ ¼', () => {
    const problem = program({
      linear: Float64Array.of(-1, -1),
      inequalities: { coefficients: Float64Array.of(1, -1), bounds: Float64Array.of(0.25) },
      upper: Float64Array.of(0.5, 0.5),
    });
    expect(Array.from(quadraticProgram(problem).value)).to.deep.equal([0.5, 0.25]);
  });

  it('needs no constraint at all', () => {
    const { value } = quadraticProgram(
      program({ hessian: Float64Array.of(2, 0, 0, 4), linear: Float64Array.of(-2, -2) }),
    );
    expect(value[0]).to.be.closeTo(1, 1e-15);
    expect(value[1]).to.be.closeTo(0.5, 1e-15);
  });

  for (const [name, solve] of Object.entries({ quadraticProgram, admm }))
    it(`${name} names two constraints that conflict`, () => {
      const upper = Float64Array.of(0.4, 0.4);
      const problem = program({ equalities: budget(2), lower: new Float64Array(2), upper });
      expect(() => solve(problem))
        .to.throw(Infeasible)
        .that.satisfies(({ violated, opponent }: Infeasible) =>
          [violated.constraint, opponent?.constraint].includes('upper'),
        );
    });

  for (const [name, solve] of Object.entries({ quadraticProgram, admm }))
    it(`${name} refuses a singular Hessian`, () => {
      expect(() => solve(program({ hessian: Float64Array.of(1, 1, 1, 1), equalities: budget(2) }))).to.throw(
        'not positive definite',
      );
    });

  it('agrees with HiGHS on constrained portfolios', async () => {
    const highs = await loadHighs();
    for (const [n, seed] of [
      [4, 1],
      [10, 2],
      [25, 3],
    ] as const) {
      const problem = portfolio(n, seed);
      const { Status, Columns } = highs.solve(lpText(problem));
      expect(Status).to.equal('Optimal');
      quadraticProgram(problem).value.forEach((x, i) =>
        expect(x).to.be.closeTo(Columns[`x${i}`]!.Primal, 1e-6),
      );
    }
  });

  it('operator splitting agrees with the active set to 1e-6', () => {
    for (const [n, seed] of [
      [5, 1],
      [20, 2],
      [60, 3],
    ] as const) {
      const problem = portfolio(n, seed);
      const exact = quadraticProgram(problem).value;
      admm(problem).value.forEach((x, i) => expect(x).to.be.closeTo(exact[i]!, 1e-6));
    }
  });

  it('is warm-started without changing the answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 15 }), fc.integer({ min: 1, max: 1e6 }), (n, seed) => {
        const problem = portfolio(n, seed);
        const next = sequence(seed + 1);
        const cold = quadraticProgram(problem);
        const warm = quadraticProgram(
          problem,
          Float64Array.from({ length: n }, () => Math.max(0, next())),
        );
        expect(cold.residual).to.be.below(1e-9);
        warm.value.forEach((x, i) => expect(x).to.be.closeTo(cold.value[i]!, 1e-10));
      }),
      { numRuns: 50 },
    );
  });
});
