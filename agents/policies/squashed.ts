import { tanh } from '../../core/numeric.js';
import type { Actor } from './policy-cohort.js';

/** Positions from outputs: tanh, so that no asset is held more than its whole room either way. */
export const squashed = (outputs: Float32Array): Float32Array => outputs.map(tanh);

/** What slopes in positions are in outputs. */
export const throughSquash = (positions: Float32Array, slopes: Float64Array): Float32Array =>
  positions.map((s, row) => slopes[row]! * (1 - s * s));

/** Positions of a network whose outputs are squashed. */
export const squashedPositions = (actor: Actor, rows: Float32Array): Float32Array =>
  squashed(actor.outputs(rows));
