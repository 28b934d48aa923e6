import type { Solved } from '../../../core/not-converged.js';
import { admm } from './admm.js';
import type { QuadraticProgram } from './search.js';
import { quadraticProgram } from './quadratic-program.js';

/** The solvers of strictly convex quadratic programs, by name; they agree to 1e-6. */
export const quadraticSolvers = {
  'active-set': quadraticProgram,
  admm,
} satisfies Record<string, (problem: QuadraticProgram, warm?: Float64Array) => Solved<Float64Array>>;

export type QuadraticSolverName = keyof typeof quadraticSolvers;
export const quadraticSolverNames = Object.keys(quadraticSolvers) as [QuadraticSolverName];
