import { sobolIndices, type SobolIndex } from '../statistics/sobol-indices.js';
import { sampleOf, type SweepData } from './sweep-data.js';

/** How much of a measure's variance over the design each field accounts for. */
export interface Sensitivity extends SobolIndex {
  readonly field: string;
  readonly metric: string;
}

/** Means over replications, by point. */
function responses(sweep: SweepData, metric: string): Float64Array {
  return Float64Array.from(sweep.plan.points, (_, p) => {
    const sample = sampleOf(sweep, p, metric).filter(Number.isFinite);
    return sample.reduce((a, b) => a + b, 0) / sample.length;
  });
}

/** Sobol indices of a Saltelli design, whose points come in blocks: A, B, then one a field. */
export function sensitivityOf(sweep: SweepData, metric: string): Sensitivity[] {
  const { fields, points } = sweep.plan;
  const all = responses(sweep, metric);
  const rows = points.length / (fields.length + 2);
  const block = (b: number): Float64Array => all.subarray(b * rows, (b + 1) * rows);
  const complete = Array.from({ length: rows }, (_, r) => r).filter((r) =>
    fields.every((_, f) => Number.isFinite(all[r]! + all[rows + r]! + all[(f + 2) * rows + r]!)),
  );
  const kept = (values: Float64Array): Float64Array => Float64Array.from(complete, (r) => values[r]!);
  const outputs = { a: kept(block(0)), b: kept(block(1)), mixed: fields.map((_, f) => kept(block(f + 2))) };
  const address = { seed: 0, purpose: 'sensitivity-bootstrap', entity: metric };
  return sobolIndices(outputs, address).map((index, f) => ({ ...index, field: fields[f]!, metric }));
}
