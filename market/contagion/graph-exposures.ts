import { suggestion } from '../../core/nearest.js';
import { csrFromTriplets, type Csr } from './csr.js';
import { requireExposures } from './exposures.js';
import type { ContagionGraph } from './graph.js';

/** Claims that a graph's edges stand for: those of kind `exposure`, and those of a graph made elsewhere, which have none;
 * holdings and common holdings are left out. Errors name the edge.
 * @shape exposures (n,n), lender in row, n the number of ids
 */
export function exposuresOfGraph(graph: ContagionGraph, ids: readonly string[]): Csr {
  const known = new Map(ids.map((id, i) => [id, i]));
  const seat = (id: string, edge: string): number => {
    const found = known.get(id);
    if (found === undefined) throw new RangeError(`${edge}: unknown id "${id}"${suggestion(id, ids)}`);
    return found;
  };
  const row: number[] = [];
  const column: number[] = [];
  const value: number[] = [];
  graph.forEachEdge((_edge, { kind, weight }: { kind?: string; weight?: unknown }, source, target) => {
    if (kind !== undefined && kind !== 'exposure') return;
    const edge = `edge "${source}" to "${target}"`;
    const given = typeof weight === 'string' || typeof weight === 'number' ? weight : '';
    const amount = given === '' ? NaN : Number(given);
    if (!Number.isFinite(amount) || amount < 0)
      throw new RangeError(`${edge}, attribute weight: "${given}" is not an amount of at least 0`);
    if (source === target) throw new RangeError(`${edge}: "${source}" is exposed to itself`);
    row.push(seat(source, edge));
    column.push(seat(target, edge));
    value.push(amount);
  });
  const exposures = csrFromTriplets(ids.length, ids.length, { row, column, value });
  requireExposures(exposures);
  return exposures;
}
