import { expect } from 'chai';
import { stream } from '../../../core/random.js';
import { greatestClearing } from '../../../market/contagion/clearing-vector.js';
import { csrFromTriplets, type Csr } from '../../../market/contagion/csr.js';
import { debtRank } from '../../../market/contagion/debtrank.js';
import { channels } from '../../../market/contagion/index.js';
import { jointContagion } from '../../../market/contagion/joint.js';
import { stressSystem } from '../../../market/contagion/stress-system.js';

const n = 100_000;
const degree = 5;

/** Everybody lends to five others. */
function network(): Csr {
  const draw = stream({ seed: 1, purpose: 'large-network' });
  const row = Int32Array.from({ length: n * degree }, (_, e) => Math.floor(e / degree));
  const column = row.map((i) => (i + 1 + Math.floor(draw.uniform() * (n - 1))) % n);
  return csrFromTriplets(n, n, { row, column, value: new Float64Array(row.length).fill(0.1) });
}

/** Bytes of typed arrays. */
const held = (): number => process.memoryUsage().arrayBuffers;

describe('a hundred thousand institutions', function () {
  this.timeout(60_000);

  it('solve in memory linear in edges: no matrix of all pairs', () => {
    const before = held();
    const exposures = network();
    const equity = new Float64Array(n).fill(1);
    const shock = new Float64Array(n).fill(0.1);
    const { value: distress } = debtRank(exposures, equity, shock);
    const { value: clearing } = greatestClearing({
      owed: exposures,
      externalAssets: new Float64Array(n).fill(0.2),
      externalLiabilities: new Float64Array(n).fill(0.1),
    });
    const system = stressSystem({ equity, exposures, directLosses: shock.map((s) => 2 * s) });
    const { value: joint } = jointContagion(system, { debtrank: channels.debtrank });
    // One hundred numbers an edge, and as much again for garbage, is far below n².
    expect(held() - before).to.be.below(2 * 100 * 8 * exposures.value.length);
    // Lending 0.5 in all, everybody is hit by 0.1 / (1 − 0.5) = 0.2.
    for (const i of [0, 1, n - 1]) {
      expect(distress[i]).to.be.closeTo(0.2, 1e-9);
      expect(joint.losses[i]).to.be.closeTo(0.4, 1e-9);
      expect(clearing.payments[i]).to.be.at.least(0);
    }
  });
});
