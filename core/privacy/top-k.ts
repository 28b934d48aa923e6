/** The entries of an update that are sent, and what is kept back for the next one. */
export interface Sparse {
  readonly indices: Uint32Array;
  readonly values: Float32Array;
  readonly residual: Float32Array;
  /** Four for each index and each value. */
  readonly bytes: number;
}

/** Largest k entries of an update plus what earlier ones held back (ties: lower index first).
 * @formula v = Δ + e; send the k entries of largest |v|; e ← v − sent
 * @shape   Δ, e (d); indices, values (k), indices rising
 * @source  Stich, Cordonnier & Jaggi 2018, NeurIPS (arXiv 1809.07599)
 * @pitfall without the residual e the small coordinates would never be heard
 */
export function topK(update: Float32Array, residual: Float32Array, k: number): Sparse {
  const owed = update.map((value, j) => value + residual[j]!);
  const indices = Uint32Array.from(owed.keys())
    .sort((a, b) => Math.abs(owed[b]!) - Math.abs(owed[a]!) || a - b)
    .slice(0, k)
    .sort();
  const values = Float32Array.from(indices, (j) => owed[j]!);
  const left = owed.slice();
  for (const j of indices) left[j] = 0;
  return { indices, values, residual: left, bytes: 4 * (indices.length + values.length) };
}

/** The dense vector that sent entries stand for. */
export function fromTopK(
  { indices, values }: Pick<Sparse, 'indices' | 'values'>,
  length: number,
): Float32Array {
  const dense = new Float32Array(length);
  indices.forEach((j, k) => (dense[j] = values[k]!));
  return dense;
}
