import { transpose, type Csr } from './csr.js';

export interface CoreFit {
  /** 1 in the core (n). */
  readonly core: Uint8Array;
  /** Links at fault as a share of all links; the fit's error score. */
  readonly error: number;
}

const degrees = (matrix: Csr, other: Csr): Int32Array =>
  Int32Array.from(
    { length: matrix.rows },
    (_, i) => matrix.start[i + 1]! - matrix.start[i]! + other.start[i + 1]! - other.start[i]!,
  );

/** Links of `i`, in either direction, with institutions that `flag` marks. */
function linksWith(matrix: Csr, other: Csr, flag: Uint8Array, i: number): number {
  let count = 0;
  for (const { start, index } of [matrix, other])
    for (let e = start[i]!; e < start[i + 1]!; e++) count += flag[index[e]!]!;
  return count;
}

/** The core that leaves the fewest links at fault: missing within the core, or present within the periphery.
 *
 * In order of degree, institutions join the core one by one, and the best of the n + 1 cores is kept (the sorted
 * heuristic of Craig and von Peter, exact where degrees order the core).
 * @formula error = (missing core-core links + periphery-periphery links) / links
 * @shape   exposures (n,n); core (n)
 * @range   error in [0, 1]
 * @source  Craig & von Peter 2014, Journal of Financial Intermediation 23(3)
 * @pitfall links count, not amounts
 */
export function corePeripheryFit(exposures: Csr): CoreFit {
  const turned = transpose(exposures);
  const degree = degrees(exposures, turned);
  const order = [...degree.keys()].sort((a, b) => degree[b]! - degree[a]! || a - b);
  const links = exposures.value.length;
  const core = new Uint8Array(exposures.rows);
  let [missing, outside] = [0, links];
  let best = { size: 0, faults: links };
  order.forEach((i, size) => {
    const inside = linksWith(exposures, turned, core, i);
    missing += 2 * size - inside;
    outside -= degree[i]! - inside;
    core[i] = 1;
    if (missing + outside < best.faults) best = { size: size + 1, faults: missing + outside };
  });
  core.fill(0);
  for (const i of order.slice(0, best.size)) core[i] = 1;
  return { core, error: links === 0 ? 0 : best.faults / links };
}
