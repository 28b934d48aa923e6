import { transpose } from './csr.js';
import type { StressSystem } from './stress-system.js';

/** Where money can be spent: an institution, or a claim as lender and borrower. */
export type Target = readonly number[];

/** A way to spend on a target. What a unit costs is in the currency of the balance sheets, whatever the tool. */
export interface Tool {
  readonly summary: string;
  readonly targets: (system: StressSystem) => readonly Target[];
  /** The most that can be spent on a target. */
  readonly most: (system: StressSystem, target: Target) => number;
  /** The system after spending, before any shock. */
  readonly spend: (system: StressSystem, target: Target, amount: number) => StressSystem;
}

const everybody = ({ equity }: StressSystem): Target[] => Array.from(equity, (_, i) => [i]);
const without = (): number => Infinity;

const raised = (values: Float64Array, i: number, amount: number): Float64Array => {
  const out = values.slice();
  out[i]! += amount;
  return out;
};

/** Money given for nothing but ownership. */
const capital: Tool = {
  summary: 'Cash paid in as equity; a unit is a unit of it.',
  targets: everybody,
  most: without,
  spend: (system, [i], amount) => ({
    ...system,
    equity: raised(system.equity, i!, amount),
    cash: raised(system.cash, i!, amount),
  }),
};

/** Money lent: it delays no insolvency, but whoever has cash need not sell to repay. */
const liquidity: Tool = {
  summary: 'Cash lent; a unit is a unit of it. Equity is as it was.',
  targets: everybody,
  most: without,
  spend: (system, [i], amount) => ({ ...system, cash: raised(system.cash, i!, amount) }),
};

/** Forbearance: more assets may be held on the same equity. */
const relief: Tool = {
  summary: 'A leverage cap raised for one institution; a unit is one of assets that need not be sold.',
  targets: everybody,
  most: ({ leverageCap }, [i]) => (leverageCap[i!]! < Infinity ? Infinity : 0),
  spend: (system, [i], amount) => ({
    ...system,
    leverageCap: raised(system.leverageCap, i!, amount / system.equity[i!]!),
  }),
};

/** Where the claim of i on j stands, or −1. */
function claimAt({ exposures }: StressSystem, i: number, j: number): number {
  for (let e = exposures.start[i]!; e < exposures.start[i + 1]!; e++) if (exposures.index[e] === j) return e;
  return -1;
}

/** Everybody's claims, borrower by borrower. */
function claimsOf({ exposures }: StressSystem): Target[] {
  const { rows, start, index } = transpose(exposures);
  return Array.from({ length: rows }, (_, j) => j).flatMap((j) =>
    Array.from(index.slice(start[j], start[j + 1]), (i) => [i, j]),
  );
}

/** A claim repaid early out of the borrower's cash: the lender holds it instead. */
const exposureCap: Tool = {
  summary: 'A claim repaid early down to a cap; a unit is one repaid.',
  targets: claimsOf,
  most(system, target) {
    const [i, j] = target as [number, number];
    return Math.min(system.exposures.value[claimAt(system, i, j)]!, system.cash[j]!);
  },
  spend(system, target, amount) {
    const [i, j] = target as [number, number];
    const { exposures, cash } = system;
    return {
      ...system,
      exposures: { ...exposures, value: raised(exposures.value, claimAt(system, i, j), -amount) },
      cash: raised(raised(cash, i, amount), j, -amount),
    };
  },
};

/** Ways to spend on a system before it is shocked, by the name of the act that does it in the market. */
export const tools = {
  'capital-injection': capital,
  'liquidity-injection': liquidity,
  'collateral-relief': relief,
  'exposure-cap': exposureCap,
} satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;
