/** What each institution lends and borrows in total, in the order of the roster. */
export interface Marginals {
  readonly assets: ArrayLike<number>;
  readonly liabilities: ArrayLike<number>;
}

/** Why no network has these marginals; `path` names the first field at fault. */
export interface Impossible {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const BALANCE = 1e-9;

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

/** Finds what stands in the way of a network with an empty diagonal, or nothing. */
export function impossibility({ assets, liabilities }: Marginals): Impossible | undefined {
  const lent = total(assets);
  const borrowed = total(liabilities);
  if (Math.abs(lent - borrowed) > BALANCE * Math.max(lent, borrowed))
    return {
      path: ['liabilities'],
      message: `do not balance: assets sum to ${lent}, liabilities to ${borrowed}`,
    };
  const i = Array.from(assets).findIndex((a, at) => a + liabilities[at]! > lent * (1 + BALANCE));
  if (i < 0) return undefined;
  return {
    path: ['assets', i],
    message: `and liabilities of row ${i} exceed the total of ${lent}: it would have to lend to itself`,
  };
}

/** The sum that both sides share; marginals that no network can have throw. */
export function requireMarginals(marginals: Marginals): number {
  const problem = impossibility(marginals);
  if (problem !== undefined) throw new RangeError(`${problem.path.join(' ')} ${problem.message}`);
  return total(marginals.assets);
}
